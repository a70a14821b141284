"""Many invented posts at once: the one writer that does not go through the acts, post by post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from articles.models import CancerType, Topic
from cachexia_portal import search
from cachexia_portal.accounts.demo_crowd import add_to_the_crowd, crowd
from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.accounts.models import Credential, Member

from .demo import NotADemoSite, demo_people
from .demo_sending import READERS
from .invented import WHEN_TO_CALL, Words
from .models import Basis, ContentNote, Kind, Lane, Post, ShownAs, Wants
from .populating_rows import Sent, Thread, store

BATCH = 500  # questions, each with its answers, in one transaction
BETWEEN = timedelta(minutes=37)  # from one question to the next, back in time
READING = timedelta(minutes=50)  # until somebody had read it
CARERS = ("caregiver", "second-caregiver", "patient")
CLINICIANS = ("clinician", "social-worker")


class People:
    """Who writes, and who reads it before the public."""

    def __init__(self, random: Random) -> None:
        make_demo_people()
        self.random = random
        self.all = demo_people()
        self.moderator = self.all[READERS[0]]

    def carer(self) -> Member:
        """A few write much, most write seldom."""
        return self.random.choices(self._carers, cum_weights=self._shares)[0]

    def speaking_on(self, topics: list[Topic]) -> Credential | None:
        """A credential whose fields cover one of the topics; where there are none, any."""
        fields = {each for topic in topics for each in topic.fields}
        return next((each for each in self._credentials if not topics or fields & set(each.fields)), None)

    @cached_property
    def _carers(self) -> list[Member]:
        return [*(self.all[name] for name in CARERS), *crowd().order_by("pk")]

    @cached_property
    def _shares(self) -> list[float]:
        return list(accumulate(1 / (place + 5) for place in range(len(self._carers))))

    @cached_property
    def _credentials(self) -> list[Credential]:
        valid = Credential.objects.valid_on(timezone.localdate()).select_related("member")
        return list(valid.filter(member__in=[self.all[name] for name in CLINICIANS]).order_by("pk"))


def populate(questions: int, answers: int, members: int = 0) -> Iterator[int]:
    """Write so many published demo questions and, under them, so many answers; before, members to write them.

    Yields how many questions are written. Raises `NotADemoSite`.
    """
    check_that_this_is_a_demo()
    add_to_the_crowd(members)
    words = Words(Post.objects.aggregate(last=Max("pk"))["last"] or 0)
    writer = Writer(People(words.random), words)
    shares = writer.shares(questions, answers)
    newest = timezone.now()
    for start in range(0, questions, BATCH):
        batch = range(start, min(start + BATCH, questions))
        threads = [writer.thread(newest - BETWEEN * number, shares[number]) for number in batch]
        store(threads, writer.people.moderator)
        yield batch.stop
    let_the_site_know()


def check_that_this_is_a_demo() -> None:
    if not settings.IS_DEMO_SITE:
        raise NotADemoSite


def let_the_site_know() -> None:
    """The database plans by what it counted, and search corrects by the words it knows: neither counts at once."""
    search.count_words()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Writer:
    """Makes posts of words."""

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

    def thread(self, at: datetime, share: int) -> Thread:
        question = self._question(at)
        return Thread(question, [self._answer(question, number) for number in range(share)])

    def _question(self, at: datetime) -> Sent:
        topics = self.random.sample(self.topics, min(len(self.topics), self.random.choice((1, 1, 2))))
        post = self._post(
            self.people.carer(),
            at,
            kind=Kind.QUESTION,
            wants=self.random.choice(("", "", *Wants.values[:-1])),
            content_notes=self.random.choice(([], [], [], [str(ContentNote.WEIGHT)])),
            cancer_type=self.random.choice([None, *self.cancer_types]),
        )
        return Sent(post, {"title": self.words.title(), "body": self.words.question()}, topics)

    def _answer(self, asked: Sent, number: int) -> Sent:
        credential = self.people.speaking_on(asked.topics) if number % 5 == 2 else None
        if credential:
            return clinical(asked, number, credential, self.words.clinical_answer())
        at = moment(asked, number)
        columns = {"kind": Kind.ANSWER, "lane": Lane.LIVED, "parent": asked.post, "question": asked.post}
        return Sent(self._post(self.people.carer(), at, **columns), {"body": self.words.lived_answer()})

    def _post(self, author: Member, at: datetime, **columns: object) -> Post:
        shown_as = ShownAs.ANONYMOUS if self.random.random() < 0.2 else ShownAs.NAME
        return published(author, at, shown_as=shown_as, relation=author.relation, **columns)


def clinical(asked: Sent, number: int, credential: Credential, body: str) -> Sent:
    """Under this credential, with all that its form asks for."""
    columns = {"kind": Kind.ANSWER, "lane": Lane.CLINICAL, "parent": asked.post, "question": asked.post}
    post = published(credential.member, moment(asked, number), credential=credential, **columns)
    return Sent(post, {"body": body, "basis": Basis.CONSENSUS, "when_to_call": WHEN_TO_CALL})


def moment(asked: Sent, number: int) -> datetime:
    """When an answer was sent; none of them lies ahead."""
    return min(asked.post.created_at + (number + 1) * timedelta(hours=2), timezone.now())


def published(author: Member, at: datetime, **columns: object) -> Post:
    day = min(at + READING, timezone.now())
    return Post(author=author, created_at=at, published_at=day, is_demo=True, **columns)
