"""Every rule is spent by a page, and answers 429 with the time to wait and every word given back."""

from __future__ import annotations

import html
import json

import pytest
from django.urls import reverse

from cachexia_portal.limits import rules
from cachexia_portal.limits.rates import Rate
from tests.community.conftest import answer, published, published_answer, waiting  # noqa: F401 (fixtures)
from tests.community.telling.conftest import story, told  # noqa: F401 (fixture)
from tests.people import asked_once_more

pytestmark = pytest.mark.django_db
WORDS = "These words must not be lost."
#: Spent by the site itself or by a button of the staff, which lead to a page that says so.
WITHOUT_A_PAGE = {"stale-warning", "run-due"}


def _ask(get):
    typed = {"_do": "send", "relation": "partner", "shown_as": "name"}
    return "caregiver", "/questions/ask/", [typed | {"body": "One."}, typed | {"body": WORDS}]


def _answer(get):
    page = reverse("community:answer_question", args=[get("published").pk, "x"])
    typed = {"_do": "send", "relation": "parent", "shown_as": "name"}
    return "other_caregiver", page, [typed | {"body": "One."}, typed | {"body": WORDS}]


def _mark(get):
    answered = get("published_answer")
    page = reverse("community:mark", args=[answered.question_id])
    return "caregiver", page, [{"mark": answered.pk}, {"unmark": answered.pk}]


def _draft(get):
    asked = {"form": "question", "about": "", "draft": "", "sequence": 0, "fields": {"body": "One."}}
    return "caregiver", reverse("community:save_draft"), [json.dumps(asked), json.dumps(asked)]


def _similar(get):
    return "caregiver", reverse("community:similar"), [{"words": WORDS}, {"words": WORDS}]


def _report(get):
    page = reverse("community:report", args=["question", get("published").pk])
    return "other_caregiver", page, [{"type": "harm", "words": "One."}, {"type": "harm", "words": WORDS}]


def _consent(get):
    page = reverse("community:change_consent", args=[get("told").pk])
    return "caregiver", page, [{"purpose": "in_print", "answer": "no"}] * 2


def _contact(get):
    page = reverse("pages:contact")
    return "caregiver", page, [{"subject": "guide", "message": words} for words in ("One.", WORDS)]


def _profile(get):
    typed = [{"act": "name", "name-display_name": words} for words in ("Robin One", "Robin Lost")]
    return "caregiver", reverse("accounts:profile"), typed


def _mailed_code(get):
    typed = [{"email": f"{name}@example.org"} for name in ("one", "lost")]
    return "caregiver", reverse("accounts:address"), typed


def _close_account(get):
    return "caregiver", reverse("pages:close_account"), [{}, {}]


def _export(get):
    return "caregiver", reverse("pages:export"), [{"form": "json"}] * 2


#: Who, where, what is sent first and then; and the words of the second that must come back.
SPENT = {
    "ask": (_ask, WORDS),
    "answer": (_answer, WORDS),
    "mark": (_mark, ""),
    "draft": (_draft, ""),
    "similar": (_similar, ""),
    "report": (_report, WORDS),
    "consent": (_consent, ""),
    "contact": (_contact, WORDS),
    "profile": (_profile, "Robin Lost"),
    "mailed-code": (_mailed_code, "lost@example.org"),
    "export": (_export, ""),
}


def test_every_rule_has_its_page():
    assert SPENT.keys() | WITHOUT_A_PAGE | {"close-account"} == rules.names()


@pytest.mark.parametrize("name", SPENT)
def test_the_rate_of_the_settings_counts_and_gives_the_words_back(request, name, client_of, settings, clock):
    scene, words = SPENT[name]
    who, address, (first, second) = scene(request.getfixturevalue)
    client = asked_once_more(client_of(request.getfixturevalue(who)))
    settings.RATE_LIMITS = {name: Rate(1, rules.HOUR)}
    sort = {"content_type": "application/json"} if isinstance(first, str) else {}
    assert client.post(address, first, **sort).status_code in (200, 302)
    refused = client.post(address, second, **sort)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert words in html.unescape(refused.text)


def test_closing_is_limited_before_anything_is_closed(client_of, caregiver, settings, clock):
    from tests.pages.test_close_account import close

    settings.RATE_LIMITS = {"close-account": Rate(1, rules.HOUR)}
    from cachexia_portal.limits import spend_for

    spend_for(rules.CLOSE_ACCOUNT, f"member:{caregiver.pk}")
    refused = close(client_of(caregiver))
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert 'value="CLOSE"' in refused.text
    caregiver.refresh_from_db()
    assert caregiver.closed_at is None
