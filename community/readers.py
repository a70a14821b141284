"""Who reads a page of posts, as far as the page may know: what they marked, and which words are theirs.

Two readers with the same marks, and no words of their own on the page, read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext

from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery

from . import marking
from .models import Mark, Post

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

MARKED, OWN = "marked", "own"


@dataclass(frozen=True)
class Button:
    """One mark as its reader finds it. `verb` and `post` are what the form sends."""

    post: int
    verb: str
    label: str
    is_made: bool


@dataclass(frozen=True)
class Reader:
    """All that the page may know of who reads it."""

    is_member: bool = False
    marked: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()

    def button(self, post: Post) -> Button | None:
        """None where the reader wrote it; a visitor's leads to signing in."""
        if post.pk in self.own:
            return None
        if post.pk in self.marked:
            words = gettext("Take back “%(mark)s”") % {"mark": marking.FITS[post.kind].label}
            return Button(post.pk, "unmark", words, is_made=True)
        return Button(post.pk, "mark", str(marking.LABELS[post.kind]), is_made=False)


VISITOR = Reader()


def reader_of(member: Member, page: int) -> Reader:
    """The reader of a question, with all that hangs under it, or of a story. One query."""
    found: dict[str, set[int]] = {MARKED: set(), OWN: set()}
    for what, post in THEIRS.rows(member.pk, page):
        found[what].add(post)
    return Reader(True, frozenset(found[MARKED]), frozenset(found[OWN]))


def _theirs(member: int, page: int) -> QuerySet[Any, tuple[str, int]]:
    """Each post of the page that the member marked or wrote, and which of the two."""
    marks = Mark.objects.filter(Q(post=page) | Q(post__question=page), member=member)
    written = Post.objects.filter(Q(pk=page) | Q(question=page), author=member)
    return _named(marks, MARKED, "post").union(_named(written, OWN, "pk"), all=True)


def _named(rows: QuerySet[Any], what: str, which: str) -> QuerySet[Any, tuple[str, int]]:
    named = rows.order_by().annotate(what=Value(what, CharField()), which=F(which))
    return named.values_list("what", "which")


THEIRS: PreparedQuery[tuple[str, int]] = PreparedQuery(_theirs, NUMBER, NUMBER + 1)
