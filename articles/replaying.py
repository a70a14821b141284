"""A restored site takes away once more what editors took away since its backup was made.

The log names rows and times only, so the words that an editor chose are lost: readers are told so.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from . import publishing
from .models import Article, Revision
from .workflow import Status


def withdraw(revision_id: int) -> bool:
    """Withdraw the text if it is live again; whether the backup knows it at all."""
    revision = Revision.objects.filter(pk=revision_id).first()
    if revision and revision.status == Status.PUBLISHED:
        note = _(
            "We took this guide off the site. Afterwards the site was put back from a backup, "
            "and what we wrote about the reason is lost."
        )
        publishing.withdraw(revision, by=None, note=note)
    return revision is not None


def set_urgent_notice(article_id: int) -> bool:
    """The gravest of the fixed notices, where none stands; whether the backup knows the guide at all."""
    article = Article.objects.filter(pk=article_id).first()
    if article and not article.urgent_notice:
        publishing.set_urgent_notice(article, Article.UrgentNotice.UNSAFE, by=None)
    return article is not None
