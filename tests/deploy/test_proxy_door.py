"""Who is let in, what the site is told, and what is written down of it."""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import subprocess
import time

import pytest
from django.conf import settings

from tests.deploy.proxying import PUBLIC, ROOT, Proxy

pytestmark = pytest.mark.proxy
PLANTED = "plantedsecret7"
CLIENT = "127.45.67.89"  # any address of the loopback network is ours


@pytest.fixture(scope="module")
def proxy():
    made = Proxy(PROXY_SEARCH_RATE="1").start()
    yield made
    made.close()


@pytest.fixture
def own_proxy():
    made = Proxy().start()
    yield made
    made.close()


# --- The door --------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "192.0.2.1"])
def test_a_foreign_host_is_sent_away(proxy, host):
    before = len(proxy.site.asked)
    answer = proxy.ask("/", host=host or " ")
    assert answer.status in {400, 421}
    assert len(proxy.site.asked) == before


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_a_local_site_answers_to_both_its_names(proxy, name):
    assert proxy.ask("/", host=f"{name}:{proxy.port}").status == 200


def test_the_site_is_told_the_true_address_and_nothing_that_was_made_up(proxy):
    proxy.ask(
        "/me/",
        source=CLIENT,
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="evil.example",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
    )
    told = proxy.site.asked[-1][2]
    assert told["x-forwarded-for"] == CLIENT
    assert told["x-forwarded-proto"] == "http"
    assert told["host"] == f"localhost:{proxy.port}"
    assert not {"x-forwarded-host", "x-real-ip", "forwarded"} & set(told)


