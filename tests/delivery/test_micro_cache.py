"""The micro-cache: what it keeps, what goes past it, and that nobody can poison it."""

import gzip
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import RequestFactory

from cachexia_portal.delivery import micro_cache
from cachexia_portal.delivery.micro_cache import KeptPage, MicroCache, Shelf, micro_cached
from cachexia_portal.wsgi import application as site_application
from cachexia_portal.wsgi import django_application
from tests.delivery.listeners import as_on_a_running_site

PUBLIC = [
    ("Content-Type", "text/html"),
    ("Content-Length", "4"),
    ("Cache-Control", "public, max-age=0, s-maxage=1"),
    ("Vary", "Cookie, Accept-Encoding"),
    ("ETag", '"abc"'),
]


class Behind:
    """An application that counts how often it is asked, and says what it saw."""

    def __init__(self, status="200 OK", headers=PUBLIC, body=None):
        self.status, self.headers, self.body = status, headers, body
        self.asked = 0
        self.closed = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        body = self.body if self.body is not None else str(1000 + self.asked).encode()
        start_response(self.status, list(self.headers))
        return Closing(body, self)


class Closing:
    def __init__(self, body, behind):
        self.body, self.behind = body, behind

    def __iter__(self):
        yield self.body

    def close(self):
        self.behind.closed += 1


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock_of_cache():
    return Clock()


@pytest.fixture
def behind():
    return Behind()


@pytest.fixture
def cache(behind, clock_of_cache, settings):
    settings.ALLOWED_HOSTS = ["www.example.org", "testserver"]
    return MicroCache(behind, clock_of_cache)


def ask(application, path="/articles/", method="GET", **environ):
    """One request; the answer as (status, headers, body)."""
    query = environ.pop("QUERY_STRING", "")
    environ = {"HTTP_HOST": "testserver", **environ}
    request = RequestFactory().generic(method, path, QUERY_STRING=query, **environ)
    request.environ.pop("HTTP_COOKIE", None)
    if "HTTP_COOKIE" in environ:
        request.environ["HTTP_COOKIE"] = environ["HTTP_COOKIE"]
    seen = []
    answer = application(request.environ, lambda status, headers, *rest: seen.append((status, headers)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return int(seen[0][0][:3]), dict(seen[0][1]), body


def test_a_public_page_is_answered_from_the_shelf_for_about_a_second(cache, behind, clock_of_cache):
    first = ask(cache)
    assert ask(cache) == first
    assert behind.asked == 1
    clock_of_cache.now += 1.01
    assert ask(cache) != first
    assert behind.asked == 2


def test_what_was_read_is_closed_so_that_connections_go_back(cache, behind):
    ask(cache)
    ask(cache)
    assert behind.closed == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"path": "/articles/other/"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_COOKIE": "display=dark.larger"},
        {"HTTP_ACCEPT_ENCODING": "gzip, br"},
        {"HTTP_HOST": "www.example.org"},
        {"HTTP_HOST": "testserver:81"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_each_part_of_the_key_has_a_page_of_its_own(cache, behind, changed):
    plain = ask(cache)
    other = ask(cache, **changed)
    assert behind.asked == 2
    assert ask(cache) == plain
    assert ask(cache, **changed) == other
    assert behind.asked == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "display=dark.larger; sessionid=abc"},
        {"HTTP_COOKIE": "display=pink.larger"},
        {"HTTP_COOKIE": "display=dark.larger; display=light.normal"},
        {"HTTP_COOKIE": "csrftoken=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_IF_MATCH": '"abc"'},
        {"HTTP_IF_UNMODIFIED_SINCE": "Sat, 21 Nov 2026 09:00:00 GMT"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "testserver@evil.example"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"CONTENT_LENGTH": "5"},
        {"SCRIPT_NAME": "/elsewhere"},
        {"QUERY_STRING": "q=words"},
        {"QUERY_STRING": "utm_source=x"},
        {"QUERY_STRING": "page=1&page=2"},
        {"QUERY_STRING": "page=1&pag%65=2"},
        {"QUERY_STRING": "topic=" + "a" * 300},
        {"QUERY_STRING": "page"},
        {"QUERY_STRING": "&"},
        {"path": "/search/"},
        {"path": "/me/"},
    ],
)
def test_what_is_odd_about_a_request_sends_it_past_the_cache(cache, behind, changed):
    kept = ask(cache)
    ask(cache, **changed)
    ask(cache, **changed)
    assert behind.asked == 3 if changed != {"QUERY_STRING": "page"} else 2
    assert len(cache.shelf.pages) <= 2
    assert ask(cache) == kept, "and the kept page is what it was"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", PUBLIC),
        ("301 Moved Permanently", PUBLIC),
        ("206 Partial Content", PUBLIC),
        ("500 Internal Server Error", PUBLIC),
        ("200 OK", [*PUBLIC, ("Set-Cookie", "csrftoken=abc")]),
        ("200 OK", [*PUBLIC, ("set-cookie", "sessionid=abc")]),
        ("200 OK", [h for h in PUBLIC if h[0] != "Cache-Control"]),
        ("200 OK", [h for h in PUBLIC if h[0] != "Content-Length"]),
        ("200 OK", [h for h in PUBLIC if h[0] != "Cache-Control"] + [("Cache-Control", "private, no-cache")]),
        ("200 OK", [h for h in PUBLIC if h[0] != "Cache-Control"] + [("Cache-Control", "no-store")]),
        ("200 OK", [*PUBLIC, ("Vary", "Accept-Language")]),
        ("200 OK", [*PUBLIC, ("Vary", "*")]),
        ("200 OK", [*PUBLIC, ("Cache-Control", "no-store")]),
    ],
)
def test_only_a_whole_page_that_everybody_may_have_is_kept(cache, behind, status, headers):
    behind.status, behind.headers = status, headers
    ask(cache)
    ask(cache)
    assert behind.asked == 2
    assert not cache.shelf.pages


