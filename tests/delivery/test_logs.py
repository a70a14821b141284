"""The log on standard output: one line a request, and nobody's words anywhere in it."""

import io
import json
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import DisallowedHost
from django.test import Client

from cachexia_portal.delivery.logs import StandardOutput, WithoutTypedText
from cachexia_portal.delivery.request_log import write_line
from tests.delivery.listeners import as_on_a_running_site

pytestmark = [pytest.mark.urls("tests.delivery.addresses"), pytest.mark.django_db]
TYPED = "zq7typedwordsq7z"


@pytest.fixture(autouse=True)
def _no_error_mailed_before(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def lines(capfd):
    """What stands on standard output (and error) since the last call."""

    def lines():
        out, err = capfd.readouterr()
        return (out + err).splitlines()

    lines()
    return lines


def test_each_request_has_one_line_with_pattern_status_and_time(client, lines):
    client.get("/form/")
    client.get(f"/broken/{TYPED}/")
    first, *_, last = lines()
    assert re.search(r"INFO portal\.requests GET /form/ 200 [\d.]+ ms$", first)
    assert re.search(r"GET /broken/<str:typed>/ 500 [\d.]+ ms reference [2-9A-Z]{8}$", last)


@pytest.mark.parametrize("path", ["/no-such-page/", "/readyz", "/member/write/"])
def test_a_refused_request_has_one_line_too(client, lines, path):
    assert client.get(path).status_code in {404, 503, 302}
    assert len([line for line in lines() if "django.request" in line or "portal.requests" in line]) == 1


def test_the_reference_in_the_log_is_the_one_on_the_page(client, lines):
    page = client.get(f"/broken/{TYPED}/").content.decode()
    assert page.startswith("reference ")
    assert lines()[-1].endswith(page)


def hostile_requests(client):
    """Puts the typed text wherever a request can carry it."""
    everywhere = {
        "headers": {
            "User-Agent": TYPED,
            "Referer": f"http://{TYPED}.example/",
            "Cookie": f"display={TYPED}; sessionid={TYPED}; {TYPED}=1",
            "X-Forwarded-For": TYPED,
            "Authorization": TYPED,
            "Accept-Language": TYPED,
            "Origin": f"https://{TYPED}.example",
        }
    }
    yield client.get(f"/{TYPED}/?q={TYPED}", **everywhere)
    yield client.get(f"/form/?{TYPED}={TYPED}", **everywhere)
    yield client.post("/form/", {"body": TYPED, TYPED: "x", "email": f"{TYPED}@example.org"}, **everywhere)
    yield client.get(f"/broken/{TYPED}/?q={TYPED}", **everywhere)
    yield client.post(f"/broken/{TYPED}/?q={TYPED}", {"body": TYPED}, **everywhere)
    yield client.post("/below/", TYPED, content_type="text/plain")
    yield client.get(f"/elsewhere/?q={TYPED}")
    yield client.get(f"/suspicious/?q={TYPED}")
    yield client.get("/form/", headers={"Host": f"{TYPED}.example"})
    yield client.get(f"/form/%00{TYPED}/?a=%00{TYPED}")
    yield client.post("/display/", {"theme": TYPED, "next": f"//{TYPED}"})
    yield client.generic(TYPED.upper(), "/form/")
    yield client.post("/form/", f"--{TYPED}", content_type=f"multipart/form-data; boundary={TYPED}")
    yield client.get(f"/accounts/login/?next=/{TYPED}/")
    yield client.post("/accounts/login/", {"login": f"{TYPED}@example.org", "password": TYPED})
    yield client.get(f"/admin/{TYPED}/")
    yield client.get(f"/static/{TYPED}.css")
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    yield strict.post("/form/", {"body": TYPED}, headers={"Referer": f"https://{TYPED}.example/"})


def test_typed_text_is_nowhere_in_the_log_or_in_the_mail(client, lines, settings):
    answers = list(hostile_requests(client))
    logged = lines()
    requests = [line for line in logged if " portal.requests " in line]
    assert len(requests) == len(answers)
    assert {answer.status_code for answer in answers} >= {200, 400, 403, 404, 500}
    assert len([line for line in logged if " ERROR " in line]) >= 4
    assert len(mail.outbox) >= 3
    everything = "\n".join(logged).lower() + "".join(
        json.dumps([sent.subject, sent.body, str(sent.message())]).lower() for sent in mail.outbox
    )
    assert TYPED not in everything
    assert "127.0.0.1" not in everything


def formatted(logger_name, log, **handler):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutTypedText())
    logger = logging.getLogger(logger_name)
    logger.addHandler(handler)
    try:
        log(logger)
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


