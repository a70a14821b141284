"""What must not be guessed stops the start with one line; https decides about cookies and redirects."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

SOUND = {"SECRET_KEY": "start", "SITE_URL": "https://www.example.org", "SITE_MODE": "live"}
TELL = """
import json
from cachexia_portal import settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "DEBUG"
)}))
"""


def start(tmp_path, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **SOUND, **changed}
    return subprocess.run(
        [sys.executable, "-c", TELL], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )


def facts(tmp_path, **changed: str) -> dict:
    return json.loads(start(tmp_path, **changed).stdout)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SITE_MODE": "test"}, "SITE_MODE"),
        ({"SITE_URL": "www.example.org"}, "SITE_URL"),
        ({"SITE_URL": "http://www.example.org"}, "ALLOW_PLAIN_HTTP"),
        ({"SITE_URL": "http://192.0.2.1", "ALLOW_PLAIN_HTTP": "0"}, "ALLOW_PLAIN_HTTP"),
        ({"RATE_LIMITS": "ask=many"}, "RATE_LIMITS"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
        ({"SECRET_KEY_FALLBACKS": "before,start"}, "SECRET_KEY_FALLBACKS"),
        ({"SECURITY_CONTACT": "write to us"}, "SECURITY_CONTACT"),
    ],
)
def test_the_start_is_refused_with_one_line(tmp_path, changed, named):
    refused = start(tmp_path, **changed)
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1
    assert named in refused.stderr


def test_https_makes_cookies_secure_redirects_and_sends_hsts(tmp_path):
    seen = facts(tmp_path)
    assert seen["SESSION_COOKIE_SECURE"]
    assert seen["CSRF_COOKIE_SECURE"]
    assert seen["SECURE_SSL_REDIRECT"]
    assert seen["SECURE_HSTS_SECONDS"] > 0
    assert seen["ALLOWED_HOSTS"] == ["www.example.org"]
    assert seen["DEBUG"] is False


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000"])
def test_a_local_site_has_none_of_that_and_both_its_names(tmp_path, address):
    seen = facts(tmp_path, SITE_URL=address)
    assert not (seen["SESSION_COOKIE_SECURE"])
    assert not (seen["SECURE_SSL_REDIRECT"])
    assert not (seen["SECURE_HSTS_SECONDS"])
    assert {"localhost", "127.0.0.1"} <= set(seen["ALLOWED_HOSTS"])


def test_plain_http_on_a_public_host_is_possible_when_somebody_says_so(tmp_path):
    assert facts(tmp_path, SITE_URL="http://www.example.org", ALLOW_PLAIN_HTTP="1")["ALLOWED_HOSTS"]
