import email
import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from cachexia_portal import outbox
from cachexia_portal.outbox.models import LEASE, LONGEST_PAUSE, Mail, Status
from tests.limits.processes import environment, manage, run_at_once

pytestmark = pytest.mark.django_db

SEND_IN_TWO_THREADS = """
import threading
from django.db import connections
from cachexia_portal import outbox

sent = []

def send():
    sent.append(outbox.send_due(40))
    connections.close_all()

threads = [threading.Thread(target=send) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(sum(sent))
"""


class FailingServer(EmailBackend):
    """Fails as it is told to, for the addresses it is told to; otherwise delivers."""

    errors: dict[str, BaseException] = {}
    tried: list[str] = []

    def send_messages(self, messages):
        [message] = messages
        self.tried.append(message.to[0])
        error = self.errors.get(message.to[0], self.errors.get("everybody"))
        if error is not None:
            raise error
        return super().send_messages(messages)


@pytest.fixture
def server(settings, mail_sink):
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.FailingServer"
    FailingServer.errors, FailingServer.tried = {}, []
    return FailingServer


def enqueue(*names, subject="Your post", text="It can be read now."):
    for name in names:
        outbox.enqueue(name, f"{name}@example.org", subject, text)


def test_a_mail_says_who_writes_and_where_help_is(settings, mail_sink):
    settings.SITE_NAME, settings.SITE_URL = "Alongside", "https://alongside.example"
    enqueue("ann")
    outbox.send_due()
    [mail] = mail_sink
    assert mail.body == (
        "It can be read now.\n\n-- \nAlongside\nWhen to get help: https://alongside.example/help-now/\n"
    )
    assert mail.from_email == settings.DEFAULT_FROM_EMAIL


def test_a_mail_keeps_the_message_id_of_its_row_and_says_that_a_machine_sent_it(mail_sink):
    enqueue("ann")
    expected = Mail.objects.get().message_id
    outbox.send_due()
    headers = mail_sink[0].message()
    assert headers.get_all("Message-ID") == [expected]
    assert headers["Auto-Submitted"] == "auto-generated"


def test_a_sent_mail_is_not_sent_again_and_its_words_are_gone(mail_sink, clock):
    enqueue("ann")
    assert outbox.send_due() == 1
    clock.shift(timedelta(days=1))
    assert outbox.send_due() == 0
    mail = Mail.objects.get()
    assert (mail.status, mail.text, mail.to_address) == (Status.SENT, "", "ann@example.org")
    assert len(mail_sink) == 1


def test_the_address_of_a_sent_mail_is_forgotten_after_thirty_days(mail_sink, clock):
    enqueue("ann")
    outbox.send_due()
    clock.shift(timedelta(days=30))
    assert outbox.tidy() == 0
    clock.shift(timedelta(seconds=1))
    assert outbox.tidy() == 1
    mail = Mail.objects.get()
    assert (mail.to_address, mail.subject, mail.status) == ("", "", Status.SENT)


def test_a_waiting_mail_is_never_tidied_away(clock):
    enqueue("ann")
    clock.shift(timedelta(days=400))
    outbox.tidy()
    assert Mail.objects.get().to_address == "ann@example.org"


def test_the_oldest_goes_first_and_the_limit_is_kept(mail_sink, clock):
    for name in ("ann", "bob", "cem"):
        enqueue(name)
        clock.shift(timedelta(seconds=1))
    assert outbox.send_due(2) == 2
    assert [mail.to[0] for mail in mail_sink] == ["ann@example.org", "bob@example.org"]


def test_a_mail_that_cannot_be_sent_does_not_hold_up_the_others(server, mail_sink):
    server.errors = {"bob@example.org": smtplib.SMTPRecipientsRefused({})}
    enqueue("bob", "ann", "cem")
    assert outbox.send_due() == 2
    assert [mail.to[0] for mail in mail_sink] == ["ann@example.org", "cem@example.org"]
    bob = Mail.objects.get(key="bob")
    assert (bob.status, bob.last_error, bob.attempts) == (Status.WAITING, "SMTPRecipientsRefused", 1)


def test_only_the_kind_of_an_error_is_kept_and_logged(server, caplog):
    server.errors = {"everybody": ValueError("ann@example.org: It can be read now.")}
    enqueue("ann")
    outbox.send_due()
    assert Mail.objects.get().last_error == "ValueError"
    assert "ValueError" in caplog.text
    assert "example.org" not in caplog.text


