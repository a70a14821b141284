"""What may go on around one post: how it came to where it is, what people are about to do, what must hold after.

Used by the test of interleavings and by `bench/interleavings.py`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.utils import timezone

from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.roles import MODERATORS
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.integrity import breaches
from community.models import Decision, Post, PostRevision, ReviewItem
from community.moderation import open_verbs
from community.workflow import OUTCOMES, Status, Verb
from tests.community.moderation.acts import decide, open_item, the_rule
from tests.community.moderation.interleaving import ACTORS, Act, Stage
from tests.people import make_member

BODY = "I get up at five to cook soup for him."
SPANS = [("body", 2, 5)]
SCENES_OF_A_CAST = 10
REPORTS = ["worried", "private", "unkind"]


@dataclass(frozen=True)
class People:
    asker: Member
    author: Member
    reader: Member
    moderators: tuple[Member, ...]


def people_for(number: int) -> People:
    """The people of some scenes: nobody has so many posts that taking all of them back takes long."""
    new = [make_member(f"{role} {number}") for role in ("Asker", "Author", "Reader")]
    moderators = Member.objects.filter(groups__name=MODERATORS).order_by("pk")
    made = moderators or [make_member(f"Moderator {name}", MODERATORS) for name in "ABC"]
    return People(*new, moderators=tuple(made))


class Scene:
    """One post in one of the states that ordinary acts bring about."""

    def __init__(self, seed: int, people: People) -> None:
        self.seed, self.people = seed, people
        self.drawn = random.Random(seed)
        self.question = moderation.send_question(
            people.asker, title=f"Question {seed}", body=f"{BODY} {seed}"
        )
        self._decide(self.question, Verb.PUBLISH)
        self.post = self._a_post()
        for step in self.drawn.choice(WAYS):
            step(self)

    def _a_post(self) -> Post:
        if self.drawn.random() < 0.5:
            words = {"title": "Why", "body": f"{BODY} {self.seed}, again"}
            return moderation.send_question(self.people.author, **words)
        return moderation.send_answer(self.people.author, self.question, body=f"A saucer helps. {self.seed}")

    def _decide(self, post: Post, verb: Verb, *kinds: str) -> None:
        item = open_item(post, *(kinds or ("new", "edit")))
        person = next(person for person in self.people.moderators if verb in open_verbs(item, person))
        decide(item, verb, person, **_more(verb))

    # --- How it came here

    def publish(self) -> None:
        self._decide(self.post, Verb.PUBLISH)

    def cover(self) -> None:
        self._decide(self.post, Verb.COVER)

    def ask(self) -> None:
        self._decide(self.post, Verb.ASK_CHANGE)

    def refuse(self) -> None:
        self._decide(self.post, Verb.REFUSE)

    def hide(self) -> None:
        moderation.hide(self.post, by=self.people.moderators[0], house_rule=the_rule(), reason="No")

    def edit(self) -> None:
        self._send_again(self.post.revisions.count())

    def report(self) -> None:
        moderation.report(self.post, by=self.people.reader, type=self.drawn.choice(REPORTS))

    def appeal(self) -> None:
        moderation.appeal(self._last_decision(), by=self.people.author, words="Why?")

    def claim(self) -> None:
        moderation.claim(self._items()[0], by=self.people.moderators[1])

    def _send_again(self, seen: int) -> PostRevision:
        words = {"title": "Why", "body": f"{BODY} {self.drawn.random()}"}
        return moderation.send_again(self.post, by=self.people.author, seen=seen + 5, **words)

    # --- What is about to happen

    def acts(self) -> list[Act]:
        """Two or three acts of people who all look at the post as it is now; two of them may do the same."""
        drawn = self.drawn.choices(ABOUT_TO, k=self.drawn.randint(2, ACTORS))
        made = [Act(f"{number} {make.__name__}", make(self)) for number, make in enumerate(drawn)]
        Mail.objects.filter(key__in=self._notices()).update(due_at=timezone.now())
        return made

    def decides(self):
        items = self._items()
        if not items:
            return self.claims()
        item, person = self.drawn.choice(items), self.drawn.choice(self.people.moderators)
        verb = self.drawn.choice(open_verbs(item, person) or [Verb.PUBLISH])
        return lambda: decide(item, verb, person, **_more(verb))

    def claims(self):
        items = self._items() or list(ReviewItem.objects.filter(revision__post=self.post))
        item, person = self.drawn.choice(items), self.drawn.choice(self.people.moderators)
        act = self.drawn.choice(
            [moderation.claim, moderation.take_over, moderation.release, moderation.renew]
        )
        return lambda: act(item, by=person)

    def hides(self):
        person = self.drawn.choice(self.people.moderators)
        return lambda: moderation.hide(self.post, by=person, house_rule=the_rule(), reason="No")

    def restores(self):
        person = self.drawn.choice(self.people.moderators)
        return lambda: moderation.restore(self.post, by=person)

    def undoes(self):
        decision = self._last_decision()
        return lambda: moderation.undo(decision, by=decision.who)

    def appeals(self):
        decision = self._last_decision()
        return lambda: moderation.appeal(decision, by=self.people.author, words="Why?")

    def withdraws(self):
        return lambda: moderation.withdraw(self.post, by=self.people.author)

    def withdraws_everything(self):
        return lambda: moderation.withdraw_all_of(self.people.author, by=self.people.author)

    def asker_withdraws(self):
        return lambda: moderation.withdraw(self.question, by=self.people.asker)

    def edits(self):
        seen = self.post.revisions.count()
        return lambda: self._send_again(seen)

    def reports(self):
        type = self.drawn.choice(REPORTS)
        return lambda: moderation.report(self.post, by=self.people.reader, type=type)

    def takes_the_name_off(self):
        return lambda: moderation.show_without_name(self.post, by=self.people.author)

    def sends_mail(self):
        return lambda: [self._send(mail) for mail in Mail.objects.filter(key__in=self._notices())]

    @staticmethod
    def _send(mail: Mail) -> None:
        if mail.lease(timezone.now()):
            mail.mark_sent()

    # --- What must hold afterwards

    def check(self, outcomes: dict[str, str]) -> None:
        done = {name.split(" ", 1)[1] for name, what in outcomes.items() if what == "done"}
        self._check_words(done)
        self._check_decisions()
        self._check_mails()

    def _check_words(self, done: set[str]) -> None:
        states = [revision.status for revision in self.post.revisions.all()]
        assert states.count(Status.APPROVED) <= 1
        assert states.count(Status.SUBMITTED) <= 1
        self.post.refresh_from_db()
        assert (self.post.published_revision_id is not None) == (Status.APPROVED in states)
        if done & {"withdraws", "withdraws_everything"}:
            assert self.post.published_revision_id is None
            assert "edits" in done or not self._items()
        if "withdraws" not in done and "asker_withdraws" in done and self.post.question_id:
            assert not Post.objects.visible_to(None).filter(pk=self.post.pk).exists()

    def _check_decisions(self) -> None:
        """Of each round of each item one, and no decision by two people on one version."""
        resolving = Decision.objects.resolving().filter(item__revision__post=self.post)
        rounds = list(resolving.values_list("item", "round"))
        assert len(rounds) == len(set(rounds))

    def _check_mails(self) -> None:
        """Either undone and never sent, or sent and not undone."""
        undone = Decision.objects.filter(item__revision__post=self.post, undone_by__isnull=False)
        keys = [f"community.decision.{decision.pk}" for decision in undone]
        assert not Mail.objects.filter(key__in=keys).exclude(status="dropped").exists()

    def _items(self) -> list[ReviewItem]:
        items = ReviewItem.objects.open().filter(revision__post=self.post)
        return list(items.select_related("revision__post").order_by("pk"))

    def _last_decision(self) -> Decision:
        made = Decision.objects.filter(item__revision__post=self.post, verb__in=OUTCOMES)
        joined = made.select_related("item__revision__post", "who").order_by("pk")
        return joined.last() or Decision.objects.filter(item__revision__post=self.question).get()

    def _notices(self) -> list[str]:
        made = Decision.objects.filter(item__revision__post=self.post).values_list("pk", flat=True)
        return [f"community.decision.{pk}" for pk in made]


def _more(verb: Verb) -> dict:
    return {"spans": SPANS} if verb == Verb.COVER else {}


S = Scene
WAYS = [
    (),
    (S.claim,),
    (S.edit,),
    (S.ask,),
    (S.ask, S.appeal),
    (S.refuse,),
    (S.refuse, S.appeal),
    (S.refuse, S.edit),
    (S.publish,),
    (S.cover,),
    (S.publish, S.edit),
    (S.publish, S.edit, S.publish),
    (S.publish, S.edit, S.cover),
    (S.publish, S.report),
    (S.publish, S.report, S.edit),
    (S.publish, S.report, S.claim),
    (S.publish, S.hide),
    (S.publish, S.hide, S.appeal),
    (S.publish, S.hide, S.edit),
]
ABOUT_TO = [
    *[S.decides] * 5,
    *[S.undoes] * 3,
    S.claims,
    S.hides,
    S.restores,
    S.appeals,
    S.withdraws,
    S.withdraws_everything,
    S.asker_withdraws,
    S.edits,
    S.reports,
    S.takes_the_name_off,
    *[S.sends_mail] * 2,
]


def play(seeds: range) -> dict[str, int]:
    """Play one scene for each seed; how often each outcome came. An error names its seed.

    At the end nothing that is stored may break a rule.
    """
    counted: dict[str, int] = {}
    people = people_for(seeds.start)
    with Stage() as stage:
        for seed in seeds:
            if seed % SCENES_OF_A_CAST == SCENES_OF_A_CAST - 1:
                people = people_for(seed)
            try:
                _play(seed, people, stage, counted)
            except Exception as error:
                raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
    assert list(breaches()) == []
    return counted


def _play(seed: int, people: People, stage: Stage, counted: dict[str, int]) -> None:
    scene = Scene(seed, people)
    outcomes = stage.play(scene.acts(), scene.drawn)
    for what in outcomes.values():
        counted[what] = counted.get(what, 0) + 1
    scene.check(outcomes)
