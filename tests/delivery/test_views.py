"""Requests that are refused: a clear page, never a 500, and no words lost."""

import pytest
from django.core.exceptions import DisallowedHost
from django.test import Client

from cachexia_portal.delivery.browser_rules import SoundRequestMiddleware
from cachexia_portal.delivery.references import ALPHABET, reference_of

pytestmark = [pytest.mark.urls("tests.delivery.addresses"), pytest.mark.django_db]
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def strict():
    """A browser whose tokens are checked."""
    return Client(enforce_csrf_checks=True)


def page(response) -> str:
    """The text of a page of the site: it has one heading and the way to help."""
    text = response.content.decode()
    assert text.count("<h1") == 1
    assert "/help-now/" in text
    assert response["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response
    return text


def test_a_page_that_is_not_there_says_so_without_repeating_what_was_typed(visitor):
    response = visitor.get("/zq7typed/?q=zq7typed")
    assert response.status_code == 404
    main = page(response).partition("<main")[2].partition("</main>")[0]
    assert "zq7typed" not in main
    assert "canonical" not in page(response)


def test_not_found_asks_the_database_nothing_for_a_visitor(visitor, queries):
    with queries(0):
        visitor.get("/no-such-page/")


def test_not_found_shows_members_that_they_are_signed_in(client_of, caregiver):
    assert "/me/" in page(client_of(caregiver).get("/no-such-page/"))


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "a b", "[::1", "evil.example:80:80", "\xff"]
)
@pytest.mark.parametrize("path", ["/public/", "/no-such-page/", "/display/", "/static/css/main.css"])
def test_a_foreign_host_is_refused_with_a_page(visitor, host, path):
    response = visitor.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "evil.example" not in page(response)


def test_a_foreign_host_is_refused_on_an_https_site_too(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = visitor.get("/public/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/public/%00",
        "/%00",
        "/public/?q=%00",
        "/admin/accounts/member/?q=a%00b",
        "/accounts/login/?next=%00",
    ],
)
def test_nul_bytes_in_the_address_are_refused(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 400
    page(response)


def test_nul_bytes_in_a_cookie_are_refused(visitor):
    response = visitor.get("/member/", headers={"Cookie": 'sessionid="\\000abcdefgh12345678"'})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/%ff%fe/",
        "/public/?q=%ff",
        "/public/?%ff=%fe",
        "/%ed%a0%80/",
        "/public/?q=%ed%a0%80",
        "/%c0%af/",
        "/%",
        "/public/?%",
    ],
)
def test_what_is_not_utf8_is_answered(visitor, path):
    assert visitor.get(path).status_code in {200, 404}


@pytest.mark.parametrize(
    "path", ["/form/", "/display/", "/no-such-page/", "/accounts/login/", "/admin/login/"]
)
@pytest.mark.parametrize("content_type", [URLENCODED, "application/json", "multipart/form-data; boundary=x"])
def test_a_vast_body_is_refused_with_a_page(path, content_type):
    client = Client(raise_request_exception=False)
    response = client.post(path, b"body=" + b"a" * 10_000_000, content_type=content_type)
    assert response.status_code == 400
    page(response)


@pytest.mark.parametrize("enforce", [True, False])
def test_a_body_above_what_a_form_may_hold_is_refused_with_a_page(enforce, settings):
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 10
    client = Client(enforce_csrf_checks=enforce, raise_request_exception=False)
    response = client.post("/form/", b"body=" + b"a" * size, content_type=URLENCODED)
    assert response.status_code == 400
    page(response)


@pytest.mark.parametrize("where", ["body", "query"])
def test_too_many_fields_are_refused_with_a_page(where, settings):
    fields = "&".join(f"f{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    client = Client(raise_request_exception=False)
    if where == "body":
        response = client.post("/form/", fields, content_type=URLENCODED)
    else:
        response = client.get(f"/accounts/login/?{fields}")
    assert response.status_code == 400
    page(response)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary=" + "x" * 1000),
        (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="\x00../a"\r\n\r\nx\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"body=%ff%00%ed%a0%80", URLENCODED),
        (b"body=\xff", URLENCODED + "; charset=utf-7"),
        (b"body=\xff", URLENCODED + "; charset=no-such-charset"),
        (b"{", "application/json"),
        (b"a=1;b=2&&&===&", URLENCODED),
    ],
)
def test_a_broken_body_is_never_an_error_of_ours(body, content_type):
    client = Client(raise_request_exception=False)
    assert client.generic("POST", "/form/", body, content_type).status_code in {200, 400}


