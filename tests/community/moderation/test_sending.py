"""Sending a question, an answer, a reply."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import CancerType, Topic
from cachexia_portal.events.models import Event
from community import moderation
from community.models import Post, ReviewItem
from community.moderation import MayNotWrite, clinical_credential_for
from community.workflow import TransitionRefused
from tests.community.conftest import BODY, TITLE, item_of
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db
CLINICAL = {"lane": "clinical", "basis": "consensus", "when_to_call": "If it gets worse."}


@pytest.fixture
def food(db):
    return Topic.objects.create(slug="food", name="Food", fields=["nutrition"])


@pytest.fixture
def pain(db):
    return Topic.objects.create(slug="pain", name="Pain", fields=["medicine", "palliative_care"])


@pytest.fixture
def dietitian(verifier, other_verifier):
    member = make_member("Dina Reed")
    give_credential(member, verifier, other_verifier, fields=["nutrition"])
    return member


def test_a_question_keeps_all_that_was_said(caregiver, food):
    lung = CancerType.objects.create(slug="lung", name="Lung")
    post = moderation.send_question(
        caregiver,
        title=TITLE,
        body=BODY,
        topics=[food],
        cancer_type=lung,
        wants="company",
        content_notes=["food_conflict"],
        noindex=True,
    )

    post.refresh_from_db()
    assert (list(post.topics.all()), post.cancer_type, post.wants) == ([food], lung, "company")
    assert (post.content_notes, post.noindex) == (["food_conflict"], True)
    item = item_of(post)
    assert (item.kind, item.priority, item.revision.body) == ("new", 0, BODY)
    event = Event.objects.get(verb="sent")
    assert (event.subject_id, event.actor, event.to_state) == (item.pk, None, "submitted")


def test_the_same_words_twice_are_one_post(caregiver, published, published_answer):
    for _ in range(2):
        moderation.send_question(caregiver, title="T", body="Words")
        moderation.send_answer(caregiver, published, body="Words")
        moderation.send_reply(caregiver, published_answer, body="Words")

    assert ReviewItem.objects.open().count() == 3


def test_a_reply_hangs_under_an_answer_and_nowhere_else(caregiver, published, published_answer):
    reply = moderation.send_reply(caregiver, published_answer, body="Thank you.")

    assert (reply.kind, reply.parent, reply.question) == ("reply", published_answer, published)
    for wrong in (published, reply):
        with pytest.raises(TransitionRefused):
            moderation.send_reply(caregiver, wrong, body="Hello")


def test_an_answer_hangs_under_a_question(caregiver, published_answer):
    with pytest.raises(TransitionRefused):
        moderation.send_answer(caregiver, published_answer, body="Hello")


def test_who_wants_no_replies_gets_none(caregiver, other_caregiver):
    question = moderation.send_question(caregiver, title=TITLE, body=BODY, wants="no_reply")

    with pytest.raises(MayNotWrite):
        moderation.send_answer(other_caregiver, question, body="But")


def test_a_clinical_answer_stands_under_a_credential_for_the_topic(dietitian, published, food, pain):
    published.topics.set([food, pain])
    answer = moderation.send_answer(dietitian, published, body="Small meals.", **CLINICAL)

    assert answer.credential == dietitian.credentials.get()
    assert answer.revisions.get().when_to_call == "If it gets worse."


def test_without_a_credential_for_the_topic_there_is_no_clinical_answer(
    dietitian, caregiver, published, pain
):
    published.topics.set([pain])
    for person in (dietitian, caregiver):
        assert clinical_credential_for(person, published) is None
        with pytest.raises(MayNotWrite):
            moderation.send_answer(person, published, body="Small meals.", **CLINICAL)
    assert not Post.objects.filter(parent=published).exists()


def test_a_credential_counts_until_its_last_day(dietitian, published, clock):
    credential = dietitian.credentials.get()
    credential.expires_on = timezone.localdate()
    credential.confirmed_on = credential.checked_on = timezone.localdate()
    credential.save()
    assert clinical_credential_for(dietitian, published) == credential
    clock.shift(timedelta(days=1))
    assert clinical_credential_for(dietitian, published) is None


@pytest.mark.parametrize(
    "missing", [{"basis": ""}, {"basis": "guess"}, {"when_to_call": " "}, {"basis": "source"}]
)
def test_a_clinical_answer_says_what_it_rests_on_and_when_to_call(dietitian, published, missing):
    with pytest.raises(TransitionRefused):
        moderation.send_answer(dietitian, published, body="Small meals.", **{**CLINICAL, **missing})


@pytest.mark.parametrize("lane", ["clinical", "staff"])
def test_who_answers_in_those_lanes_is_named(clinician, moderator, published, lane):
    person = clinician if lane == "clinical" else moderator
    words = {**CLINICAL, "lane": lane}
    with pytest.raises(TransitionRefused):
        moderation.send_answer(person, published, body="Hello", shown_as="anonymous", **words)
    assert moderation.send_answer(person, published, body="Hello", **words).lane == lane


def test_only_staff_answer_for_the_society(caregiver, clinician, published):
    for person in (caregiver, clinician):
        with pytest.raises(MayNotWrite):
            moderation.send_answer(person, published, body="Hello", lane="staff")


def test_lived_experience_holds_no_clinical_fields(caregiver, published):
    answer = moderation.send_answer(caregiver, published, body="Hello", source="A book", basis="source")

    assert (answer.revisions.get().basis, answer.revisions.get().source) == ("", "")


@pytest.mark.parametrize("end", ["close", "withdraw_health_consent"])
def test_a_stale_writer_is_refused_after_the_end(end, caregiver, published_answer, published):
    stale = type(caregiver).objects.get(pk=caregiver.pk)
    getattr(caregiver, end)()
    before = Post.objects.count()
    for send in (
        lambda: moderation.send_question(stale, title=TITLE, body="Other"),
        lambda: moderation.send_answer(stale, published, body=BODY),
        lambda: moderation.send_reply(stale, published_answer, body=BODY),
        lambda: moderation.send_again(published, by=stale, seen=1, title="T", body="Other"),
    ):
        with pytest.raises(MayNotWrite):
            send()
    assert Post.objects.count() == before
    assert published.revisions.count() == 1
