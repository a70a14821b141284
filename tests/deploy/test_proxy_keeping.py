"""What the proxy keeps, for whom, for how long, and what it shows while the site is broken."""

from __future__ import annotations

import time

import pytest

from cachexia_portal.delivery import purging
from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.micro_cache import KNOWN_PARAMETERS, NEVER_KEPT
from tests.deploy.proxying import GUIDE, PUBLIC, Proxy, make_older

pytestmark = pytest.mark.proxy
HELP = "public, max-age=0, s-maxage=60, stale-if-error=540"


@pytest.fixture
def proxy():
    made = Proxy().start()
    yield made
    made.close()


def is_kept(proxy, path, **options) -> bool:
    """Asked twice at once, the site hears of it once."""
    before = len(proxy.site.asked)
    answers = [proxy.ask(path, **options) for _ in range(2)]
    heard = len(proxy.site.asked) - before
    assert heard in {1, 2}
    assert heard == 2 or answers[0].body == answers[1].body
    return heard == 1


def test_a_public_page_is_kept_for_a_second(proxy):
    first = proxy.ask("/questions/").body
    assert proxy.ask("/questions/").body == first
    time.sleep(2)
    assert proxy.ask("/questions/").body != first


@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/articles/a-guide/", "/questions/12-a-b/", "/feeds/questions.xml"]
)
def test_pages_are_kept(proxy, path):
    assert is_kept(proxy, path)


@pytest.mark.parametrize("path", NEVER_KEPT)
def test_some_paths_are_never_kept_whatever_the_answer_says(proxy, path):
    assert not is_kept(proxy, path)
    assert not is_kept(proxy, path.rstrip("/") + "/?q=tired")


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=abc"},
        {"Cookie": "display=dark.larger; draft=1"},
        {"Cookie": "display=purple.huge"},
        {"Authorization": "Basic eDp5"},
        {"Range": "bytes=0-3"},
        {"If_Match": '"x"'},
        {"If_Unmodified_Since": "Sat, 21 Nov 2026 00:00:00 GMT"},
    ],
)
def test_an_odd_request_goes_past_what_is_kept(proxy, headers):
    assert not is_kept(proxy, "/questions/", **headers)


def test_a_request_with_a_body_goes_past_what_is_kept(proxy):
    assert not is_kept(proxy, "/questions/", body=b"x")
    assert not is_kept(proxy, "/questions/", method="POST", body=b"x=1")


@pytest.mark.parametrize("value", Display.all_cookies())
def test_each_choice_of_colours_is_kept_apart(proxy, value):
    plain = proxy.ask("/questions/").body
    assert is_kept(proxy, "/questions/", Cookie=f"display={value}")
    assert proxy.ask("/questions/", Cookie=f"display={value}").body != plain


@pytest.mark.parametrize("name", sorted(KNOWN_PARAMETERS))
def test_known_parameters_are_part_of_the_key(proxy, name):
    assert is_kept(proxy, f"/questions/?{name}=1")
    assert proxy.ask(f"/questions/?{name}=1").body != proxy.ask(f"/questions/?{name}=2").body


@pytest.mark.parametrize(
    "query", ["q=1", "topic=1&q=1", "topic=1&topic=2", "topic", "&", f"topic={'x' * 200}", "topic=1&"]
)
def test_any_other_query_goes_past_what_is_kept(proxy, query):
    assert not is_kept(proxy, f"/questions/?{query}")


def test_encodings_are_kept_apart_and_named_in_one_way(proxy):
    plain = proxy.ask("/questions/").body
    packed = proxy.ask("/questions/", Accept_Encoding="gzip, deflate, br").body
    assert packed != plain
    assert proxy.ask("/questions/", Accept_Encoding="br;q=1.0, gzip;q=0.8").body == packed
    assert [headers.get("accept-encoding") for _, _, headers in proxy.site.asked] == [None, "gzip"]


def test_a_head_is_answered_from_what_is_kept(proxy):
    proxy.ask("/questions/")
    assert proxy.ask("/questions/", "HEAD").status == 200
    assert len(proxy.site.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (404, {"Cache-Control": PUBLIC}),
        (301, {"Cache-Control": PUBLIC, "Location": "/"}),
        (410, {"Cache-Control": PUBLIC}),
        (200, {"Cache-Control": PUBLIC, "Set-Cookie": "a=b"}),
        (200, {"Cache-Control": "private, no-cache"}),
        (200, {"Cache-Control": "no-store"}),
        (200, {"Cache-Control": PUBLIC, "Vary": "Cookie, Accept-Language"}),
        (200, {}),
    ],
)
def test_only_whole_pages_for_everybody_are_kept(proxy, status, headers):
    for path in ("/questions/", "/articles/a/"):
        proxy.site.rules[path] = status, headers
        assert not is_kept(proxy, path)


