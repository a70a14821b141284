"""Stories as everybody may read them: the list, and the page of one.

Both start from `visible_to`, so a story is there while its teller agrees to that.
Search engines are told of it only where the teller agreed to that too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import Article, Topic
from articles.related import guides_about, worth_reading
from cachexia_portal.accounts.models import Relation
from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery

from . import content_notes, marking, plain_text
from .keyset import PagedPosts
from .models import Post, StoryConsent
from .readers import VISITOR, Button, Reader

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from .models.posts import PostQuerySet

OPENING = 200  # of a story, in a list
BEGINNING = 4 * OPENING  # what is read for it: white space is not shown
SIGNS_PER_MINUTE = (
    238 * 5
)  # words as in guides, short ones; in signs, so that a list need not carry whole stories
WHOSE = (
    *("kind", "question", "shown_as", "relation", "lane", "content_notes", "published_at", "hidden_at"),
    *("author", "author__display_name", "author__closed_at"),
    *("published_revision", "published_revision__post", "published_revision__title"),
)
ON_ITS_PAGE = ("noindex", "is_demo", "thanks_count", "published_revision__body")

WITHOUT_NAME: dict[str, str | Promise] = {
    Relation.PATIENT: _("By a patient"),
    Relation.PROFESSIONAL: _("By someone who works in care"),
}
WHOSE_STORY: dict[str, str | Promise] = {
    Relation.PATIENT: _("A patient’s story"),
    Relation.PROFESSIONAL: _("A story from someone who works in care"),
}


@dataclass(frozen=True)
class Told:
    """One story, with what is said of it wherever it is named."""

    post: Post

    @property
    def without_name(self) -> str:
        """Who told it, where that is all that may be said; "" where a name stands over it."""
        by = WITHOUT_NAME.get(self.post.relation, _("By a caregiver"))
        return str(by) if self.post.is_anonymous else ""

    @property
    def mentions(self) -> str:
        """The end of a sentence; "" where nothing was named."""
        return content_notes.named(self.post.content_notes)

    @property
    def reading_time(self) -> str:
        minutes = max(1, round(self.length / SIGNS_PER_MINUTE))
        return ngettext("%d minute to read", "%d minutes to read", minutes) % minutes

    @property
    def length(self) -> int:
        """In signs."""
        return len(self.post.published_revision.body) if self.post.published_revision else 0


# --- The list -------------------------------------------------------------------


@dataclass(frozen=True)
class Row(Told):
    """One story as a list names it: of its words there is only the beginning."""

    @property
    def beginning(self) -> str:
        return plain_text.opening(vars(self.post)["beginning"], OPENING)

    @property
    def length(self) -> int:
        return int(vars(self.post)["length"])


def listed() -> QuerySet[Post]:
    """All stories, for `Row`. As `listing.listed`, in the form that the index of the list asks for."""
    body = "published_revision__body"
    return _shown().only(*WHOSE).annotate(beginning=Substr(body, 1, BEGINNING), length=Length(body))


def _shown() -> PostQuerySet:
    shown = Post.objects.visible_to(AnonymousUser()).stories().filter(published_revision__isnull=False)
    return shown.select_related("author", "published_revision")


NEWEST = PagedPosts(listed)


# --- The page of one ------------------------------------------------------------


@dataclass(frozen=True)
class Story(Told):
    """The whole page for one reader."""

    found: tuple[Article, ...] = ()
    reader: Reader = VISITOR

    @property
    def whose(self) -> str:
        """What stands over the title; it says no more than the byline does."""
        return str(WHOSE_STORY.get(self.post.relation, _("A caregiver’s story")))

    @property
    def guides(self) -> list[Article]:
        """What to read next."""
        return worth_reading(self.found)

    @property
    def topic(self) -> tuple[str, str] | None:
        """Slug and name of the first topic it is filed under."""
        found = vars(self.post)
        return (found["topic_slug"], found["topic_name"]) if found["topic_slug"] else None

    @property
    def button(self) -> Button | None:
        """How a reader thanks the teller; None for the teller."""
        return self.reader.button(self.post)

    @property
    def thanked(self) -> str:
        """How many said thank you, once there are enough for the count to point at nobody."""
        if not (number := marking.number_shown(self.post.thanks_count)):
            return ""
        return ngettext("%d reader said thank you", "%d readers said thank you", number) % number

    @property
    def is_kept_from_search_engines(self) -> bool:
        """Unless its teller agreed to them, and has not asked them to forget it since."""
        return self.post.noindex or not vars(self.post)["is_for_search_engines"]


def _one(pk: int) -> QuerySet[Post]:
    topics = Topic.objects.filter(posts=OuterRef("pk")).order_by("position", "name")
    one = _shown().filter(pk=pk).only(*WHOSE, *ON_ITS_PAGE)
    return one.annotate(
        is_for_search_engines=_agreed_to_search_engines(),
        topic_slug=Subquery(topics.values("slug")[:1]),
        topic_name=Subquery(topics.values("name")[:1]),
    )


def _guides_beside(pk: int) -> QuerySet[Article]:
    return guides_about(Post.topics.through.objects.filter(post=pk).values("topic"))


STORY: PreparedQuery[Post] = PreparedQuery(_one, NUMBER)
GUIDES: PreparedQuery[Article] = PreparedQuery(_guides_beside, NUMBER)


# --- Search engines -------------------------------------------------------------


def for_search_engines() -> QuerySet[Post]:
    """The stories that search engines may know of."""
    return _shown().for_search_engines().filter(_agreed_to_search_engines())


def _agreed_to_search_engines() -> Exists:
    return Exists(StoryConsent.objects.live().filter(post=OuterRef("pk"), in_search_engines=True))
