"""A copy of everything: all of one member, nothing of anybody else."""

from __future__ import annotations

import html
import json

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from cachexia_portal.accounts.models import Member, OpenSession
from cachexia_portal.limits.rules import EXPORT
from cachexia_portal.pages.exporting import every_model
from tests.pages import export_scene
from tests.pages.export_scene import words

pytestmark = pytest.mark.django_db
EXPORT_PAGE = "/me/export/"
#: From a row to the member whose it is.
OWNER = {
    "accounts.Member": "pk",
    "accounts.Credential": "member",
    "accounts.OpenSession": "member",
    "accounts.UnwantedMail": "member",
    "account.EmailAddress": "user",
    "mfa.Authenticator": "user",
    "events.Event": "actor",
    "community.Post": "author",
    "community.PostRevision": "post__author",
    "community.Draft": "author",
    "community.StoryConsent": "post__author",
    "community.Mark": "member",
    "community.Report": "reporter",
    "community.Appeal": "item__revision__post__author",
    "community.ReviewReason": "item__revision__post__author",
}
#: Their words have an audience, and are planted by name below.
PLANTED_BY_NAME = {"community.DecisionNote", "events.EventNote", "community.Decision"}
WITHOUT_WORDS = {"accounts.Member_groups", "accounts.Member_user_permissions", "community.Post_topics"}
BY_ADDRESS = {"outbox.Mail", "outbox.BlockedAddress", "erasures.Erasure"}


@pytest.fixture
def scene(caregiver, other_caregiver, moderator, other_moderator, verifier, other_verifier):
    return export_scene.live_through(
        caregiver, other_caregiver, moderator, other_moderator, (verifier, other_verifier)
    )


def asked(browser):
    """As just after the page that asks for a password, a code or a device once more."""
    session = browser.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()
    return browser


@pytest.fixture
def browser(client_of, caregiver, scene):
    return asked(client_of(caregiver))


def as_file(browser) -> str:
    return browser.post(EXPORT_PAGE, {"form": "json"}).content.decode()


def as_page(browser) -> str:
    return html.unescape(browser.post(EXPORT_PAGE, {"form": "page"}).content.decode())


FORMS = pytest.mark.parametrize("form", [as_file, as_page])


def texts_of(value) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return [str(value)] if value not in ("", None) else []


def text_columns(model) -> list:
    kinds = (CharField, TextField, JSONField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and f"{model._meta.label}.{field.name}" not in every_model.WITHHELD
    ]


def test_the_table_of_owners_is_whole():
    assert set(OWNER) | PLANTED_BY_NAME | WITHOUT_WORDS | BY_ADDRESS == every_model.HELD


@pytest.mark.parametrize("label", OWNER)
def test_every_word_in_every_column_of_the_member_is_in_the_copy(label, browser, caregiver):
    model, held = apps.get_model(label), json.loads(as_file(browser))
    copy = set(texts_of(held))
    rows = list(model._base_manager.filter(**{OWNER[label]: caregiver.pk}))
    assert rows, "nothing was planted here"
    missing = {
        (field.name, text)
        for row in rows
        for field in text_columns(model)
        for text in texts_of(getattr(row, field.name))
        if text not in copy
    }
    assert not missing


MINE = [
    "my title", "my body", "my new title", "my new body", "clinical body", "source", "when to call",
    "public name", "my reply", "story title", "story", "my draft", "refused title", "refused",
    "note to me", "my appeal", "my report", "my mail", "my event note", "my key",
]  # fmt: skip
NOT_MINE = [
    "their title", "their body", "their answer", "their draft", "their report", "their mail", "private note",
    "their event note", "their team note", "my team note", "my mail text", "their mail text",
]  # fmt: skip


@FORMS
@pytest.mark.parametrize("name", MINE)
def test_what_the_member_wrote_and_was_told_is_there(form, name, browser):
    assert words(name) in form(browser)


@FORMS
def test_nothing_of_anybody_else_is_there(form, browser, caregiver):
    copy = form(browser)
    assert not [name for name in NOT_MINE if words(name) in copy]
    others = Member.objects.exclude(pk=caregiver.pk)
    assert others.count() >= 5
    assert not [person for person in others if person.display_name in copy or person.email in copy]


