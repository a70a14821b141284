"""The headers that every answer has."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.test import Client

pytestmark = [pytest.mark.urls("tests.delivery.addresses"), pytest.mark.django_db]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EVERY_KIND = {
    "public": ("/public/", 200),
    "home": ("/", 200),
    "form": ("/form/", 200),
    "fixed": ("/help-now/", 200),
    "sign-in": ("/accounts/login/", 200),
    "admin": ("/admin/", 302),
    "robots": ("/robots.txt", 200),
    "health": ("/healthz", 200),
    "not found": ("/no-such-page/", 404),
    "bad request": ("/public/?q=%00", 400),
    "method": ("/display/", 405),
    "server error": ("/broken/words/", 500),
    "redirect": ("/articles", 301),
}


@pytest.fixture(params=EVERY_KIND.values(), ids=EVERY_KIND)
def answer(request):
    path, status = request.param
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == status
    return response


def policy_of(response) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


def test_the_content_policy_is_exactly_ours_on_every_kind_of_page(answer):
    assert policy_of(answer) == POLICY


def test_the_other_rules_stand_on_every_kind_of_page(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))


def test_the_rules_stand_on_pages_of_staff(client_of, moderator):
    response = client_of(moderator).get("/admin/")
    assert response.status_code == 200
    assert policy_of(response) == POLICY


def test_the_rules_stand_on_the_page_for_a_foreign_host(visitor):
    response = visitor.get("/public/", headers={"Host": "evil.example"})
    assert policy_of(response) == POLICY
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_rules_stand_on_the_read_only_page(visitor, settings):
    settings.READ_ONLY = True
    assert policy_of(visitor.post("/form/", {})) == POLICY


@pytest.fixture
def started():
    """Runs a command of the site with other variables; gives its output."""

    def started(*command, **variables):
        environ = {**os.environ, "DATA_DIR": str(site_settings.DATA_DIR), **variables}
        return subprocess.run(
            [sys.executable, *command],
            env=environ,
            cwd=site_settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return started


def test_a_live_https_site_has_nothing_to_check_before_it_goes_out(started, tmp_path):
    done = started(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SITE_URL="https://www.example.org",
        SITE_MODE="live",
        ORGANISATION="A society",
        POSTAL_ADDRESS="1 High Street",
        CONTACT_EMAIL="contact@example.org",
        SAFEGUARDING_EMAIL="safe@example.org",
        PRIVACY_EMAIL="privacy@example.org",
        ERASURE_LOG=str(tmp_path / "erasures.log"),
        SECRET_KEY="k3J9vQ-7sX_2mZpL8wRtY5uB1nC4dF6gH0aEiOqTzVxS-k3J9vQ-7sX_2",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_https_is_asked_for_and_remembered_where_the_site_has_it(settings, visitor):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    plain = visitor.get("/public/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/public/")
    assert visitor.get("/healthz").status_code == 200, "a probe comes without https"
    assert visitor.get("/public/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")
