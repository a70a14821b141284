from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cachexia_portal import outbox
from cachexia_portal.outbox.models import Mail, Status

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def enqueue(key="question-1-published", to="ann@example.org", **more):
    outbox.enqueue(key, to, "Your post", "It can be read now.", **more)


def test_a_mail_waits_until_it_is_due(clock, mail_sink):
    enqueue(due_at=NOW + timedelta(minutes=10))
    clock.shift(timedelta(minutes=9))
    assert outbox.send_due() == 0
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 1
    assert [mail.to for mail in mail_sink] == [["ann@example.org"]]


def test_the_same_cause_makes_one_mail(mail_sink):
    enqueue()
    first = Mail.objects.get()
    outbox.enqueue("question-1-published", "bob@example.org", "Another", "text")
    assert Mail.objects.get() == first
    outbox.send_due()
    outbox.enqueue("question-1-published", "ann@example.org", "Again", "text")
    outbox.send_due()
    assert [mail.subject for mail in mail_sink] == ["Your post"]


def test_a_repeated_cause_does_not_break_the_transaction_it_is_in(caregiver):
    enqueue()
    with transaction.atomic():
        enqueue()
        type(caregiver).objects.filter(pk=caregiver.pk).update(country="NO")
    caregiver.refresh_from_db()
    assert caregiver.country == "NO"


@pytest.mark.django_db(transaction=True)
def test_a_cause_that_is_rolled_back_sends_nothing(mail_sink):
    def cause():
        with transaction.atomic():
            enqueue()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert outbox.send_due() == 0
    assert mail_sink == []


def test_each_mail_has_a_message_id_of_its_own_in_our_domain(settings):
    settings.OUTBOX_DOMAIN = "alongside.example"
    enqueue("one")
    enqueue("two")
    ids = set(Mail.objects.values_list("message_id", flat=True))
    assert len(ids) == 2
    assert all(name.startswith("<") and name.endswith("@alongside.example>") for name in ids)


def test_a_subject_is_one_line(mail_sink):
    outbox.enqueue("key", "ann@example.org", "Your\r\nBcc: everybody@example.org", "text")
    outbox.send_due()
    [mail] = mail_sink
    assert mail.subject == "Your Bcc: everybody@example.org"
    assert mail.recipients() == ["ann@example.org"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": Status.SENT, "text": ""},
        {"status": Status.WAITING, "sent_at": NOW},
        {"status": Status.SENT, "sent_at": NOW, "text": "words"},
        {"status": "lost"},
    ],
)
def test_the_database_refuses_a_mail_in_an_impossible_state(wrong):
    enqueue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.update(**wrong)


def test_a_closed_account_gets_no_mail_and_leaves_no_address(mail_sink):
    enqueue("sent before")
    outbox.send_due()
    enqueue("waits", to="Ann@example.org")
    enqueue("of somebody else", to="bob@example.org")
    assert outbox.forget("ann@example.org") == 2
    outbox.send_due()
    assert [mail.to[0] for mail in mail_sink] == ["ann@example.org", "bob@example.org"]
    states = dict(Mail.objects.values_list("key", "status"))
    assert states == {
        "sent before": Status.SENT,
        "waits": Status.DROPPED,
        "of somebody else": Status.SENT,
    }
    assert set(Mail.objects.exclude(to_address="").values_list("to_address", flat=True)) == {
        "bob@example.org"
    }


@pytest.mark.parametrize(
    "ends", [Mail.mark_sent, lambda mail: mail.mark_failed(OSError()), lambda mail: mail.drop("unwanted")]
)
def test_what_was_forgotten_while_it_was_handed_over_stays_forgotten(ends):
    enqueue()
    mail = Mail.objects.get()
    assert mail.lease(mail.due_at)
    outbox.forget("ann@example.org")
    before = Mail.objects.values().get()
    ends(mail)
    assert Mail.objects.values().get() == before


def test_a_mail_that_a_sender_has_tried_is_not_taken_back():
    enqueue()
    mail = Mail.objects.get()
    assert mail.lease(mail.due_at)
    assert not outbox.take_back(mail.key)
    mail.refresh_from_db()
    assert (mail.status, mail.text) == (Status.WAITING, "It can be read now.")


def test_what_waits_follows_its_owner_to_another_address(mail_sink):
    enqueue("sent before")
    outbox.send_due()
    enqueue("waits", to="Ann@example.org")
    enqueue("of somebody else", to="bob@example.org")
    assert outbox.readdress("ann@example.org", "new@example.org") == 1
    outbox.send_due()
    assert [mail.to[0] for mail in mail_sink] == ["ann@example.org", "new@example.org", "bob@example.org"]
    assert Mail.objects.get(key="sent before").to_address == "ann@example.org"
