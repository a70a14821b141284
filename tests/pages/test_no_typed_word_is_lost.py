"""Every form with a field for words, and the ways out on which they could be lost."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from community.models import CannedReply, ReviewItem
from tests.community.conftest import house_rule, published, refused, waiting  # noqa: F401 (fixtures)
from tests.people import BACKEND, sign_in

pytestmark = pytest.mark.django_db
WORDS = "These words must not be lost."


def _item(name: str):
    def address(request) -> str:
        request.getfixturevalue("waiting")
        return reverse(f"admin:community_reviewitem_{name}", args=[ReviewItem.objects.get().pk])

    return address


def _of_post(name: str, post: str):
    return lambda request: reverse(name, args=[request.getfixturevalue(post).pk])


def _report(request) -> str:
    return reverse("community:report", args=["question", request.getfixturevalue("published").pk])


def _reply(request) -> str:
    kept = CannedReply.objects.create(title="A reply", text="Thank you.", position=1)
    return reverse("admin:community_cannedreply_change", args=[kept.pk])


def _rule(request) -> str:
    return reverse("admin:community_houserule_change", args=[request.getfixturevalue("house_rule").pk])


def _named(name: str):
    return lambda request: reverse(name)


#: Whose form it is, where it stands, and its fields for words.
FORMS = {
    "appeal": ("caregiver", _of_post("community:appeal", "refused"), ["words"]),
    "report": ("other_caregiver", _report, ["words"]),
    "credential": ("caregiver", _named("accounts:credential"), ["public_name", "letters", "register"]),
    "decision": ("moderator", _item("change"), ["other_words", "reason", "team_note"]),
    "hide": ("moderator", _item("hide"), ["reason", "team_note"]),
    "restore": ("moderator", _item("restore"), ["reason", "team_note"]),
    "saved reply": ("administrator", _reply, ["title", "text"]),
    "house rule": ("administrator", _rule, ["title", "text"]),
    "contact": ("caregiver", _named("pages:contact"), ["message"]),
}

WITH_OTHER_FIELDS = [name for name in FORMS if name not in ("appeal", "house rule")]


@pytest.fixture(params=FORMS, ids=[name.replace(" ", "_") for name in FORMS])
def form(request):
    """The person, the address, and what is typed."""
    who, address, fields = FORMS[request.param]
    person = request.getfixturevalue(who)
    return person, address(request), {name: f"{WORDS} {name}" for name in fields}


def lost(response, typed: dict[str, str]) -> list[str]:
    page = html.unescape(response.content.decode())
    return [name for name, words in typed.items() if words not in page]


def test_an_expired_token(form):
    person, address, typed = form
    response = sign_in(Client(enforce_csrf_checks=True), person).post(address, typed)

    assert response.status_code == 403
    assert lost(response, typed) == []


def test_an_expired_session(form):
    _, address, typed = form

    assert lost(Client().post(address, typed), typed) == []


def test_an_expired_second_step(form):
    """Of the staff; a member needs none."""
    person, address, typed = form
    client = Client()
    client.force_login(person, backend=BACKEND)
    response = client.post(address, typed)

    assert not person.is_staff or response.status_code == 403
    assert not person.is_staff or lost(response, typed) == []


def test_read_only(form, settings):
    person, address, typed = form
    settings.READ_ONLY = True
    response = sign_in(Client(), person).post(address, typed)

    assert response.status_code == 503
    assert lost(response, typed) == []


@pytest.mark.parametrize("form", WITH_OTHER_FIELDS, indirect=True)
def test_a_wrong_field(form):
    """Also where the form does not stand on the page any more."""
    person, address, typed = form
    wrong = {
        "decision": "x",
        "version": "x",
        "type": "x",
        "profession": "x",
        "subject": "x",
        "house_rule": "x",
        "number": "x",
        "position": "x",
    }
    response = sign_in(Client(), person).post(address, {**typed, **wrong})

    assert response.status_code in (200, 409)
    assert lost(response, typed) == []
