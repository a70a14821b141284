"""The addresses of articles: what was public once never leads nowhere, and never to another guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, OldAddress
from cachexia_portal import events

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

PERMISSION = "articles.change_article"


def paths_of(article: Article) -> list[str]:
    """Every path at which the guide stands or stood, the present one first."""
    former = OldAddress.objects.filter(article=article.pk).values_list("slug", flat=True)
    return [reverse("articles:article", args=[slug]) for slug in (article.slug, *former)]


class AddressRefused(Exception):
    """The article cannot have this address; the sentence says why."""


def why_not_address(slug: str, article: Article | None = None) -> str | None:
    """Why an article (or a new one) cannot have this address, as a sentence; None where it can.

    An article may go back to an address that it had before.
    """
    try:
        Article._meta.get_field("slug").clean(slug, None)
    except ValidationError as wrong:
        return " ".join(wrong.messages)
    own = article.pk if article else 0
    if Article.objects.filter(slug=slug).exclude(pk=own).exists():
        return _("Another guide has this address. Choose another one.")
    if OldAddress.objects.filter(slug=slug).exclude(article_id=own).exists():
        return _("Another guide had this address, and old links still lead to it. Choose another one.")
    return None


@transaction.atomic
def change_address(article: Article, slug: str, *, by: Member) -> None:
    """Move an article to a new address; once it was public, the old one leads there for good.

    Raises AddressRefused when somebody else has it, had it, or was quicker.
    """
    if not by.has_perm(PERMISSION):
        raise AddressRefused(_("Your role may not do this."))
    before = Article.objects.select_for_update().get(pk=article.pk).slug
    if before != article.slug:
        raise AddressRefused(_("Somebody else changed the address. Open the page again."))
    if slug == before:
        return
    _refuse_if_taken(slug, article)
    if article.revisions.exclude(published_at=None).exists():
        OldAddress.objects.create(article=article, slug=before)
    OldAddress.objects.filter(article=article, slug=slug).delete()
    _write(article, slug)
    # An address that somebody else left in this moment is theirs for good.
    _refuse_if_taken(slug, article)
    events.record("change_address", article, by=by)
    article.slug = slug


def _refuse_if_taken(slug: str, article: Article) -> None:
    if reason := why_not_address(slug, article):
        raise AddressRefused(reason)


def _write(article: Article, slug: str) -> None:
    try:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(slug=slug)
    except IntegrityError:
        raise AddressRefused(_("Another guide has this address. Choose another one.")) from None
