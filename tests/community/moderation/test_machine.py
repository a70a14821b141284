"""Any sequence of acts, against a small model of what visitors see and what has to be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from community import moderation
from community.integrity import breaches
from community.models import Decision, Post, PostRevision, ReviewItem
from community.moderation import covering, open_verbs
from community.workflow import OUTCOMES, Outcome, TransitionRefused, Verb
from tests.community.moderation.acts import decide, the_rule
from tests.conftest import MORNING
from tests.people import make_member

pytestmark = pytest.mark.django_db
SPAN = ("body", 0, 3)
DECIDED = {Verb.PUBLISH: "approved", Verb.ASK_CHANGE: "changes_requested", Verb.REFUSE: "rejected"}


class Moderation(RuleBasedStateMachine):
    """The model: the public words, whether they are hidden, and the words that wait or were answered."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(MORNING, tick=False)
        self.time = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.writer, self.reader = make_member("Robin Hill"), make_member("Rae Lake")
        self.moderators = [
            make_member(name, "Moderators") for name in ("Mona Field", "Milo Stone", "Mara Hill")
        ]
        self.administrator = make_member("Ada Tower", "Administrators")
        self.live: str | None = None
        self.is_hidden = False
        self.latest: tuple[str, str] = ("", "")  # the newest words, and where they stand
        self.before: dict[int, tuple] = {}  # the model before each decision, for undoing it
        self.number = 0

    def teardown(self) -> None:
        found = list(breaches())
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()
        assert found == []

    # --- What the writer and readers do

    @initialize()
    def send(self) -> None:
        self.post = moderation.send_question(self.writer, title="Why", body="Words 0")
        self.latest = ("Words 0", "submitted")

    @rule(is_stale=st.booleans())
    def edit(self, is_stale: bool) -> None:
        self.number += 1
        newest = self.post.revisions.newest_words().get()
        words = {"title": "Why", "body": f"Words {self.number}"}
        seen = newest.number - is_stale
        if is_stale:
            with pytest.raises(moderation.ChangedMeanwhile):
                moderation.send_again(self.post, by=self.writer, seen=seen, **words)
            return
        moderation.send_again(self.post, by=self.writer, seen=seen, **words)
        self.latest = (words["body"], "submitted")

    @rule()
    def withdraw(self) -> None:
        moderation.withdraw(self.post, by=self.writer)
        self.live = None
        self.latest = (self.latest[0], "withdrawn")
        assert not self._items()

    @rule(type=st.sampled_from(["worried", "private", "unkind"]))
    def report(self, type: str) -> None:
        try:
            moderation.report(self.post, by=self.reader, type=type)
        except TransitionRefused:
            assert self._seen() is None
        else:
            assert self._seen() is not None

    @rule()
    def appeal(self) -> None:
        decision = self._last_decision(*moderation.appealing.STANDING_AS)
        if decision is None:
            return
        offered = moderation.can_be_appealed(decision)
        try:
            moderation.appeal(decision, by=self.writer, words="Why?")
        except TransitionRefused:
            assert not offered
        else:
            assert offered

    # --- What moderators do

    @precondition(lambda self: self._items())
    @rule(
        chosen=st.integers(0, 9),
        verb=st.sampled_from([*OUTCOMES, Verb.ESCALATE]),
        who=st.integers(0, 3),
    )
    def decide(self, chosen: int, verb: Verb, who: int) -> None:
        items = self._items()
        item, person = items[chosen % len(items)], [*self.moderators, self.administrator][who]
        is_claimed = item.is_claimed_from(person, self._now())
        offered = verb in open_verbs(item, person)
        before = self._model()
        try:
            decision = decide(item, verb, person, **({"spans": [SPAN]} if verb == Verb.COVER else {}))
        except TransitionRefused:
            assert is_claimed or not offered
            return
        assert offered
        assert not is_claimed
        self.before[decision.pk] = before
        self._follow(item, verb)

    @rule(who=st.integers(0, 2))
    def hide(self, who: int) -> None:
        before = self._model()
        try:
            decision = moderation.hide(self.post, by=self.moderators[who], house_rule=the_rule(), reason="No")
        except TransitionRefused:
            return
        assert self.live is not None
        assert not self.is_hidden
        self.before[decision.pk] = before
        self.is_hidden = True

    @rule(who=st.integers(0, 2))
    def restore(self, who: int) -> None:
        before = self._model()
        try:
            decision = moderation.restore(self.post, by=self.moderators[who])
        except TransitionRefused:
            return
        assert self.is_hidden
        self.before[decision.pk] = before
        self.is_hidden = False

    @rule()
    def undo(self) -> None:
        decision = self._last_decision(*OUTCOMES)
        if decision is None:
            return
        offered = moderation.can_be_undone(decision, decision.who)
        try:
            moderation.undo(decision, by=decision.who)
        except TransitionRefused:
            assert not offered
        else:
            assert offered
            self.live, self.is_hidden, self.latest = self.before[decision.pk]

    @precondition(lambda self: self._items())
    @rule(chosen=st.integers(0, 9), who=st.integers(0, 2), is_rough=st.booleans())
    def claim(self, chosen: int, who: int, is_rough: bool) -> None:
        items = self._items()
        item, person = items[chosen % len(items)], self.moderators[who]
        is_claimed = item.is_claimed_from(person, self._now())
        try:
            (moderation.take_over if is_rough else moderation.claim)(item, by=person)
        except moderation.ClaimedByAnother:
            assert is_claimed
            assert not is_rough
        except TransitionRefused:
            assert not open_verbs(item, person)

    @rule(minutes=st.sampled_from([1, 9, 16]))
    def time_passes(self, minutes: int) -> None:
        self.time.shift(timedelta(minutes=minutes))

    # --- What always holds

    @invariant()
    def visitors_see_what_the_model_says(self) -> None:
        if hasattr(self, "post"):
            shown = Post.objects.visible_to(None).filter(pk=self.post.pk)
            assert shown.values_list("published_revision__body", flat=True).first() == self._seen()

    @invariant()
    def the_newest_words_stand_where_the_model_says(self) -> None:
        if hasattr(self, "post"):
            newest = PostRevision.objects.newest_words().get(post=self.post)
            assert (newest.body, newest.status) == self.latest

    @invariant()
    def one_open_item_of_each_kind(self) -> None:
        open_items = ReviewItem.objects.open().values_list("revision", "kind")
        assert len(open_items) == len(set(open_items))

    # --- The model

    def _model(self) -> tuple:
        return self.live, self.is_hidden, self.latest

    def _seen(self) -> str | None:
        return None if self.is_hidden else self.live

    def _follow(self, item: ReviewItem, verb: Verb) -> None:
        words = item.revision.body
        if verb == Verb.COVER:
            is_latest = self.latest[0] == words
            words = covering.cover(words, [SPAN[1:]])
            self.latest = (words, "approved") if is_latest else self.latest
            self.live, self.is_hidden = words, False
        if verb in DECIDED and (not self._is_beside_an_edit(item)):
            self.latest = (words, DECIDED[verb])
        if verb == Verb.PUBLISH:
            self.live, self.is_hidden = words, False
        if verb in (Verb.HIDE, Verb.RESTORE):
            self.is_hidden = verb == Verb.HIDE
        assert verb not in OUTCOMES or OUTCOMES[verb] in Outcome

    def _is_beside_an_edit(self, item: ReviewItem) -> bool:
        """A cover is taken off, and newer words of the writer wait or were answered."""
        covered = covering.cover(item.revision.body, [SPAN[1:]])
        return item.revision.status == "superseded" and self.latest[0] != covered

    def _items(self) -> list[ReviewItem]:
        if not hasattr(self, "post"):
            return []
        items = ReviewItem.objects.open().filter(revision__post=self.post)
        return list(items.select_related("revision__post", "claimed_by").order_by("pk"))

    def _last_decision(self, *verbs: Verb) -> Decision | None:
        made = Decision.objects.filter(item__revision__post=self.post, verb__in=verbs)
        return made.select_related("item__revision__post", "who").order_by("pk").last()

    def _now(self):
        from django.utils import timezone

        return timezone.now()


def test_any_sequence_of_acts_agrees_with_the_model():
    run_state_machine_as_test(
        Moderation,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
