"""Where a member is signed in: what is kept of it, what is shown, and what ending it does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cachexia_portal.accounts import sweeps
from cachexia_portal.accounts.devices import browser_of, device_words, system_of
from cachexia_portal.accounts.models import OpenSession
from tests.accounts.steps import ask_for_a_code, code_in, type_code
from tests.accounts.test_sign_in import PASSWORD, sign_in_by_password, signed_in_as

pytestmark = pytest.mark.django_db
PAGE = "accounts:sessions"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
)


def browser(mail_sink, member, **environ) -> Client:
    """A browser in which the member signed in with a code, as people do."""
    client = Client(**{"HTTP_USER_AGENT": FIREFOX, "REMOTE_ADDR": "203.0.113.7", **environ})
    ask_for_a_code(client, member.email)
    type_code(client, code_in(mail_sink[-1]))
    assert signed_in_as(client) == str(member.pk)
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Android"),
        (SAFARI, "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/125.0 Safari/537.36 Edg/125.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/125.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) Version/17 Safari/605.1.15", "Safari on macOS"),
        ("curl/8", "A browser we do not know"),
        ("", "A browser we do not know"),
    ],
)
def test_a_browser_is_known_by_its_kind_alone(agent, words):
    assert device_words(browser_of(agent), system_of(agent)) == words


def test_what_is_kept_is_coarse(caregiver, mail_sink):
    browser(mail_sink, caregiver)
    [row] = OpenSession.objects.values()
    assert (row["browser"], row["system"], row["network"]) == ("Firefox", "Android", "203.0.113.0/24")
    assert (row["begun_on"], row["seen_on"]) == (timezone.localdate(), timezone.localdate())
    kept = f"{row} {[Session(session_data=s.session_data).get_decoded() for s in Session.objects.all()]}"
    assert "203.0.113.7" not in kept
    assert "Mozilla" not in kept
    assert "rv:" not in kept


def test_a_long_network_is_cut_and_an_unknown_one_is_empty(caregiver, mail_sink):
    browser(mail_sink, caregiver, REMOTE_ADDR="2001:db8:aaaa:bbbb::1")
    browser(mail_sink, caregiver, REMOTE_ADDR="nothing")
    assert set(OpenSession.objects.values_list("network", flat=True)) == {"2001:db8:aaaa::/48", ""}


def test_the_list_marks_this_one_and_shows_the_others(caregiver, mail_sink, clock):
    at_home = browser(mail_sink, caregiver)
    browser(mail_sink, caregiver, HTTP_USER_AGENT=SAFARI, REMOTE_ADDR="198.51.100.9")
    page = at_home.get(reverse(PAGE))
    [this], [other] = page.context["this"], page.context["others"]
    assert (this.device, other.device) == ("Firefox on Android", "Safari on iPhone")
    assert page.text.count("This one") == 1
    assert "Network 198.51.100.0/24" in page.text
    assert "Last used on 21 November 2026" in page.text
    assert page["Cache-Control"] == "no-store"


def test_ending_one_takes_effect_at_its_next_request(caregiver, mail_sink):
    at_home, away = browser(mail_sink, caregiver), browser(mail_sink, caregiver, HTTP_USER_AGENT=SAFARI)
    [other] = at_home.get(reverse(PAGE)).context["others"]
    assert at_home.post(reverse(PAGE), {"end": other.pk}).url == reverse(PAGE)
    assert away.get(reverse(PAGE)).url.startswith(reverse("account_login"))
    assert at_home.get(reverse(PAGE)).status_code == 200
    assert OpenSession.objects.count() == 1


def test_all_others_end_and_this_one_stays(caregiver, mail_sink):
    at_home, *others = [browser(mail_sink, caregiver) for _ in range(3)]
    page = at_home.post(reverse(PAGE), {"others": "1"}, follow=True)
    assert "2 sign-ins were ended." in page.text
    assert [signed_in_as(each) for each in others] == [None, None]
    assert page.context["others"] == []


def test_nobody_ends_the_session_of_somebody_else(caregiver, other_caregiver, mail_sink):
    theirs = browser(mail_sink, other_caregiver)
    client = browser(mail_sink, caregiver)
    row = OpenSession.objects.get(member=other_caregiver)
    gone = client.post(reverse(PAGE), {"end": "999999"}, follow=True).text
    assert "That sign-in is ended." in gone
    assert client.post(reverse(PAGE), {"end": row.pk}, follow=True).status_code == 200
    client.post(reverse(PAGE), {"others": "1"})
    assert theirs.get(reverse(PAGE)).status_code == 200


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 40, "١", "1; DROP TABLE"])
def test_what_is_no_number_ends_nothing(caregiver, mail_sink, wanted):
    client = browser(mail_sink, caregiver)
    assert client.post(reverse(PAGE), {"end": wanted}).status_code == 302
    assert client.get(reverse(PAGE)).status_code == 200


def test_signing_out_takes_it_off_the_list(caregiver, mail_sink):
    browser(mail_sink, caregiver).post(reverse("account_logout"))
    assert not OpenSession.objects.exists()


def test_a_day_is_noted_once_and_no_hour(caregiver, client_of, clock, queries):
    client = client_of(caregiver)
    client.get(reverse("accounts:profile"))
    clock.shift(timedelta(days=3))
    client.get(reverse("accounts:profile"))
    [row] = OpenSession.objects.all()
    assert row.seen_on - row.begun_on == timedelta(days=3)
    clock.shift(timedelta(hours=3))
    with queries(3):  # the session, the member, and whether mail comes back
        client.get(reverse("accounts:profile"))


def test_a_visitor_is_noted_nowhere(visitor, queries):
    with queries(0):
        visitor.get(reverse("help:help_now"))
    visitor.get(reverse("account_login"))
    assert not OpenSession.objects.exists()


def test_a_network_is_shown_for_thirty_days_and_then_forgotten(caregiver, mail_sink, client_of, clock):
    browser(mail_sink, caregiver)
    clock.shift(timedelta(days=30))
    page = client_of(caregiver).get(reverse(PAGE))
    assert "203.0.113.0/24" in page.text
    sweeps.tidy_sessions()
    assert OpenSession.objects.exclude(network="").filter(browser="Firefox").exists()
    clock.shift(timedelta(days=1))
    assert "203.0.113.0/24" not in client_of(caregiver).get(reverse(PAGE)).text
    sweeps.tidy_sessions()
    assert not OpenSession.objects.filter(browser="Firefox").exclude(network="").exists()


def test_a_session_that_ran_out_is_not_listed_and_is_swept(caregiver, mail_sink, client_of, clock):
    browser(mail_sink, caregiver)
    clock.shift(timedelta(days=61))
    client = client_of(caregiver)
    assert client.get(reverse(PAGE)).context["others"] == []
    sweeps.tidy_sessions()
    assert OpenSession.objects.count() == 1


def test_a_new_password_ends_every_other_session(caregiver, mail_sink):
    at_home, away = browser(mail_sink, caregiver), browser(mail_sink, caregiver)
    at_home.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert away.get(reverse(PAGE)).status_code == 302
    page = at_home.get(reverse(PAGE))
    assert [len(page.context[name]) for name in ("this", "others")] == [1, 0]


def test_closing_the_account_leaves_no_session(caregiver, client_of, mail_sink):
    away, client = browser(mail_sink, caregiver), client_of(caregiver)
    client.post(reverse("pages:close_account"), {"posts": "down", "confirmation": "CLOSE"})
    assert not OpenSession.objects.exists()
    assert [signed_in_as(each) for each in (away, client)] == [None, None]


def test_the_list_asks_as_often_for_three_as_for_one(caregiver, client_of, mail_sink, same_queries):
    client = client_of(caregiver)
    same_queries(lambda: browser(mail_sink, caregiver), reverse(PAGE), client=client)


def test_signing_in_by_password_is_noted_alike(caregiver):
    caregiver.set_password(PASSWORD)
    caregiver.save()
    sign_in_by_password(Client(HTTP_USER_AGENT=SAFARI), caregiver.email)
    assert OpenSession.objects.get().device == "Safari on iPhone"
