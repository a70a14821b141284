"""Where a member's posts are, and what happens next: what `/me/` says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext

from . import agreements, covered_words, honest_times, marking, whereabouts
from .agreements import Agreement
from .models import (
    Audience,
    Decision,
    DecisionNote,
    ItemKind,
    Kind,
    Lane,
    PostRevision,
    ReviewItem,
    StoryConsent,
)
from .models.posts import Post
from .moderation.appealing import is_still_covered
from .steps import Step, steps_of
from .told import History, Told, history_of
from .whereabouts import WORDS, Place, Words
from .workflow import NEEDS_A_REASON, Status, Verb

if TYPE_CHECKING:
    from datetime import datetime

    from cachexia_portal.accounts.models import Member

PAGE = 50
#: Findings that call for help as much as a worried reader does.
EMERGENCY = "medical_emergency"


@dataclass(frozen=True)
class Standing:
    """One post as its author sees it: the newest words, where they are, and what was said about them."""

    revision: PostRevision
    told: Told | None = None
    history: tuple[History, ...] = ()
    is_worrying: bool = field(default=False, kw_only=True)
    agreed_until: datetime | None = field(default=None, kw_only=True)  # of a story

    @property
    def post(self) -> Post:
        return self.revision.post

    @property
    def title(self) -> str:
        return self.revision.heading

    @property
    def place(self) -> Place:
        return self._while_agreed(whereabouts.of_words(self.revision))

    @property
    def words(self) -> Words:
        return WORDS[self.place]

    @property
    def live_place(self) -> Place | None:
        """Where the approved words are that newer ones have not replaced yet."""
        live = self.post.published_revision
        if live is None or live.pk == self.revision.pk:
            return None
        live.post = self.post
        return self._while_agreed(whereabouts.of_live_words(live))

    def _while_agreed(self, place: Place) -> Place:
        """A story is on the site until the end that its teller agreed to, and no longer."""
        is_over = self.post.is_story and (self.agreed_until is None or self.agreed_until <= timezone.now())
        return Place.CONSENT_OVER if is_over and place is Place.ON_SITE else place

    @cached_property
    def agreement(self) -> Agreement | None:
        """Of a story, on its own page: one query."""
        return agreements.of_post(self.post)

    @property
    def shown_until(self) -> datetime | None:
        """How long a story on the site stays there."""
        return self.agreed_until if self.is_on_site else None

    @property
    def earlier_words(self) -> str:
        return str(whereabouts.EARLIER_WORDS[self.live_place]) if self.live_place else ""

    @property
    def reason(self) -> Told | None:
        """What a moderator said, while it still explains where the post is."""
        is_explained = self.place in EXPLAINED or self.live_place is Place.HIDDEN
        return self.told if is_explained else None

    @property
    def may_stand_still(self) -> bool:
        """Whether something could wait for somebody who is not there: an appeal, or a post of the team's own."""
        return self.post.author.is_staff or any(told.appeal for told in self.history)

    @property
    def waits(self) -> bool:
        return self.place in whereabouts.WAIT_TO_BE_READ

    @property
    def is_on_site(self) -> bool:
        return Place.ON_SITE in (self.place, self.live_place)

    @property
    def needs_the_writer(self) -> bool:
        return self.place in whereabouts.WAIT_FOR_THE_WRITER

    @property
    def expected(self) -> str:
        """The honest time, counted from sending."""
        return honest_times.sentence(sent_at=self.revision.created_at) if self.waits else ""

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.revision, self.place, self.expected, self.history)

    @property
    def covered(self) -> list[str]:
        return covered_words.of_revision(self.revision)

    @property
    def helped(self) -> int:
        """How many people it helped, from as many up as are shown in public."""
        return marking.number_shown(self.post.helped_count)

    @property
    def shared(self) -> int:
        return marking.number_shown(self.post.me_too_count)

    # --- What its author can do ---

    @property
    def can_be_taken_back(self) -> bool:
        """Waiting or public words; a refused story too, as long as its teller agrees to anything."""
        leaving = (Status.SUBMITTED, Status.CHANGES_REQUESTED)
        is_public = self.post.published_revision_id is not None
        return self.revision.status in leaving or is_public or self._is_refused_with_consent

    @property
    def _is_refused_with_consent(self) -> bool:
        return self.revision.status == Status.REJECTED and self.agreed_until is not None

    @property
    def take_back_label(self) -> str:
        return gettext("Take it down") if self.post.published_revision_id else gettext("Take it back")

    @property
    def goes_along(self) -> str:
        """What else goes from the page."""
        return str(whereabouts.GOES_ALONG[Kind(self.post.kind)]) if self.post.published_revision_id else ""

    @property
    def change_label(self) -> str:
        """How sending newer words is called here."""
        again = (Place.REFUSED, Place.EDIT_REFUSED, Place.TAKEN_BACK, *whereabouts.WAIT_FOR_THE_WRITER)
        return gettext("Change and send again") if self.place in again else gettext("Change it")

    @property
    def can_lose_its_name(self) -> bool:
        return not self.post.is_anonymous and not self.name_stays

    @property
    def name_stays(self) -> str | Promise:
        """Why the name cannot be taken from it; empty where it can."""
        return whereabouts.NAME_STAYS[Lane(self.post.lane) if self.post.lane else ""]

    @property
    def forgotten_says(self) -> str | Promise:
        return whereabouts.FORGOTTEN[Kind(self.post.kind)]

    @property
    def appealable(self) -> Decision | None:
        """The decision that somebody else may be asked to look at; `moderation.appeal` asks again."""
        return next((told.decision for told in reversed(self.history) if self._stands(told)), None)

    def _stands(self, told: History) -> bool:
        if not told.is_open_to_appeal:
            return False
        if told.is_hiding:
            return self.post.hidden_at is not None and told.is_about(self.post.published_revision_id)
        if told.is_covering:
            return is_still_covered(told.decision, self.post)
        return told.is_about(self.revision.pk) and self.place in EXPLAINED


