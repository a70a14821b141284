"""Many invented posts at once: the one writer that does not go through the acts, post by post.

Each row is what the acts would have left behind: a post, its approved words, the item
that a moderator resolved, the decision. Nobody is told, and no events are kept, since
nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from articles.models import CancerType, Topic
from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.accounts.models import Credential, Member

from .demo import NotADemoSite, demo_people
from .demo_sending import READERS
from .invented import WHEN_TO_CALL, Words
from .models import (
    Basis,
    ContentNote,
    Decision,
    ItemKind,
    Kind,
    Lane,
    Post,
    PostRevision,
    ReviewItem,
    ShownAs,
    Wants,
)
from .workflow import Outcome, Status, Verb

BATCH = 500  # questions, each with its answers, in one transaction
BETWEEN = timedelta(minutes=37)  # from one question to the next, back in time
READING = timedelta(minutes=50)  # until somebody had read it
CARERS = ("caregiver", "second-caregiver")
CLINICIAN = "clinician"


@dataclass
class Sent:
    """One post that is not stored yet, and what the moderator read."""

    post: Post
    words: dict[str, str]
    topics: list[Topic] = field(default_factory=list)


class People:
    """Who writes, and who reads it before the public."""

    def __init__(self) -> None:
        make_demo_people()
        self.all = demo_people()

    @cached_property
    def carers(self) -> list[Member]:
        return [self.all[name] for name in CARERS]

    @cached_property
    def credential(self) -> Credential:
        return Credential.objects.valid_on(timezone.localdate()).get(member=self.all[CLINICIAN])


def populate(questions: int, answers: int) -> Iterator[int]:
    """Write so many published demo questions and, under them, so many answers. Yields how many are written.

    Raises `NotADemoSite`.
    """
    if not settings.IS_DEMO_SITE:
        raise NotADemoSite
    writer = Writer(People(), Words(Post.objects.aggregate(last=Max("pk"))["last"] or 0))
    shares = writer.shares(questions, answers)
    newest = timezone.now()
    for start in range(0, questions, BATCH):
        batch = range(start, min(start + BATCH, questions))
        writer.write([(newest - BETWEEN * number, shares[number]) for number in batch])
        yield batch.stop
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the database plans by what it counted, and does not count at once


class Writer:
    """Makes posts of words and stores them by the hundred."""

    def __init__(self, people: People, words: Words) -> None:
        self.people = people
        self.words = words
        self.random = words.random
        self.topics = list(Topic.objects.all())
        self.cancer_types = list(CancerType.objects.all())

    def shares(self, questions: int, answers: int) -> list[int]:
        """How many answers each question gets: the first has twenty, if there are that many; some have none."""
        shares = [0] * questions
        if questions:
            shares[0] = min(20, answers)
            for _ in range(answers - shares[0]):
                shares[int(questions * self.random.random() ** 1.5)] += 1
        return shares

    @transaction.atomic
    def write(self, wanted: list[tuple[datetime, int]]) -> None:
        """Questions of one batch by their times, each with that many answers."""
        asked: list[Sent] = []
        answered: list[Sent] = []
        for at, share in wanted:
            question = self._question(at)
            under = [self._answer(question, number) for number in range(share)]
            lanes = [answer.post.lane for answer in under]
            question.post.lived_count = lanes.count(Lane.LIVED)
            question.post.clinical_count = lanes.count(Lane.CLINICAL)
            asked.append(question)
            answered += under
        self._store(asked)
        self._store(answered)

    def _question(self, at: datetime) -> Sent:
        carer = self.random.choice(self.people.carers)
        topics = self.random.sample(self.topics, min(len(self.topics), self.random.choice((1, 1, 2))))
        post = self._post(
            carer,
            at,
            kind=Kind.QUESTION,
            wants=self.random.choice(("", "", *Wants.values[:-1])),
            content_notes=self.random.choice(([], [], [], [str(ContentNote.WEIGHT)])),
            cancer_type=self.random.choice([None, *self.cancer_types]),
        )
        return Sent(post, {"title": self.words.title(), "body": self.words.question()}, topics)

    def _answer(self, asked: Sent, number: int) -> Sent:
        question = asked.post
        at = min(question.created_at + (number + 1) * timedelta(hours=2), timezone.now())
        under = {"kind": Kind.ANSWER, "parent": question, "question": question}
        if number % 5 == 2 and self._may_speak_on(asked.topics):
            clinician = self.people.all[CLINICIAN]
            post = self._post(clinician, at, lane=Lane.CLINICAL, credential=self.people.credential, **under)
            post.relation, post.shown_as = "", ShownAs.NAME
            basis = {"basis": Basis.CONSENSUS, "when_to_call": WHEN_TO_CALL}
            return Sent(post, {"body": self.words.clinical_answer(), **basis})
        carer = self.random.choice(self.people.carers)
        return Sent(self._post(carer, at, lane=Lane.LIVED, **under), {"body": self.words.lived_answer()})

    def _may_speak_on(self, topics: list[Topic]) -> bool:
        fields = {each for topic in topics for each in topic.fields}
        return not topics or bool(fields & set(self.people.credential.fields))

    def _post(self, author: Member, at: datetime, **columns: object) -> Post:
        shown_as = ShownAs.ANONYMOUS if self.random.random() < 0.2 else ShownAs.NAME
        return Post(
            author=author,
            shown_as=shown_as,
            relation=author.relation,
            created_at=at,
            published_at=min(at + READING, timezone.now()),
            is_demo=True,
            **columns,
        )

    def _store(self, sent: list[Sent]) -> None:
        """The post first, then its words and who read them; only then it points at them."""
        posts = Post.objects.bulk_create([each.post for each in sent])
        revisions = PostRevision.objects.bulk_create([_approved(each) for each in sent])
        items = ReviewItem.objects.bulk_create([_resolved(revision) for revision in revisions])
        moderator = self.people.all[READERS[0]]
        Decision.objects.bulk_create([_decided(item, moderator) for item in items])
        filed = Post.topics.through
        filed.objects.bulk_create(
            [filed(post=each.post, topic=topic) for each in sent for topic in each.topics]
        )
        own_words = PostRevision.objects.filter(post=OuterRef("pk")).values("pk")[:1]
        if posts:
            written = Post.objects.filter(pk__in=[post.pk for post in posts])
            written.update(published_revision=Subquery(own_words))


def _approved(sent: Sent) -> PostRevision:
    post = sent.post
    return PostRevision(
        post=post, number=1, status=Status.APPROVED, created_at=post.created_at, version=2, **sent.words
    )


def _resolved(revision: PostRevision) -> ReviewItem:
    return ReviewItem(
        revision=revision,
        kind=ItemKind.NEW,
        version=2,
        created_at=revision.created_at,
        outcome=Outcome.PUBLISHED,
        resolved_at=revision.post.published_at,
    )


def _decided(item: ReviewItem, moderator: Member) -> Decision:
    return Decision(
        item=item,
        who=moderator,
        verb=Verb.PUBLISH,
        from_state=Status.SUBMITTED,
        to_state=Status.APPROVED,
        shown=item.revision,
        at=item.resolved_at or item.created_at,
    )
