"""Rows of a demonstration: how they begin, and how they all go."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles import searchable
from articles.models import (
    Article,
    Autosave,
    Diagnostic,
    OldAddress,
    PublicChange,
    Revision,
    WaitingUpload,
)
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
    now = timezone.now()
    shown = Revision(
        article=article,
        number=newest.number + 1 if newest else 1,
        status=Status.PUBLISHED,
        source=draft.source,
        is_demo=True,
        published_at=now,
        **draft.words(),
    )
    shown.start(draft.copied(), topics=draft.topics.all(), cancer_types=draft.cancer_types.all())
    Article.objects.filter(pk=article.pk).update(live_revision=shown)
    searchable.refresh_article(article.pk)
    PublicChange.objects.create(
        article=article, revision=shown, kind=PublicChange.Kind.FIRST, is_demo=True, at=now
    )
    return shown


@transaction.atomic
def remove_demo() -> int:
    """Delete this app's demo rows and nothing else; returns how many revisions went.

    A demo article that somebody gave a real revision stays, without its demo ones. What
    invented people said about real sources is unsaid; what they left lying about goes.
    """
    demo = Revision.objects.filter(is_demo=True)
    shown = list(Article.objects.filter(revisions__in=demo).distinct())
    live = list(Article.objects.filter(live_revision__in=demo).values_list("pk", flat=True))
    Article.objects.filter(pk__in=live).update(live_revision=None)
    for each in live:
        searchable.refresh_article(each)
    PublicChange.objects.filter(revision__in=demo).delete()
    # References, figures, quotations, past texts and autosaves go with their revision.
    removed = demo.delete()[1].get("articles.Revision", 0)
    for article in shown:
        _as_before_the_demonstration(article)
    _forget_invented_people()
    empty = Article.objects.filter(is_demo=True, revisions=None)
    OldAddress.objects.filter(article__in=empty).delete()
    empty.delete()
    return removed


def _as_before_the_demonstration(article: Article) -> None:
    """Its notice and its withdrawal, as its real revisions have it."""
    last = PublicChange.objects.filter(article=article).first()
    was_withdrawn = last is not None and last.kind == PublicChange.Kind.WITHDRAWN
    article.withdrawn_at = last.at if last and was_withdrawn else None
    article.urgent_notice = article.urgent_notice if last else ""
    article.save(update_fields=["withdrawn_at", "urgent_notice"])


def _forget_invented_people() -> None:
    """Their unsaved words, their waiting files, and what they said of findings in real documents."""
    Autosave.objects.filter(editor__is_demo=True).delete()
    WaitingUpload.objects.filter(uploaded_by__is_demo=True).delete()
    Diagnostic.objects.filter(resolved_by__is_demo=True).update(
        resolution="", note="", resolved_by=None, resolved_at=None
    )