def test_an_exception_is_its_class_and_its_places():
    def log(logger):
        try:
            raise LookupError(TYPED)
        except LookupError:
            logger.exception("the sweep %s failed", "reminders")

    line = formatted("portal.test", log)
    assert "the sweep reminders failed [LookupError at tests/delivery/test_logs.py:" in line
    assert TYPED not in line
    assert line.count("\n") == 1


def test_the_causes_of_an_exception_are_named_without_their_messages():
    def log(logger):
        try:
            try:
                raise DisallowedHost(TYPED)
            except DisallowedHost as error:
                raise RuntimeError(f"because of {TYPED}") from error
        except RuntimeError:
            logger.exception(TYPED)

    line = formatted("django.request", log)
    assert "[RuntimeError at " in line
    assert "[django.core.exceptions.DisallowedHost at " in line
    assert TYPED not in line


def test_an_exception_given_to_our_own_sentence_is_only_named():
    line = formatted("portal.test", lambda logger: logger.error("failed: %s", ValueError(TYPED)))
    assert "failed: ValueError" in line
    assert TYPED not in line


@pytest.mark.parametrize(
    "name", ["django.request", "django.security.DisallowedHost", "allauth", "some.library"]
)
def test_a_sentence_of_a_library_is_only_its_place(name):
    line = formatted(name, lambda logger: logger.error(f"Not Found: /{TYPED}/ %s", TYPED))
    assert f"ERROR {name} at tests/delivery/test_logs.py:" in line
    assert TYPED not in line


def test_a_line_stays_one_line():
    line = formatted("portal.test", lambda logger: logger.error("a\nb\r\nc"))
    assert line.count("\n") == 1
    assert "a b c" in line


def test_a_log_call_that_is_wrong_itself_is_named_by_its_place():
    record = logging.makeLogRecord({"name": "portal.test", "msg": "%s and %s", "args": (TYPED,), "lineno": 7})
    line = WithoutTypedText().format(record)
    assert ":7" in line
    assert TYPED not in line


def test_a_log_that_cannot_be_written_prints_no_values(monkeypatch, lines):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError("no space left")

    monkeypatch.setattr("sys.stdout", Full())
    StandardOutput().handle(logging.makeLogRecord({"name": "portal.test", "msg": TYPED}))
    assert lines() == []


@pytest.mark.parametrize(
    ("argv", "is_beside"),
    [
        (["manage.py", "find", "soup"], True),
        (["/srv/site/manage.py", "outline", "a.md"], True),
        (["manage.py", "worker"], False),
        (["manage.py", "tick"], False),
        (["manage.py"], False),
        (["granian", "find"], False),
    ],
)
def test_what_a_command_prints_holds_no_line_of_the_log(monkeypatch, capsys, argv, is_beside):
    monkeypatch.setattr("sys.argv", argv)
    StandardOutput().handle(logging.makeLogRecord({"name": "portal.test", "msg": "mail is late"}))
    printed = capsys.readouterr()
    assert ("mail is late" in printed.err, "mail is late" in printed.out) == (is_beside, not is_beside)


FORM = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} INFO portal\.requests GET /a/<slug:slug>/ 200 \d+\.\d ms kept"


def say(*others, method="GET"):
    with as_on_a_running_site(*others):
        write_line(method, "/a/<slug:slug>/", 200, time.perf_counter(), " kept")


def test_a_line_without_a_record_is_the_line_of_a_record(capsys, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0625)
    say()
    plain = capsys.readouterr().out
    say(logging.NullHandler())
    recorded = capsys.readouterr().out
    assert re.fullmatch(FORM + "\n", plain)
    assert re.sub(r"[\d.]+ ms", "", plain) == re.sub(r"[\d.]+ ms", "", recorded)


def test_whoever_listens_too_gets_a_record(capsys):
    heard = []

    class Listener(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    say(Listener())
    assert [line.split(" ", 3)[:3] for line in heard] == [["GET", "/a/<slug:slug>/", "200"]]
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_log_of_warnings_alone_has_no_lines_of_requests(capsys):
    logger = logging.getLogger("portal.requests")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        say()
    finally:
        logger.setLevel(level)
    assert capsys.readouterr().out == ""


def test_the_method_of_a_line_is_one_of_ours(capsys):
    say(method=TYPED.upper())
    assert TYPED not in capsys.readouterr().out.lower()


def test_a_line_that_cannot_be_written_stops_no_page(monkeypatch):
    class Full(io.StringIO):
        def write(self, text):
            raise OSError("no space left")

    monkeypatch.setattr("sys.stdout", Full())
    say()


def test_lines_of_many_threads_stay_whole(capsys):
    def lines_of_one(_):
        for _ in range(100):
            write_line("GET", "/a/<slug:slug>/", 200, time.perf_counter(), " kept")

    with as_on_a_running_site(), ThreadPoolExecutor(8) as pool:
        list(pool.map(lines_of_one, range(8)))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 800
    assert all(re.fullmatch(FORM, line) for line in lines)