@pytest.mark.parametrize("length", ["-1", "abc", "999999999999999999999", "1e9", ""])
def test_a_broken_length_is_never_an_error_of_ours(length):
    client = Client(raise_request_exception=False)
    assert client.generic("POST", "/form/", b"body=a", URLENCODED, CONTENT_LENGTH=length).status_code in {
        200,
        400,
    }


def test_an_expired_token_gives_the_words_back(strict):
    response = strict.post(
        "/form/", {"body": "He said <b>sorry</b>", "password": "tell-nobody", "code": "123456"}
    )
    text = page(response)
    assert response.status_code == 403
    assert "He said &lt;b&gt;sorry&lt;/b&gt;" in text
    assert "readonly" in text
    assert "tell-nobody" not in text
    assert "123456" not in text


def test_an_expired_token_gives_a_members_words_back(caregiver, client_of):
    response = client_of(caregiver, enforce_csrf_checks=True).post("/member/write/", {"body": "my words"})
    assert response.status_code == 403
    assert "my words" in page(response)


def test_an_expired_session_gives_the_words_back_with_the_way_to_sign_in(visitor):
    response = visitor.post("/member/write/", {"body": "my <i>words</i>"})
    text = page(response)
    assert response.status_code == 403
    assert "my &lt;i&gt;words&lt;/i&gt;" in text
    assert "/accounts/login/" in text


@pytest.mark.parametrize(
    ("came_from", "led_to"),
    [
        ("http://testserver/member/write/?a=1", "?next=/member/write/"),
        ("/member/write/", "?next=/member/write/"),
        ("http://testserver/caf%C3%A9%22%3E%3Cb%3E/", "?next=/caf%C3%A9%22%3E%3Cb%3E/"),
        ("http://elsewhere.example/member/write/", ""),
        ("//elsewhere.example/", ""),
        ("http://testserver//elsewhere.example/", ""),
        ("http://testserver/\\elsewhere.example/", ""),
        ("http://testserver", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_signing_in_leads_back_to_the_form_and_never_to_another_site(visitor, came_from, led_to):
    response = visitor.post("/member/write/", {"body": "my words"}, headers={"Referer": came_from})
    text = page(response)
    assert response.status_code == 403
    assert f'href="/accounts/login/{led_to}"' in text
    assert ("After signing in you are back on the page of the form." in text) == bool(led_to)


def test_without_words_an_expired_session_goes_to_the_sign_in(visitor):
    for response in (visitor.get("/member/"), visitor.post("/member/write/", {})):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/?next=/member/")


def test_pages_for_everybody_stand_without_a_database_whoever_asks(visitor, django_db_blocker):
    visitor.cookies["sessionid"] = "somebody-signed-in-000000000000000"
    with django_db_blocker.block():
        for path in ("/fixed/", "/help-now/", "/healthz", "/robots.txt"):
            assert visitor.get(path).status_code == 200, path


def test_a_reference_is_eight_characters_that_nobody_confuses(rf):
    request = rf.get("/")
    reference = reference_of(request)
    assert len(reference) == 8
    assert set(reference) <= set(ALPHABET)
    assert not set("01OILU") & set(reference)
    assert reference_of(request) == reference
    assert reference_of(rf.get("/")) != reference


def test_the_page_of_an_error_shows_the_reference_that_the_log_has(caplog, settings):
    settings.ROOT_URLCONF = "tests.delivery.broken_site"
    with caplog.at_level("INFO", "portal.requests"):
        response = Client(raise_request_exception=False).get("/broken/words/")
    reference = caplog.records[-1].getMessage().rpartition(" ")[2]
    assert response.status_code == 500
    assert len(reference) == 8
    assert reference in response.content.decode()


def test_a_bad_request_is_answered_without_a_database_whoever_sent_it(visitor, django_db_blocker):
    visitor.cookies["sessionid"] = "somebody-signed-in-000000000000000"
    with django_db_blocker.block():
        response = visitor.get("/suspicious/")
    assert response.status_code == 400
    page(response)


def test_a_foreign_host_gets_no_static_file_either(rf):
    def static_file(request):
        raise AssertionError("it was let through")

    with pytest.raises(DisallowedHost):
        SoundRequestMiddleware(static_file)(rf.get("/static/css/main.css", headers={"Host": "evil.example"}))
