"""Rows of a demonstration: how they begin, and how they all go."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Reference, Revision
from articles.workflow import Status


class LiveSite(Exception):
    """Demonstration rows are made on a demonstration site only."""


@transaction.atomic
def show_as_demo(article: Article, draft: Revision) -> Revision:
    """Publish a copy of a draft without an approval, as a demo revision; the draft stays.

    The only publication that is not a `move`: the row is born published, and the
    database lets that pass for demo rows alone.
    """
    if not settings.IS_DEMO_SITE:
        raise LiveSite("SITE_MODE is live.")
    newest = article.newest_revision()
    shown = Revision(
        article=article,
        number=newest.number + 1 if newest else 1,
        status=Status.PUBLISHED,
        source=draft.source,
        is_demo=True,
        published_at=timezone.now(),
        **draft.words(),
    )
    shown.start(draft.copied(), topics=draft.topics.all(), cancer_types=draft.cancer_types.all())
    Article.objects.filter(pk=article.pk).update(live_revision=shown)
    return shown


@transaction.atomic
def remove_demo() -> int:
    """Delete this app's demo rows and nothing else; returns how many revisions went.

    A demo article that somebody gave a real revision stays, without its demo ones.
    """
    demo = Revision.objects.filter(is_demo=True)
    Article.objects.filter(live_revision__in=demo).update(live_revision=None)
    Reference.objects.filter(revision__in=demo).delete()
    removed = demo.delete()[1].get("articles.Revision", 0)
    Article.objects.filter(is_demo=True, revisions=None).delete()
    return removed
