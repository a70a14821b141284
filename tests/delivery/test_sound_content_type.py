"""No charset that a request names can break a page."""

import io
import re

import pytest

from cachexia_portal.delivery.sound_content_type import sound_content_type
from cachexia_portal.wsgi import application

pytestmark = pytest.mark.django_db

CHARSETS = ["hex", "utf-7", "utf-16", "idna", "punycode", "rot13", "none-such"]
UNSOUND = [
    *(f"text/plain; charset={name}" for name in CHARSETS),
    'text/plain; Charset="hex"',
    "text/plain; charset*=hex''%ff",
    "text/plain; x*=none-such''%ff",
    "text/plain; " + "x=y;" * 4_000,
]
FORMS = ["/contact/", "/accounts/login/"]


def ask(path: str, content_type: str, query: str = "", cookie: str = "", body: bytes | None = None):
    """(status, text, cookies) of a request as a server hands it over."""
    seen = {}

    def start_response(status, headers, *rest):
        seen.update(status=int(status[:3]), headers=headers)

    answer = application(
        {
            "REQUEST_METHOD": "GET" if body is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body or b"")),
            "HTTP_COOKIE": cookie,
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body or b""),
            "wsgi.errors": io.StringIO(),
        },
        start_response,
    )
    text = b"".join(answer).decode()
    answer.close()
    cookies = "; ".join(value.partition(";")[0] for name, value in seen["headers"] if name == "Set-Cookie")
    return seen["status"], text, cookies


@pytest.mark.parametrize("content_type", UNSOUND, ids=range(len(UNSOUND)))
@pytest.mark.parametrize("path", ["/help-now/", "/contact/", "/accounts/login/"])
def test_every_page_answers_whatever_charset_is_named(path, content_type):
    status, text, _ = ask(path, content_type, query="a=1")
    assert status == 200
    assert "/help-now/" in text


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_its_token_is_refused_as_ever(path, charset):
    status, text, _ = ask(
        path, f"multipart/form-data; charset={charset}; boundary=b", body=part("email", "a")
    )
    assert status == 403
    assert "/help-now/" in text


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=b", "application/x-www-form-urlencoded"])
def test_the_words_of_a_form_are_read_as_utf_8(kind, path, charset):
    _, page, cookies = ask(path, "")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "email": "größe", "message": "+AGE- größe"}
    multipart = b"".join(part(*field) for field in fields.items()) + b"--b--\r\n"
    urlencoded = "&".join(f"{name}={text.replace('+', '%2B')}" for name, text in fields.items()).encode()
    body = multipart if kind.startswith("multipart") else urlencoded
    status, text, _ = ask(path, f"{kind}; charset={charset}", cookie=cookies, body=body)
    assert status in {200, 400, 422}
    assert "größe" in text


def part(name: str, text: str) -> bytes:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()


@pytest.mark.parametrize(
    ("given", "sound"),
    [
        ("", ""),
        ("text/plain", "text/plain"),
        ("text/plain; charset=utf-8", "text/plain"),
        ("multipart/form-data; charset=hex; boundary=abc", "multipart/form-data; boundary=abc"),
        (
            'multipart/form-data;Boundary="a;charset=hex" ; x=y',
            'multipart/form-data; boundary="a;charset=hex"',
        ),
    ],
)
def test_the_media_type_and_the_boundary_stay(given, sound):
    assert sound_content_type(given) == sound
