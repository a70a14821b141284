"""Keeping colours and text size without JavaScript, without an account, without a token."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def choose(visitor):
    def choose(headers=OURS, **fields):
        fields = {"theme": "dark", "text": "larger", "next": "/about/mission/", **fields}
        return visitor.post(reverse("pages:display"), fields, headers=headers)

    return choose


def test_choice_is_kept_in_a_cookie_for_a_year(choose, settings):
    settings.IS_HTTPS = True
    cookie = choose().cookies["display"]
    assert cookie.value == "dark.larger"
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, True)


def test_cookie_is_not_secure_on_a_plain_http_site(choose):
    assert choose().cookies["display"]["secure"] == ""


def test_choice_goes_back_to_the_page_it_was_made_on(choose):
    response = choose()
    assert (response.status_code, response["Location"]) == (303, "/about/mission/")
    assert response["Cache-Control"] == "no-store"
    assert set(response.cookies) == {"display"}


def test_the_default_takes_the_cookie_away(choose):
    cookie = choose(theme="auto", text="normal").cookies["display"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


@pytest.mark.parametrize(
    "theme", ["pink", "", "dark; Path=/admin", 'dark"><script>', "dark\r\nSet-Cookie: a=b", "\0"]
)
def test_a_colour_that_is_not_on_the_list_is_never_written(choose, theme):
    assert choose(theme=theme).cookies["display"].value == "auto.larger"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "///evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " /about/",
        "/\t/evil.example",
        "http:///evil.example",
        "",
        "/" + "a" * 3000,
        "/\0",
    ],
)
def test_it_goes_only_to_a_path_of_this_site(choose, elsewhere):
    location = choose(next=elsewhere)["Location"]
    assert location == "/", location


def test_line_breaks_in_the_path_make_no_header(choose):
    response = choose(next="/about/\r\nSet-Cookie: sessionid=taken")
    assert set(response.cookies) == {"display"}
    assert "\n" not in response["Location"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "http://localhost:8000"},
    ],
)
def test_the_choice_is_taken_from_this_site(choose, headers):
    assert choose(headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Referer": "http://testserver/"},
    ],
)
def test_the_choice_is_refused_from_elsewhere(choose, headers):
    response = choose(headers=headers)
    assert response.status_code == 403
    assert not response.cookies
    assert "<h1>" in response.content.decode()


def test_the_address_only_takes_a_form(visitor):
    assert visitor.get(reverse("pages:display")).status_code == 405


def test_it_works_with_checks_for_tokens_on():
    response = Client(enforce_csrf_checks=True).post("/display/", {"theme": "dark"}, headers=OURS)
    assert response.status_code == 303


def test_colours_follow_to_the_next_page_and_a_stale_tag_brings_no_old_ones(choose, visitor, db):
    before = visitor.get("/about/mission/")
    choose()
    after = visitor.get("/about/mission/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert 'data-theme="dark" data-text="larger"' in after.content.decode()


def views_of(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views_of(pattern, prefix + str(pattern.pattern))
        else:
            yield pattern.callback


def test_no_other_form_goes_without_a_token():
    views = list(views_of(get_resolver()))
    exempt = {f"{view.__module__}.{view.__name__}" for view in views if getattr(view, "csrf_exempt", False)}
    assert len(views) > 40
    assert (
        exempt
        == {
            "cachexia_portal.pages.views.display.set_display",
            "cachexia_portal.accounts.views.mails.stop_mails",  # signed, and pressed by mail providers (RFC 8058)
            "cachexia_portal.outbox.views.mail_came_back",  # signed by the mail provider; not there until configured
        }
    )