def test_a_body_may_be_as_large_as_the_site_takes_and_no_larger(proxy):
    rule = (ROOT / "deploy/proxy/nginx.conf").read_text()
    assert re.search(r"client_max_body_size (\d+)m;", rule)[1] == str(settings.LARGEST_BODY // 1024**2)
    assert proxy.ask("/me/", "POST", body=b"x" * settings.LARGEST_BODY).status == 200
    refused = refused_for_its_size(proxy, settings.LARGEST_BODY + 1)
    assert refused.startswith("HTTP/1.1 413 ")
    assert "/help-now/" in refused
    assert "choose a smaller one" in refused


def refused_for_its_size(proxy, size: int) -> str:
    """Only announced: nginx answers before the body comes."""
    with socket.create_connection(("127.0.0.1", proxy.port), 10) as line:
        head = f"POST /me/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
        line.sendall(head.encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_reading_is_limited_generously_and_sending_never(proxy):
    answers = [proxy.ask("/search/?q=x") for _ in range(110)]
    assert [answer.status for answer in answers[:100]] == [200] * 100
    refused = answers[-1]
    assert (refused.status, refused.headers["retry-after"]) == (429, "10")
    assert "/help-now/" in refused.text
    assert [proxy.ask("/search/", "POST", body=b"q=x").status for _ in range(10)] == [200] * 10
    assert proxy.ask("/help-now/").status == 200


@pytest.mark.parametrize(
    "path",
    ["/proxy-pages/away.html", "/kept-media/a.webp", "/a%00b", "/" + "x" * 9000],
)
def test_what_the_proxy_says_itself_carries_the_headers_and_help(proxy, path):
    answer = proxy.ask(path)
    assert answer.status in {400, 404, 414}
    assert "/help-now/" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["server"] == "nginx"


# --- Pictures --------------------------------------------------------------------


def test_a_picture_is_sent_when_the_site_says_so_and_cannot_be_asked_for(proxy):
    (proxy.media / "ab12.webp").write_bytes(b"a picture")
    (proxy.media / "ab12.webp").chmod(0o644)
    answer_with = {
        "X-Accel-Redirect": "/kept-media/ab12.webp",
        "Content-Type": "image/webp",
        "Cache-Control": PUBLIC,
    }
    proxy.site.rules["/media/ab12.webp"] = 200, answer_with
    sent = proxy.ask("/media/ab12.webp")
    assert (sent.status, sent.body, sent.headers["content-type"]) == (200, b"a picture", "image/webp")
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == PUBLIC
    assert "x-accel-redirect" not in sent.headers
    for path in ("/kept-media/ab12.webp", "/media/../kept-media/ab12.webp", "/%6bept-media/ab12.webp"):
        assert proxy.ask(path).status == 404


def test_a_picture_is_asked_for_anew_each_time(proxy):
    """Whether it may be seen is the site's to say, so its own yes is never kept."""
    proxy.site.rules["/media/cd34.webp"] = (
        200,
        {"X-Accel-Redirect": "/kept-media/cd34.webp", "Cache-Control": PUBLIC},
    )
    (proxy.media / "cd34.webp").write_bytes(b"another")
    assert proxy.ask("/media/cd34.webp").status == 200
    proxy.site.rules["/media/cd34.webp"] = 404, {"Cache-Control": "no-store"}
    assert proxy.ask("/media/cd34.webp").status == 404


# --- What is written down --------------------------------------------------------


def test_the_access_log_holds_time_status_pattern_and_network_only(own_proxy):
    for path in (
        "/",
        "/articles/",
        f"/articles/{PLANTED}/?{PLANTED}",
        "/questions/5-x/",
        f"/{PLANTED}",
        "/media/x",
    ):
        own_proxy.ask(path, source=CLIENT)
    lines = [line for line in own_proxy.written().splitlines() if " /" in line]
    shape = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 200 (/\S*) 127\.45\.67\.0/24")
    patterns = [shape.fullmatch(line)[1] for line in lines]
    assert patterns == ["/", "/articles/", "/articles/<slug>/", "/questions/<id>/", "/other", "/media/"]


def everything_that_goes_wrong(proxy) -> None:
    """Requests full of planted words, answered, refused and failed, so that every log is written."""
    words = {
        "Cookie": f"sessionid={PLANTED}",
        "Referer": f"http://localhost/{PLANTED}?{PLANTED}",
        "User_Agent": PLANTED,
        "Authorization": f"Bearer {PLANTED}",
        "X_CSRFToken": PLANTED,
        "X_Forwarded_For": f"203.0.113.77, {PLANTED}",
    }
    paths = (
        f"/search/?q={PLANTED}",
        f"/r/{PLANTED}/",
        f"/accounts/confirm/{PLANTED}/?token={PLANTED}",
        f"/articles/{PLANTED}/",
        f"/kept-media/{PLANTED}",
        f"/proxy-pages/{PLANTED}.html",
        f"/{PLANTED}/" + "(110: " + PLANTED + ")/" * 30,
        f"/articles/{PLANTED}{'x' * 300}/",
    )
    for path in paths:
        proxy.ask(path.replace(" ", "%20"), source=CLIENT, **words)
        proxy.ask(path.replace(" ", "%20"), "POST", body=PLANTED.encode(), source=CLIENT, **words)
    proxy.ask("/", host=f"{PLANTED}.example", source=CLIENT)
    for raw in (
        f"GET /{PLANTED} HTTP/9.9\r\nHost: localhost\r\n\r\n",
        f"{PLANTED} / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {PLANTED}@localhost\r\n\r\n",
        f"GET /{PLANTED} HTTP/1.1\r\nHost: localhost\r\n{PLANTED}\r\n\r\n",
        f"POST /{PLANTED} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n",
        f"POST /{PLANTED} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: {PLANTED}\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", proxy.port), 10, source_address=(CLIENT, 0)) as line:
            line.sendall(raw.encode())
            line.recv(65536)


def test_no_word_token_or_address_of_anybody_is_in_any_log(own_proxy):
    own_proxy.site.rules[f"/r/{PLANTED}/"] = 200, {"X-Accel-Redirect": f"/kept-media/{PLANTED}"}
    everything_that_goes_wrong(own_proxy)
    own_proxy.site.stop()
    everything_that_goes_wrong(own_proxy)
    written = own_proxy.written()
    assert "127.45.67.0/24" in written
    assert "error connect(), Connection refused, while connecting to upstream" in written
    for secret in (PLANTED, CLIENT, "203.0.113", "127.45.67.89", "sessionid", "Referer", "?q="):
        assert secret not in written


def test_without_the_filter_those_words_would_have_been_written(own_proxy):
    """What this test relies on: nginx itself does say them."""
    raw = (
        "2026/11/22 02:00:00 [error] 7#7: *3 connect() failed (111: Connection refused) while connecting to upstream, "
        f'client: {CLIENT}, server: localhost, request: "GET /{PLANTED}?q={PLANTED} HTTP/1.1", upstream: "http://x/", '
        f'host: "localhost", referrer: "http://localhost/{PLANTED}"\n'
        f'2026/11/22 02:00:01 [crit] 7#7: *4 open() "/{PLANTED} (28: {PLANTED})" failed (24: Too many open files)\n'
        f"{PLANTED} is no line of nginx\n"
    )
    done = subprocess.run(
        [ROOT / "deploy/proxy/keep-errors", own_proxy.logs],
        input=raw,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        "2026-11-22 02:00:00 error connect(), Connection refused, while connecting to upstream\n"
        "2026-11-22 02:00:01 crit open(), Too many open files\n"
    )
    assert (own_proxy.logs / "error-2026-11-22.log").read_text() == done.stdout


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:12:3456::9", "2001:db8:12::/48"),
        ("2001:db8::9", "2001:db8::/48"),
        ("2001::9", "2001::/48"),
        ("::1", "::/48"),
    ],
)
def test_every_kind_of_address_is_cut_to_its_network(address, network):
    """The rules themselves, in the order in which nginx asks them."""
    block = (
        (ROOT / "deploy/proxy/nginx.conf")
        .read_text()
        .partition("map $remote_addr $network {")[2]
        .partition("    }")[0]
    )
    rules = re.findall(r'"~(\S+)"\s+(\S+);', block)
    for pattern, value in rules:
        if found := re.search(re.sub(r"\(\?<", "(?P<", pattern), address):
            assert re.sub(r"\$(\w+?)(?=[.:]|$)", lambda name: found[name[1]], value) == network
            return
    raise AssertionError(address)