@FORMS
def test_no_secret_is_there(form, scene, client_of, caregiver):
    caregiver.keep_password("a long enough password")
    browser = asked(client_of(caregiver))
    copy = form(browser)
    assert words("my title") in copy
    for secret in (export_scene.SECRET, "REG-my-number", caregiver.password, browser.session.session_key):
        assert secret not in copy


def test_the_number_of_the_register_is_said_to_be_kept(browser):
    assert json.loads(as_file(browser))["credentials"][0]["has_number"] is True
    assert "never written back" in as_page(browser)


def test_who_reported_is_told_by_no_event_either(browser, caregiver):
    """What readers report stays between them and the desk: not even that somebody did."""
    happened = json.loads(as_file(browser))["events"]
    assert happened
    assert {row["by"] for row in happened} <= {"you", "somebody else", "the site"}
    assert not [row for row in happened if row["verb"] == "reported"]


def test_decisions_carry_codes_times_and_the_note_to_the_author(browser):
    [refusal] = [row for row in json.loads(as_file(browser))["decisions"] if row["verb"] == "refuse"]
    assert (refusal["to_state"], refusal["house_rule"], refusal["note"]) == (
        "rejected",
        1,
        words("note to me"),
    )
    assert refusal["at"]


def test_acts_of_the_staff_are_numbers_and_times(client_of, scene, moderator):
    copy = as_file(asked(client_of(moderator)))
    acts = json.loads(copy)["staff_acts"]
    decided = [row for row in acts if row["subject_kind"] == "community.decision"]
    assert len(decided) >= 4
    assert all(set(row) == {"subject_kind", "what", "subject_id", "at"} for row in acts)
    assert "canary-" not in copy


def test_the_copy_is_a_named_file_that_nobody_keeps(browser, clock):
    answer = browser.post(EXPORT_PAGE, {"form": "json"})
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Content-Disposition"].startswith('attachment; filename="alongside-')
    assert answer["Content-Disposition"].endswith('.json"')
    assert answer["Cache-Control"] == "no-store"
    page = browser.post(EXPORT_PAGE, {"form": "page"})
    assert page["Content-Disposition"].startswith('inline; filename="alongside-')
    assert page["Cache-Control"] == "no-store"


def test_looking_at_the_page_makes_nothing(browser):
    page = browser.get(EXPORT_PAGE)
    assert "canary-" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/me/", "/me/profile/", "/me/close/"])
def test_the_way_there_stands_on_the_members_pages(browser, path):
    assert f'href="{EXPORT_PAGE}"' in browser.get(path).content.decode()


def test_a_visitor_is_asked_to_sign_in(visitor):
    assert visitor.get(EXPORT_PAGE).status_code == 302
    assert visitor.post(EXPORT_PAGE, {"form": "json"}).status_code in (302, 403)


def test_it_asks_once_more_who_it_is(browser):
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    for answer in (browser.get(EXPORT_PAGE), browser.post(EXPORT_PAGE, {"form": "json"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/me/once-more/")
        assert "canary-" not in answer.content.decode()


def test_it_is_limited(browser):
    for _ in range(EXPORT.amount):
        assert browser.post(EXPORT_PAGE, {"form": "json"}).status_code == 200
    answer = browser.post(EXPORT_PAGE, {"form": "json"})
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "canary-" not in answer.content.decode()


def test_an_empty_account_has_an_answer_too(client_of, other_caregiver):
    copy = json.loads(as_file(client_of(other_caregiver)))
    assert copy["posts"] == []
    assert "contact_messages" in copy["about"]["left_out"]
    assert copy["member"][0]["email"] == other_caregiver.email


def test_the_open_session_is_there_as_its_page_shows_it(browser, caregiver):
    OpenSession.objects.filter(member=caregiver).update(
        browser="Firefox", system="Android", network="203.0.113.0/24"
    )
    [row] = json.loads(as_file(browser))["sessions"]
    assert row["network"] == "203.0.113.0/24"
    assert "Firefox" in row["device"]
