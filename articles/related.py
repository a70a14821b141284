"""The guides that a page about something else leads on to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from articles.listing import COLUMNS, is_long_overdue
from articles.models import Article, Revision

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 3
LOOKED_AT = 12  # where some must be left out


def guides_about(topics: QuerySet[Any, Any]) -> QuerySet[Article]:
    """The newest guides on any of these topics (numbers), for `worth_reading`."""
    filed = Revision.topics.through.objects.filter(topic__in=topics).values("revision")
    guides = Article.objects.visible_to(AnonymousUser()).filter(live_revision__in=filed)
    return guides.only(*COLUMNS).newest_first()[:LOOKED_AT]


def worth_reading(guides: Iterable[Article]) -> list[Article]:
    """A few of them; none whose check is long overdue, as in every list that recommends."""
    return [guide for guide in guides if not is_long_overdue(guide)][:MOST]
