"""What the page of a question says: the question, its answers by lane, the replies under each.

The posts are one query, the topics another.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from articles.models import Topic
from articles.review_clock import months_after
from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery

from . import bylines, content_notes, marking
from .models import Kind, Lane, Post, Wants
from .readers import VISITOR, Button, Reader

READ = {
    "": "kind parent question author shown_as relation lane credential cancer_type wants content_notes noindex "
    "published_revision published_at hidden_at created_at is_demo lived_count clinical_count staff_count helped_count "
    "me_too_count helped_the_asker",
    "published_revision": "post number title body basis source when_to_call status created_at",
    "author": "display_name closed_at",
    "credential": "member profession country register public_name letters checked_on confirmed_on expires_on "
    "ended_on is_demo",
    "cancer_type": "name slug",
}


def _posts_of(question: int) -> QuerySet[Post]:
    """The question and all that hangs under it, as everybody may read it, in the order it was sent."""
    columns = [f"{path}__{name}" if path else name for path, names in READ.items() for name in names.split()]
    page = Post.objects.visible_to(AnonymousUser()).filter(
        Q(pk=question, kind=Kind.QUESTION) | Q(question=question)
    )
    return page.select_related(*filter(None, READ)).only(*columns).order_by("created_at", "pk")


def _topics_of(question: int) -> QuerySet[Topic, tuple[str, str]]:
    return Topic.objects.filter(posts=question).order_by("position", "name").values_list("slug", "name")


POSTS: PreparedQuery[Post] = PreparedQuery(_posts_of, NUMBER)
TOPICS: PreparedQuery[tuple[str, str]] = PreparedQuery(_topics_of, NUMBER)


@dataclass(frozen=True)
class Answer:
    """One answer with its replies."""

    post: Post
    button: Button | None
    replies: list[Post] = field(default_factory=list)

    @property
    def helped(self) -> str:
        """How many it helped, once there are enough for the count to point at nobody."""
        if not (number := marking.number_shown(self.post.helped_count)):
            return ""
        return ngettext("Helped %d person", "Helped %d people", number) % number


@dataclass(frozen=True)
class Thread:
    """The whole page for one reader."""

    posts: list[Post]
    topics: list[tuple[str, str]]
    reader: Reader = VISITOR

    @cached_property
    def question(self) -> Post:
        return next(post for post in self.posts if post.is_question)

    @cached_property
    def answers(self) -> list[Answer]:
        """Each with its replies. What hangs under something that is not shown is not among the posts."""
        answers = {post.pk: Answer(post, self.reader.button(post)) for post in self.posts if post.is_answer}
        for post in self.posts:
            if not post.is_question:
                post.question = self.question
            if post.is_reply and post.parent_id in answers:
                answers[post.parent_id].replies.append(post)
        return list(answers.values())

    @property
    def lived(self) -> list[Answer]:
        return self._in(Lane.LIVED)

    @property
    def clinical(self) -> list[Answer]:
        return self._in(Lane.CLINICAL)

    @property
    def from_society(self) -> list[Answer]:
        return self._in(Lane.STAFF)

    @property
    def society(self) -> str:
        return bylines.society()

    @property
    def button(self) -> Button | None:
        """The question's own mark."""
        return self.reader.button(self.question)

    @property
    def others(self) -> str:
        """How many go through the same."""
        number = marking.number_shown(self.question.me_too_count)
        return ngettext("%d other is", "%d others are", number) % number if number else ""

    @property
    def content_notes(self) -> str:
        """What it mentions, as the end of a sentence."""
        return content_notes.named(self.question.content_notes)

    @property
    def wants_no_reply(self) -> bool:
        return self.question.wants == Wants.NO_REPLY

    @property
    def is_old(self) -> bool:
        asked = timezone.localdate(self.question.created_at)
        return months_after(asked, settings.OLD_QUESTION_MONTHS) <= timezone.localdate()

    @property
    def is_kept_from_search_engines(self) -> bool:
        """They know pages: one author's wish to be left out counts for the whole page."""
        return any(post.noindex for post in self.posts)

    def _in(self, lane: Lane) -> list[Answer]:
        return [answer for answer in self.answers if answer.post.lane == lane]
