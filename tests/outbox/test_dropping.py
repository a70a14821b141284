"""What is not sent after all: unwanted mail, and mail to an address that it comes back from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cachexia_portal import outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import BlockedAddress, Delivery, Mail, Status
from tests.outbox.test_sending import FailingServer

pytestmark = pytest.mark.django_db


def write(member, kind=MailKind.DECISIONS, key="cause"):
    return mail_choices.write_to(member, kind, key, "Your post has been read", "It can be read now.")


def test_a_kind_that_was_stopped_is_not_made(caregiver):
    mail_choices.stop(caregiver.pk, MailKind.DECISIONS)
    assert not write(caregiver)
    assert not Mail.objects.exists()
    assert write(caregiver, MailKind.STORIES)


def test_what_was_stopped_after_it_was_made_is_not_handed_over(caregiver, mail_sink):
    write(caregiver)
    write(caregiver, MailKind.STORIES, "another")
    mail_choices.stop(caregiver.pk, MailKind.DECISIONS)
    assert outbox.send_due() == 1
    mail = Mail.objects.get(key="cause")
    assert (mail.status, mail.text, mail.last_error) == (Status.DROPPED, "", "unwanted")
    assert "does not want" in mail.trouble
    assert [each.subject for each in mail_sink] == ["Your post has been read"]


def test_it_is_looked_at_anew_at_each_try(caregiver, settings, mail_sink, clock):
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.FailingServer"
    FailingServer.errors = {"everybody": ConnectionRefusedError()}
    write(caregiver)
    outbox.send_due()
    mail_choices.stop(caregiver.pk, MailKind.DECISIONS)
    FailingServer.errors = {}
    clock.shift(timedelta(minutes=1))
    assert outbox.send_due() == 0
    assert Mail.objects.get().status == Status.DROPPED


def test_what_must_be_sent_asks_nobody(caregiver, mail_sink):
    for kind in MailKind:
        mail_choices.stop(caregiver.pk, kind)
    outbox.enqueue("cause", caregiver.email, "Your account: something changed", "Words")
    assert outbox.send_due() == 1


def test_one_members_choice_is_not_anothers(caregiver, other_caregiver, mail_sink):
    mail_choices.stop(other_caregiver.pk, MailKind.DECISIONS)
    write(caregiver)
    assert outbox.send_due() == 1


def test_a_blocked_address_gets_no_mail_and_the_row_says_why(mail_sink):
    outbox.enqueue("cause", "Ann@example.org", "Your post", "Words")
    blocking.block("ann@Example.org", Delivery.BOUNCED)
    assert outbox.is_blocked("ann@example.org")
    assert outbox.send_due() == 0
    mail = Mail.objects.get()
    assert (mail.status, mail.last_error, mail.text) == (Status.DROPPED, "blocked", "")
    assert "comes back" in mail.trouble
    assert mail_sink == []


def test_a_member_whom_no_mail_reaches_is_not_written_to(caregiver):
    blocking.block(caregiver.email, Delivery.COMPLAINED)
    assert not mail_choices.reaches(caregiver)
    assert not write(caregiver)
    assert not Mail.objects.exists()


def test_a_dropped_mail_holds_up_no_other_and_counts_as_no_failure(mail_sink):
    for number in range(5):
        outbox.enqueue(f"blocked-{number}", "ann@example.org", "Your post", "Words")
    outbox.enqueue("good", "bob@example.org", "Your post", "Words")
    blocking.block("ann@example.org", Delivery.BOUNCED)
    assert outbox.send_due() == 1
    assert mail_sink[0].to == ["bob@example.org"]


def test_no_address_is_kept_of_a_blocked_one():
    blocking.block("ann@example.org", Delivery.BOUNCED)
    row = BlockedAddress.objects.values().get()
    assert "ann" not in str(row)
    assert len(row["digest"]) == 64


def test_a_change_of_the_key_forgets_no_blocked_address(settings):
    blocking.block("ann@example.org", Delivery.BOUNCED)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert outbox.is_blocked("ann@example.org")
    assert outbox.unblock("ann@example.org")
    assert not outbox.is_blocked("ann@example.org")


def test_a_mail_goes_where_its_reader_moved_while_a_sender_was_busy(mail_sink):
    outbox.enqueue("cause", "old@example.org", "Your post", "Words")
    stale = Mail.objects.get()
    outbox.readdress("old@example.org", "new@example.org")
    assert stale.lease(stale.due_at)
    assert stale.to_address == "new@example.org"