# --- While the site is broken ---------------------------------------------------


@pytest.fixture
def kept(proxy):
    """A guide, help, and pages of others, all kept, and past their second."""
    for path, rule in {
        "/articles/a-guide/": GUIDE,
        "/help-now/": HELP,
        "/articles/a-guide/print/": PUBLIC,
        "/articles/": PUBLIC,
        "/questions/1-a/": PUBLIC,
        "/stories/": PUBLIC,
        "/feeds/articles.xml": PUBLIC,
    }.items():
        proxy.site.rules[path] = 200, {"Cache-Control": rule, "Vary": "Cookie, Accept-Encoding"}
        assert proxy.ask(path).status == 200
    assert make_older(proxy.folders["CACHE"], 2) == 7
    return proxy


def break_off(proxy):
    proxy.site.stop()


def answer_with_errors(proxy):
    for path, (_, headers) in list(proxy.site.rules.items()):
        proxy.site.rules[path] = 500, {**headers, "Cache-Control": "no-store"}


@pytest.fixture(params=[break_off, answer_with_errors])
def broken(request, kept):
    request.param(kept)
    return kept


def test_a_guide_and_help_outlast_the_fault_and_nothing_else_does(broken):
    assert broken.ask("/articles/a-guide/").text.endswith("/articles/a-guide/")
    assert broken.ask("/articles/a-guide/").status == 200
    for path in (
        "/articles/a-guide/print/",
        "/articles/",
        "/questions/1-a/",
        "/stories/",
        "/feeds/articles.xml",
    ):
        assert broken.ask(path).status in {500, 502}
    make_older(broken.folders["CACHE"], 60)
    assert broken.ask("/help-now/").status == 200


def test_after_ten_minutes_they_are_gone_too(broken):
    make_older(broken.folders["CACHE"], 590)
    assert [broken.ask(path).status for path in ("/articles/a-guide/", "/help-now/")] == [200, 200]
    make_older(broken.folders["CACHE"], 12)
    assert broken.ask("/articles/a-guide/").status in {500, 502}
    make_older(broken.folders["CACHE"], 50)
    assert broken.ask("/help-now/").status in {500, 502}


def test_nobody_with_another_cookie_is_shown_an_old_page(broken):
    assert broken.ask("/articles/a-guide/", Cookie="sessionid=x").status in {500, 502}


def test_an_old_page_is_never_shown_while_a_new_one_can_be_had(kept):
    before = kept.site.times_asked("/articles/a-guide/")
    assert kept.ask("/articles/a-guide/").status == 200
    assert kept.site.times_asked("/articles/a-guide/") == before + 1


def test_nobody_else_is_told_how_long_an_old_page_may_be_shown(kept):
    for path in ("/articles/a-guide/", "/help-now/"):
        told = kept.ask(path).headers["cache-control"]
        assert "stale" not in told
        assert told.startswith("public, max-age=0, s-maxage=")


def test_a_page_that_was_taken_back_is_not_shown_and_not_kept_anew(kept, settings):
    settings.PROXY_PURGE_DIR = str(kept.purged)
    purging.purge(["/articles/a-guide/"])
    assert not is_kept(kept, "/articles/a-guide/")
    break_off(kept)
    assert kept.ask("/articles/a-guide/").status == 502
    assert kept.ask("/help-now/").status == 200


def test_what_came_while_the_mark_was_there_does_not_outlast_it(proxy, settings):
    """Until the withdrawal is committed the site still gives the page."""
    settings.PROXY_PURGE_DIR = str(proxy.purged)
    path = "/articles/a-guide/"
    proxy.site.rules[path] = 200, {"Cache-Control": GUIDE}
    purging.purge([path])
    assert proxy.ask(path).status == 200
    purging.mark_of(proxy.purged, path).unlink()
    break_off(proxy)
    assert proxy.ask(path).status == 502


def test_the_page_that_says_so_leads_to_help_and_back_to_the_words(broken):
    break_off(broken)
    answer = broken.ask("/questions/1-a/")
    assert answer.status == 502
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["retry-after"] == "60"
    assert answer.text.index('href="/help-now/"') < answer.text.index("<main>")
    assert "say yes when your browser asks whether to send it again" in answer.text