def test_a_failed_mail_is_tried_again_after_longer_and_longer_pauses(server, mail_sink, clock):
    server.errors = {"everybody": ConnectionRefusedError()}
    enqueue("ann")
    for minutes in (1, 2, 4, 8):
        outbox.send_due()
        tried = len(server.tried)
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        outbox.send_due()
        assert len(server.tried) == tried, "it was tried again too soon"
        clock.shift(timedelta(seconds=1))
    server.errors = {}
    assert outbox.send_due() == 1
    assert len(mail_sink) == 1


def test_a_server_that_is_away_for_weeks_loses_no_mail(server, mail_sink, clock):
    server.errors = {"everybody": ConnectionRefusedError()}
    enqueue("ann")
    for _ in range(60):
        outbox.send_due()
        clock.shift(LONGEST_PAUSE)
    assert len(server.tried) == 60
    server.errors = {}
    assert outbox.send_due() == 1
    assert "It can be read now." in mail_sink[0].body


def test_a_server_that_is_away_is_left_alone_after_three_mails(server):
    server.errors = {"everybody": ConnectionRefusedError()}
    enqueue(*"abcdef")
    outbox.send_due()
    assert len(server.tried) == 3
    outbox.send_due()
    assert server.tried == [f"{name}@example.org" for name in "abcdef"]


def test_only_failures_in_a_row_mean_that_the_server_is_away(server, mail_sink):
    server.errors = {f"bad{number}@example.org": smtplib.SMTPRecipientsRefused({}) for number in range(4)}
    enqueue(*(f"{name}{number}" for number in range(4) for name in ("bad", "good")))
    assert outbox.send_due() == 4


def test_a_crash_inside_the_hand_over_repeats_that_one_mail_with_the_same_message_id(
    server, mail_sink, clock
):
    server.errors = {"ann@example.org": KeyboardInterrupt()}
    enqueue("ann")
    with pytest.raises(KeyboardInterrupt):
        outbox.send_due()
    crashed = Mail.objects.get()
    server.errors = {}
    assert outbox.send_due() == 0, "another sender took a mail that was being handed over"
    clock.shift(LEASE)
    assert outbox.send_due() == 1
    assert mail_sink[0].message()["Message-ID"] == crashed.message_id
    assert outbox.send_due() == 0


def test_of_two_senders_who_see_one_mail_one_gets_it():
    enqueue("ann")
    mine, yours = Mail.objects.get(), Mail.objects.get()
    assert mine.lease(timezone.now())
    assert not yours.lease(timezone.now())


@pytest.mark.django_db(transaction=True)
def test_four_senders_in_two_processes_send_each_mail_once(tmp_path):
    enqueue(*(f"member-{number}" for number in range(40)))
    expected = set(Mail.objects.values_list("message_id", flat=True))
    folder = tmp_path / "mails"
    printed = run_at_once(SEND_IN_TWO_THREADS, tmp_path, EMAIL_URL=f"filemail:///{folder}")
    assert sum(map(int, printed)) == 40
    sent = message_ids_in(folder)
    assert len(sent) == 40
    assert set(sent) == expected


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_killed_in_the_hand_over_keeps_others_away_from_the_mail(tmp_path):
    enqueue("ann")
    surroundings = environment(tmp_path, EMAIL_URL="smtp://127.0.0.1:1/")
    code = (
        "import os; from django.core.mail import EmailMessage; EmailMessage.send = lambda self: os._exit(9)"
    )
    killed = manage(
        "shell",
        "--no-imports",
        "-c",
        f"{code}\nfrom cachexia_portal import outbox; outbox.send_due()",
        surroundings=surroundings,
    )
    killed.communicate(timeout=60)
    assert killed.returncode == 9
    folder = tmp_path / "mails"
    after = manage("tick", surroundings={**surroundings, "EMAIL_URL": f"filemail:///{folder}"})
    after.communicate(timeout=60)
    assert message_ids_in(folder) == []


def message_ids_in(folder: Path) -> list[str]:
    """The Message-IDs of what the file mail server was given, each as often as it was."""
    return [
        email.message_from_string(part.strip())["Message-ID"]
        for file in folder.glob("*.log")
        for part in file.read_text().split("-" * 79)
        if part.strip()
    ]