def test_a_page_that_is_too_large_is_sent_but_not_kept(cache, behind):
    behind.body = b"x" * (micro_cache.LARGEST_PAGE + 1)
    assert len(ask(cache)[2]) == len(behind.body)
    assert not cache.shelf.pages


def test_head_after_get_has_the_headers_and_no_body(cache, behind):
    _, headers, _ = ask(cache)
    assert ask(cache, method="HEAD") == (200, headers, b"")
    assert behind.asked == 1


def test_get_after_head_has_its_body(cache, behind):
    """An empty answer to HEAD must not be what the next visitor reads."""
    behind.body = b""
    ask(cache, method="HEAD")
    behind.body = b"page"
    assert ask(cache)[2] == b"page"


@pytest.mark.parametrize("tag", ['"abc"', 'W/"abc"', '"x", W/"abc"', "*"])
def test_a_browser_that_has_the_page_is_told_so_from_the_shelf(cache, behind, tag):
    ask(cache)
    status, headers, body = ask(cache, HTTP_IF_NONE_MATCH=tag)
    assert (status, body, behind.asked) == (304, b"", 1)
    assert headers["ETag"] == '"abc"'
    assert headers["Cache-Control"].startswith("public")
    assert headers["Vary"] == "Cookie, Accept-Encoding"
    assert "Content-Length" not in headers


def test_another_tag_brings_the_page(cache):
    page = ask(cache)
    assert ask(cache, HTTP_IF_NONE_MATCH='"abcd"') == page


@pytest.mark.parametrize(
    "poison",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_ORIGINAL_URL": "/other/"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
        {"HTTP_ACCEPT_LANGUAGE": "xx"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_USER_AGENT": "<script>"},
        {"HTTP_REFERER": "https://evil.example/"},
        {"HTTP_HOST": "TESTSERVER"},
        {"path": "/%70ublic/"},
        {"HTTP_ACCEPT_ENCODING": "identity, *;q=0"},
        {"HTTP_IF_NONE_MATCH": '"other"'},
    ],
)
@pytest.mark.django_db
@pytest.mark.urls("tests.delivery.addresses")
def test_the_page_kept_for_an_odd_request_is_the_page_of_a_plain_one(poison):
    """Through Django itself: whoever comes first decides nothing for whoever comes next."""
    application = MicroCache(django_application)
    ask(application, **{"path": "/public/", **poison})
    after = ask(application, path="/public/")
    plain = ask(django_application, path="/public/")
    assert after[0] == plain[0] == 200
    assert after[1:] == plain[1:]


@pytest.mark.django_db
@pytest.mark.urls("tests.delivery.addresses")
def test_a_page_is_kept_ready_compressed_and_in_its_colours():
    application = MicroCache(django_application)
    environ = {"path": "/public/", "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_COOKIE": "display=dark.large"}
    first = ask(application, **environ)
    kept = ask(application, **environ)
    assert kept[2] == first[2], "not compressed anew, which would pad it differently"
    assert kept[1]["Content-Encoding"] == "gzip"
    assert b'data-theme="dark" data-text="large"' in gzip.decompress(kept[2])
    assert b'data-theme="auto"' in ask(application, path="/public/")[2]


