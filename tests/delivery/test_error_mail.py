"""Administrators hear of each kind of error once an hour, without anybody's words."""

import logging
import multiprocessing
import re
import time
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest
from django.test import Client

from cachexia_portal.delivery.error_mail import AdministratorsHandler, Stamp

pytestmark = [pytest.mark.urls("tests.delivery.addresses"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _stamps_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_an_error_is_mailed_with_kind_place_route_time_and_reference(client, mail_sink, clock):
    page = client.get("/broken/words/").content.decode()
    (sent,) = mail_sink
    assert sent.to == ["operator@example.org"]
    assert sent.subject == "[Alongside] LookupError on /broken/<str:typed>/"
    assert "LookupError on /broken/<str:typed>/ at " in sent.body
    assert "At 2026-11-21 09:00:00 UTC." in sent.body
    assert re.search(r"tests/delivery/addresses\.py:\d+ broken", sent.body)
    assert page.removeprefix("reference ") in sent.body


def test_the_same_error_is_mailed_once_an_hour(client, mail_sink, clock):
    for _ in range(3):
        client.get("/broken/words/")
    assert len(mail_sink) == 1
    clock.shift(timedelta(minutes=59))
    client.get("/broken/other/")
    assert len(mail_sink) == 1
    clock.shift(timedelta(minutes=1, seconds=1))
    client.get("/broken/words/")
    assert len(mail_sink) == 2


def test_another_kind_of_error_is_mailed_at_once(client, mail_sink, clock):
    client.get("/broken/words/")
    client.get("/below/")
    client.get("/elsewhere/")
    assert len(mail_sink) == 3


def test_causes_are_in_the_mail(client, mail_sink, clock):
    client.get("/below/")
    assert {"RuntimeError", "LookupError"} <= set(mail_sink[0].body.splitlines())


@pytest.mark.parametrize("path", ["/suspicious/", "/no-such-page/", "/form/?q=%00"])
def test_a_refused_request_is_no_error_of_ours(client, mail_sink, path):
    assert client.get(path).status_code in {400, 404}
    assert not mail_sink


def test_an_answer_that_was_meant_is_no_error(client, mail_sink, settings):
    settings.READ_ONLY = True
    assert client.post("/form/", {}).status_code == 503
    assert not mail_sink


def test_an_error_of_the_worker_is_mailed_too(mail_sink, clock):
    logging.getLogger("portal.worker").error("a sweep failed")
    (sent,) = mail_sink
    assert sent.subject == "[Alongside] portal.worker on no page"


def test_nobody_is_mailed_where_no_administrator_is_named(client, mail_sink, settings):
    settings.ADMINS = []
    client.get("/broken/words/")
    assert not mail_sink


def test_a_failing_mail_server_breaks_no_request_and_is_asked_again_later(
    client, mail_sink, clock, settings, caplog
):
    settings.EMAIL_BACKEND = "tests.delivery.test_error_mail.NoServer"
    NoServer.asked = 0
    assert client.get("/broken/words/").content.startswith(b"reference ")
    client.get("/broken/words/")
    assert NoServer.asked == 1, "not again with every failing request"
    assert "could not be mailed to the administrators: ConnectionRefusedError" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(timedelta(minutes=10, seconds=1))
    client.get("/broken/words/")
    assert len(mail_sink) == 1


class NoServer:
    asked = 0

    def __init__(self, **options):
        assert options["timeout"] == 5, "a mail server that hangs holds the request for seconds, not minutes"

    def send_messages(self, messages):
        type(self).asked += 1
        raise ConnectionRefusedError("the server at mail.example said words")


def test_a_folder_that_cannot_be_written_breaks_no_request(client, settings, caplog):
    settings.DATA_DIR = Path("/dev/null/nowhere")
    assert client.get("/broken/words/").content.startswith(b"reference ")
    assert "could not be mailed" in caplog.text


def test_it_needs_no_database(client, mail_sink, clock, django_db_blocker):
    with django_db_blocker.block():
        client.get("/broken/words/")
    assert len(mail_sink) == 1


def _claim(folder, begin, answers):
    from django.conf import settings

    settings.DATA_DIR = folder
    now = time.time()
    time.time = lambda: sleep(0.2) or now  # wide open between reading and writing
    begin.wait()
    answers.put(Stamp("the same kind").claim())


def test_of_several_processes_one_mails(tmp_path):
    context = multiprocessing.get_context("fork")
    begin, answers = context.Barrier(6), context.Queue()
    processes = [context.Process(target=_claim, args=(tmp_path, begin, answers)) for _ in range(6)]
    for process in processes:
        process.start()
    claimed = [answers.get(timeout=20) for _ in processes]
    for process in processes:
        process.join()
    assert sorted(claimed) == [False] * 5 + [True]


def test_an_error_while_mailing_is_not_mailed(mail_sink, settings):
    settings.EMAIL_BACKEND = "tests.delivery.test_error_mail.LoggingServer"
    handler = AdministratorsHandler()
    handler.handle(logging.makeLogRecord({"name": "portal.test", "levelno": logging.ERROR, "msg": "x"}))
    assert LoggingServer.asked == 1


class LoggingServer(NoServer):
    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        logging.getLogger("django.mail").error("it will not go out")
