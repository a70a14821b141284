"""What a request may be: refused with 400 and a page, before anything of ours reads it."""

from __future__ import annotations

import io
import time

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
MULTIPART = "multipart/form-data; boundary=b"
CONTACT = "/contact/"


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def page(answer) -> str:
    """A page of ours, with the way to help."""
    assert answer.status_code == 400
    assert "/help-now/" in answer.text
    return answer.text


def part(name: str, text: str = "x", file: str = "") -> str:
    named = f'; filename="{file}"' if file else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n{text}\r\n'


class Unread(io.BytesIO):
    """A body that nobody may touch."""

    def read(self, *_size) -> bytes:
        raise AssertionError("the body was read")


def test_a_body_over_the_limit_is_refused_unread(rf, settings):
    from django.core.handlers.wsgi import WSGIHandler

    told = []
    environ = rf.post(CONTACT, {"message": "x"}).environ
    environ |= {"CONTENT_LENGTH": str(settings.LARGEST_BODY + 1), "wsgi.input": Unread()}
    answer = b"".join(WSGIHandler()(environ, lambda status, _headers: told.append(status)))
    assert told == ["400 Bad Request"]
    assert b"/help-now/" in answer


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:x"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_host_is_refused_on_every_page(browser, host, method):
    for path in ("/", CONTACT, "/accounts/login/", "/admin/", "/.well-known/security.txt"):
        text = page(getattr(browser, method)(path, headers={"Host": host}))
        assert "evil.example" not in text


def test_what_a_proxy_might_say_of_the_host_is_not_believed(browser):
    answer = browser.get("/.well-known/security.txt", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("trusted", [0, 1, 2])
def test_a_made_up_way_changes_nobodys_count(settings, trusted):
    """Whoever invents the left end of the header is counted where they are."""
    from cachexia_portal.limits.rates import Rate
    from cachexia_portal.limits.rules import HOUR

    settings.TRUSTED_PROXY_COUNT, settings.RATE_LIMITS = trusted, {"contact": Rate(1, HOUR)}
    real = ", ".join(["198.51.100.1", "10.0.0.2"][:trusted])
    answers = []
    for invented in ("6.6.6.6", "7.7.7.7"):
        way = ", ".join(filter(None, [invented, real]))
        client = Client(REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": way})
        answers.append(client.post(CONTACT, {"subject": "guide", "message": "Words."}).status_code)
    assert answers == [302, 429]


def test_too_many_files_are_refused_with_a_page(browser, settings):
    body = "".join(part(f"f{n}", file="a.png") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1))
    page(browser.post(CONTACT, f"{body}--b--\r\n", content_type=MULTIPART))


def test_too_many_parts_are_refused_with_a_page(browser, settings):
    body = "".join(part(f"f{n}") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    page(browser.post(CONTACT, f"{body}--b--\r\n", content_type=MULTIPART))


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("--b\r\n" * 100_000, id="boundaries"),
        pytest.param("--b\r\n" + "X-Header: a\r\n" * 100_000 + "\r\nx\r\n--b--", id="headers"),
        pytest.param(
            "--b\r\nContent-Disposition: form-data; " + "a=b;" * 100_000 + "\r\n\r\nx", id="parameters"
        ),
        pytest.param("x" * 4_000_000, id="preamble"),
        pytest.param(part("message", "=" * 3_000_000) + "--b--", id="one_long_field"),
        pytest.param(
            '--b\r\nContent-Disposition: form-data; name="m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
            + "A" * 1_000_001
            + "\r\n--b--",
            id="base64",
        ),
    ],
)
def test_a_multipart_bomb_is_answered_soon_and_never_with_an_error_of_ours(browser, bomb):
    began = time.monotonic()
    answer = browser.post(CONTACT, bomb, content_type=MULTIPART)
    assert answer.status_code in (200, 400)
    assert "/help-now/" in answer.text
    assert time.monotonic() - began < 20