EXPLAINED = (
    Place.HIDDEN,
    Place.REFUSED,
    Place.EDIT_REFUSED,
    *whereabouts.WAIT_FOR_THE_WRITER,
)


@dataclass(frozen=True)
class Page:
    """Some of a member's posts, the newest first; `newer` and `older` are the keys to go on from."""

    standings: list[Standing]
    newer: int | None = None
    older: int | None = None

    @property
    def first(self) -> list[Standing]:
        """What waits for somebody, the writer or a moderator."""
        return [each for each in self.standings if _is_on_its_way(each)]

    @property
    def rest(self) -> list[Standing]:
        return [each for each in self.standings if not _is_on_its_way(each)]


def _is_on_its_way(standing: Standing) -> bool:
    return standing.waits or standing.reason is not None


def of_posts(member: Member, *, before: int | None = None, after: int | None = None) -> Page:
    """A page of this member's posts, the newest first, in one query."""
    words = _newest_words(member)
    if after is not None:
        found = list(words.filter(post__gt=after).order_by("post")[: PAGE + 1])
        shown, has_more = found[:PAGE][::-1], len(found) > PAGE
        return Page([_standing(each) for each in shown], *_keys(shown, newer=has_more, older=True))
    if before is not None:
        words = words.filter(post__lt=before)
    found = list(words.order_by("-post")[: PAGE + 1])
    shown, has_more = found[:PAGE], len(found) > PAGE
    return Page([_standing(each) for each in shown], *_keys(shown, newer=before is not None, older=has_more))


def of_post(member: Member, pk: int) -> Standing | None:
    """One post of this member with all that was decided about it, in two queries; None for anybody else's."""
    revision = _newest_words(member).filter(post=pk).first()
    return _standing(revision, history_of(revision.post)) if revision else None


def _keys(shown: list[PostRevision], *, newer: bool, older: bool) -> tuple[int | None, int | None]:
    if not shown:
        return None, None
    return (shown[0].post_id if newer else None), (shown[-1].post_id if older else None)


def _standing(revision, history: Iterable[History] = ()) -> Standing:
    told = Told.from_row(revision.told) if revision.told else None
    return Standing(
        revision,
        told,
        tuple(history),
        is_worrying=revision.is_worrying,
        agreed_until=revision.agreed_until,
    )


def _newest_words(member: Member) -> QuerySet[PostRevision]:
    newest = PostRevision.objects.newest_words().filter(post__in=Post.objects.by(member))
    joined = newest.select_related(
        "covers",
        "post__author",
        "post__credential",
        "post__parent",
        "post__published_revision",
        "post__question__published_revision",
    )
    agreed = StoryConsent.objects.filter(post=OuterRef("post"), ended_at=None).values("ends_at")
    return joined.annotate(
        told=_told(), is_worrying=Exists(_open_worries()), agreed_until=Subquery(agreed[:1])
    )


def _told() -> Subquery:
    """The last decision with a reason that explains where the words are, in one column."""
    text = DecisionNote.objects.filter(decision=OuterRef("pk"), audience=Audience.AUTHOR).values("text")
    about_these = Q(item__revision=OuterRef("pk"))
    hides_now = Q(
        verb=Verb.HIDE,
        item__revision__post=OuterRef("post"),
        item__revision__post__hidden_at__isnull=False,
    )
    made = Decision.objects.filter(about_these | hides_now, verb__in=NEEDS_A_REASON).standing()
    row = JSONObject(
        who="who__display_name",
        number="house_rule__number",
        rule="house_rule__title",
        text=Subquery(text[:1]),
    )
    return Subquery(made.order_by("-pk").values(row=row)[:1], output_field=JSONField())


def _open_worries() -> QuerySet[ReviewItem]:
    """Somebody may be in danger, and a person has not looked yet."""
    waiting = ReviewItem.objects.open().filter(revision__post=OuterRef("post"))
    return waiting.filter(Q(kind=ItemKind.SAFETY) | Q(reasons__code=EMERGENCY))
