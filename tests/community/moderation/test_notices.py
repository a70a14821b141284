"""Who is written to, when, and with how few words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachexia_portal import outbox
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import Decision
from community.workflow import Verb
from tests.community.conftest import publish
from tests.people import make_member

from .acts import decide, decide_post, hide, open_item

pytestmark = pytest.mark.django_db
SAFEGUARDING = "worried@example.org"


@pytest.fixture(autouse=True)
def safeguarding(settings):
    settings.SAFEGUARDING_EMAIL = SAFEGUARDING


def send(clock):
    clock.shift(timedelta(minutes=10))
    outbox.send_due()


def test_author_is_told_once_without_a_word_of_the_post(waiting, moderator, caregiver, mail_sink, clock):
    publish(waiting, moderator)
    outbox.send_due()
    assert mail_sink == []  # it can still be undone
    send(clock)

    (sent,) = mail_sink
    assert (sent.to, sent.subject) == ([caregiver.email], "Your post has been read")
    assert f"/me/posts/{waiting.pk}/" in sent.body
    for word in ("two bites", "soup", "achexia", "publish"):
        assert word not in sent.subject + sent.body


def test_refused_author_gets_the_same_mail(clock, refused, mail_sink):
    send(clock)

    assert [message.subject for message in mail_sink] == ["Your post has been read"]
    assert "hospital" not in mail_sink[0].body


@pytest.mark.parametrize("verb", [Verb.KEEP, Verb.ESCALATE])
def test_what_changes_nothing_is_no_news(published, other_caregiver, moderator, verb):
    before = Mail.objects.count()
    moderation.report(published, by=other_caregiver, type="unkind")
    decide_post(published, verb, moderator)

    assert Mail.objects.count() == before


def test_the_author_is_told_of_hiding_and_of_an_answered_appeal(
    published, caregiver, moderator, other_moderator
):
    decision = hide(published, moderator)
    item = moderation.appeal(decision, by=caregiver, words="Why?")
    kept = decide(item, Verb.KEEP, other_moderator)

    keys = Mail.objects.filter(to_address=caregiver.email).values_list("key", flat=True)
    assert {f"community.decision.{each.pk}" for each in (decision, kept)} <= set(keys)


@pytest.mark.parametrize("gone", ["closed", "invented"])
def test_nobody_without_a_mailbox_is_written_to(waiting, moderator, caregiver, gone):
    if gone == "closed":
        caregiver.close()
    else:
        type(caregiver).objects.filter(pk=caregiver.pk).update(is_demo=True)
    publish(waiting, moderator)

    assert not Mail.objects.filter(status="waiting").exists()


def test_a_worry_is_mailed_at_once_to_the_active_moderators_with_a_link_only(
    published, other_caregiver, moderator, other_moderator, mail_sink
):
    moderation.report(published, by=other_caregiver, type="worried", words="She says goodbye.")
    outbox.send_due()

    item = open_item(published)
    assert sorted(message.to[0] for message in mail_sink) == [moderator.email, SAFEGUARDING]
    for message in mail_sink:
        assert f"/admin/community/reviewitem/{item.pk}/change/" in message.body
        for word in ("goodbye", "two bites", "soup", "Sam Brook", "Robin Hill"):
            assert word not in message.subject + message.body


def test_a_second_worry_about_the_same_words_is_no_second_mail(published, other_caregiver, clinician):
    for person in (other_caregiver, clinician):
        moderation.report(published, by=person, type="worried")

    assert Mail.objects.filter(key__startswith="community.worry.").count() == 2


def test_where_no_moderator_is_active_all_are_mailed_but_the_writer(
    other_caregiver, moderator, other_moderator
):
    moderation.send_question(moderator, title="T", body="I want to kill myself.")

    addresses = set(Mail.objects.values_list("to_address", flat=True))
    assert addresses == {other_moderator.email, SAFEGUARDING}


def test_what_invented_people_write_is_mailed_to_nobody(moderator, settings):
    settings.SITE_MODE, settings.IS_DEMO_SITE = "demo", True
    invented = make_member("Iris Vale", is_demo=True)
    post = moderation.send_question(invented, title="T", body="I want to kill myself.")

    assert open_item(post, "safety")
    assert not Mail.objects.exists()
    assert not Decision.objects.exists()