def test_logs_are_removed_before_they_are_thirty_days_old(own_proxy):
    own_proxy.ask("/")
    for days, kind in ((27, "access"), (29, "error"), (29, "access")):
        file = own_proxy.logs / f"{kind}-2026-01-{days:02}.log"
        file.write_text("old\n")
        os.utime(file, (time.time() - days * 86400 - 60,) * 2)
    own_proxy.stop()
    own_proxy.start()
    time.sleep(0.5)
    old = {file.name for file in own_proxy.logs.glob("*-2026-01-*.log")}
    assert old == {"access-2026-01-27.log"}


# --- TLS -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    files = [
        "-subj",
        "/CN=www.example.org",
        "-keyout",
        folder / "privkey.pem",
        "-out",
        folder / "fullchain.pem",
    ]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return folder


@pytest.fixture
def secure(certificate):
    made = Proxy(SITE_URL="https://www.example.org", PROXY_CERTIFICATE=str(certificate)).start()
    yield made
    made.close()


def ask_securely(proxy, name, path="/me/"):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", proxy.tls_port), 10)
    with context.wrap_socket(raw, server_hostname=name) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, answer.read(), line.version()


def test_the_site_is_told_that_tls_was_used(secure):
    status, _, version = ask_securely(secure, "www.example.org")
    assert (status, version) == (200, "TLSv1.3")
    assert secure.site.asked[-1][2]["x-forwarded-proto"] == "https"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_protocols_are_refused(secure, version):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    raw = socket.create_connection(("127.0.0.1", secure.tls_port), 10)
    with raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw, server_hostname="www.example.org")


def test_plain_http_leads_to_tls_but_for_the_certificate_authority(secure):
    (secure.folders["ACME"] / ".well-known/acme-challenge").mkdir(parents=True)
    (secure.folders["ACME"] / ".well-known/acme-challenge/token").write_text("proof")
    moved = secure.ask("/articles/?page=2", host="www.example.org")
    assert (moved.status, moved.headers["location"]) == (301, "https://www.example.org/articles/?page=2")
    assert secure.ask("/.well-known/acme-challenge/token", host="www.example.org").text == "proof"


def test_another_name_gets_no_certificate(secure):
    with pytest.raises(ssl.SSLError):
        ask_securely(secure, "evil.example")


def test_without_a_certificate_nothing_is_shown_and_it_says_so():
    proxy = Proxy(SITE_URL="https://www.example.org").start()
    try:
        assert proxy.ask("/", host="www.example.org").status == 503
        assert "There is no certificate" in proxy.written()
        assert not proxy.site.asked
    finally:
        proxy.close()