@pytest.mark.django_db
@pytest.mark.urls("tests.delivery.addresses")
def test_a_kept_page_has_every_header_that_the_first_had():
    application = MicroCache(django_application)
    first, kept = ask(application, path="/public/"), ask(application, path="/public/")
    assert kept == first
    assert {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} <= set(kept[1])


@pytest.mark.django_db
@pytest.mark.urls("tests.delivery.addresses")
def test_a_kept_page_has_its_line_in_the_log(caplog):
    application = MicroCache(django_application)
    with caplog.at_level("INFO", "portal.requests"):
        ask(application, path="/public/")
        ask(application, path="/public/")
    lines = [record.getMessage() for record in caplog.records if record.name == "portal.requests"]
    assert re.fullmatch(r"GET /public/ 200 [\d.]+ ms", lines[0])
    assert re.fullmatch(r"GET /public/ 200 [\d.]+ ms kept", lines[1])


@pytest.mark.django_db
@pytest.mark.urls("tests.delivery.addresses")
def test_the_line_of_a_kept_page_holds_no_query_no_cookie_and_no_host(capfd):
    application = MicroCache(django_application)
    odd = {
        "QUERY_STRING": "topic=zqtypedzq",
        "HTTP_COOKIE": "display=dark.larger",
        "HTTP_USER_AGENT": "zqtypedzq",
    }
    with as_on_a_running_site():
        ask(application, path="/public/", **odd)
        ask(application, path="/public/", **odd)
    first, kept = capfd.readouterr().out.splitlines()[-2:]
    assert re.search(r" INFO portal\.requests GET /public/ 200 [\d.]+ ms$", first)
    assert re.search(r" INFO portal\.requests GET /public/ 200 [\d.]+ ms kept$", kept)
    assert not re.search("zqtyped|dark|testserver|127", first + kept.split("INFO")[1])


def test_a_host_that_is_no_longer_ours_is_sent_past_at_once(cache, behind, settings):
    ask(cache)
    settings.ALLOWED_HOSTS = ["www.example.org"]
    ask(cache)
    assert behind.asked == 2


def test_https_is_believed_of_a_proxy_only_where_one_is_trusted(cache, behind, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    ask(cache)
    ask(cache, HTTP_X_FORWARDED_PROTO="https")
    assert behind.asked == 1, "without a proxy the header says nothing"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ask(cache, HTTP_X_FORWARDED_PROTO="https")
    assert behind.asked == 2
    ask(cache, **{"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "http"})
    assert behind.asked == 2, "what the proxy says goes before how the proxy reaches us"


def test_there_are_never_more_than_five_hundred_pages():
    shelf = Shelf()
    for number in range(micro_cache.MOST_ENTRIES + 20):
        shelf.put(number, KeptPage([], b"body", "", "", 1.0))
    assert len(shelf.pages) == 500
    assert 0 not in shelf.pages, "the oldest left first"
    assert shelf.size == 500 * 4


def test_the_pages_are_never_more_than_thirty_two_megabytes():
    shelf = Shelf()
    for number in range(80):
        shelf.put(number, KeptPage([], b"x" * micro_cache.LARGEST_PAGE, "", "", 1.0))
    assert shelf.size == sum(len(page.body) for page in shelf.pages.values())
    assert shelf.size <= 32 * 1024 * 1024 < shelf.size + micro_cache.LARGEST_PAGE + 1


def test_the_same_page_put_twice_counts_once():
    shelf = Shelf()
    for _ in range(3):
        shelf.put("key", KeptPage([], b"body", "", "", 1.0))
    assert (len(shelf.pages), shelf.size) == (1, 4)


def test_many_threads_lose_no_count(monkeypatch):
    monkeypatch.setattr(micro_cache, "MOST_ENTRIES", 7)
    shelf, begin = Shelf(), threading.Barrier(8)

    def work(first):
        begin.wait()
        for number in range(2000):
            shelf.put((first * number) % 23, KeptPage([], b"x" * (number % 9), "", "", number % 2))
            shelf.find((number + first) % 23, 1.0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(1, 9)))
    assert len(shelf.pages) <= 7
    assert shelf.size == sum(len(page.body) for page in shelf.pages.values())


def test_it_is_off_while_debugging(settings, behind):
    settings.DEBUG = True
    assert micro_cached(behind) is behind
    settings.DEBUG = False
    assert isinstance(micro_cached(behind), MicroCache)
    settings.MICRO_CACHE = False  # a proxy keeps pages itself
    assert micro_cached(behind) is behind


def test_the_site_is_served_through_it():
    assert isinstance(site_application.application, MicroCache)
    assert site_application.application.application is django_application
