"""What search engines are told of a guide, as JSON-LD: who checked it only where somebody did."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from articles.models import Article, Reference, Revision, Rights
from articles.rendering import data_block
from articles.review_clock import reviewed_on

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

READERS: dict[str, str] = {
    Revision.Audience.START_HERE: "Caregiver",
    Revision.Audience.PLAIN: "Caregiver",
    Revision.Audience.DETAILED: "Caregiver",
    Revision.Audience.CLINICAL: "Clinician",
}
PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/mark/1.0/"
LICENCE = re.compile(r"https://creativecommons\.org/[\w./-]+[\w/]")


def structured_data(
    article: Article, references: Iterable[Reference] = (), topics: Iterable[Any] = ()
) -> SafeString:
    """The data block of a guide's page, from what its view has at hand. Costs no query."""
    said = described(article, references, topics)
    return data_block({name: value for name, value in said.items() if value})


def described(article: Article, references: Iterable[Reference], topics: Iterable[Any]) -> dict[str, Any]:
    """The words of schema.org for it; what is not known is empty."""
    revision = article.live_revision
    assert revision is not None  # `visible_to` gives no others
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": f"{settings.SITE_URL}{article.get_absolute_url()}",
        "name": revision.title,
        "description": revision.summary,
        "inLanguage": article.language,
        "dateModified": timezone.localdate(revision.changed_at).isoformat(),
        "audience": {"@type": "MedicalAudience", "audienceType": READERS.get(revision.audience, "Caregiver")},
        "publisher": {"@type": "Organization", "name": settings.ORGANISATION or settings.SITE_NAME},
        "about": [{"@type": "Thing", "name": topic.name} for topic in topics],
        "citation": [_cited(each) for each in references if each.status != Reference.Status.RETRACTED],
        "license": _licence(article, revision),
        **_review(revision),
    }


def _review(revision: Revision) -> dict[str, Any]:
    """From an approval that counts here, and from nothing else."""
    review, approval = revision.medical_review, revision.approval
    if review is None or approval is None:
        return {}
    letters = approval.credential_snapshot.get("letters", "")
    person = {"@type": "Person", "name": review["who"]} | ({"honorificSuffix": letters} if letters else {})
    return {"lastReviewed": reviewed_on(approval).isoformat(), "reviewedBy": person}


def _cited(reference: Reference) -> dict[str, str]:
    kind = "ScholarlyArticle" if reference.kind == Reference.Kind.PAPER else "CreativeWork"
    address = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return {"@type": kind, "name": reference.title} | ({"url": address} if address else {})


def _licence(article: Article, revision: Revision) -> str:
    """The address of the licence of a republished text, where its rights name one."""
    source = revision.source
    if not article.is_republished or source is None:
        return ""
    if source.rights == Rights.PUBLIC_DOMAIN:
        return PUBLIC_DOMAIN
    named = LICENCE.search(source.rights_statement) if source.rights == Rights.OPEN else None
    return named[0] if named else ""
