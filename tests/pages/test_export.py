"""A copy of everything: all of one member, nothing of anybody else."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CharField, JSONField, TextField

from cachexia_portal import erasures, events, outbox
from cachexia_portal.accounts.models import Member, OpenSession
from cachexia_portal.erasures.models import Kind
from cachexia_portal.limits.rules import EXPORT
from cachexia_portal.pages.exporting import codes, every_model
from cachexia_portal.pages.exporting.reading import shown
from cachexia_portal.screening.rule import Category
from community.models import Post, StoryConsent
from tests.pages import export_scene
from tests.pages.export_scene import words
from tests.people import make_member

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


def test_the_page_says_in_words_what_the_file_says_in_codes(browser, caregiver):
    """At three in the morning nobody reads "self_harm"; and a time without its zone is no time."""
    Member.objects.filter(pk=caregiver.pk).update(time_zone="Asia/Tokyo")
    copy, page = as_file(browser), as_page(browser)
    for code, in_words in (
        ('"relation": "partner"', "Husband, wife or partner"),
        ('"shown_as": "name"', "With the name I chose"),
        ('"country": "US"', "United States"),
        ('"to_state": "rejected"', "Not published"),
    ):
        assert code in copy
        assert in_words in page
    assert ">partner<" not in page
    assert "those of Asia/Tokyo" in page


@pytest.mark.parametrize("category", Category)
def test_what_the_checks_found_is_said_gently(category):
    assert codes.in_words("kind", category) == str(codes.FOUND[category]) != category


def test_nothing_is_not_said_of_what_is_held_and_cannot_be_given(browser):
    """A digest of the name is kept: "nothing" under that heading was untrue."""
    page = as_page(browser)
    for key in ("taken_name", "contact_messages"):
        section = page[page.index(f'<h2 id="{key}">') :]
        assert "Nothing." not in section[: section.index("</section>")]
    assert "Nothing." in page


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


def test_who_did_nothing_here_is_given_no_row_of_anybody(browser, scene, client_of):
    """Beside two members and a staff who lived through everything."""
    newcomer = asked(client_of(make_member("Nora New")))
    copy = json.loads(as_file(newcomer))
    held = {key: len(rows) for key, rows in copy.items() if key != "about" and rows}
    assert held == {"member": 1, "addresses": 1, "sessions": 1}


def test_an_erasure_of_somebody_else_with_the_number_of_a_post_of_theirs_is_not_theirs(
    client_of, caregiver, scene
):
    for kind in Kind:
        erasures.record(kind, scene.mine.pk)
        erasures.record(kind, caregiver.pk)
        erasures.record(kind, 77_777)
    held = json.loads(as_file(asked(client_of(caregiver))))["erasures"]
    own = {(row["kind"], row["subject_id"]) for row in held}
    of_member = {Kind.ACCOUNT_CLOSED, Kind.HEALTH_CONSENT_ENDED}
    assert {pair for pair in own if pair[0] in of_member} == {(kind, caregiver.pk) for kind in of_member}
    consents = set(StoryConsent.objects.by(caregiver).values_list("pk", flat=True))
    posts = set(Post.objects.filter(author=caregiver).values_list("pk", flat=True))
    for kind, subject in own - {(kind, caregiver.pk) for kind in of_member}:
        assert subject in (consents if kind == Kind.CONSENT_WITHDRAWN else posts), (kind, subject)
    assert (Kind.FORGOTTEN, scene.mine.pk) in own
    assert not {Kind.GUIDE_WITHDRAWN, Kind.URGENT_NOTICE} & {kind for kind, _ in own}


def test_what_they_did_to_a_row_that_is_not_theirs_is_told(browser, caregiver, other_caregiver):
    """Who did it is theirs to know; of what was done to others they see the number alone."""
    events.record("marked_as_helpful", other_caregiver, by=caregiver)
    happened = json.loads(as_file(browser))["events"]
    [told] = [row for row in happened if row["verb"] == "marked_as_helpful"]
    assert (told["by"], told["subject_id"]) == ("you", other_caregiver.pk)


def test_what_others_did_to_their_rows_is_told_as_somebody_elses(browser, caregiver, verifier):
    credential = caregiver.credentials.get()
    events.record("confirmed", credential, by=verifier)
    happened = json.loads(as_file(browser))["events"]
    by = {(row["subject_kind"], row["verb"]): row["by"] for row in happened}
    assert by["accounts.member", "role_given"] == "somebody else"
    assert by["accounts.credential", "confirmed"] == "somebody else"
    assert by["accounts.member", "consented"] == "you"
    assert {"community.post", "community.postrevision"} & {kind for kind, _verb in by}


def test_what_is_no_text_is_there_too(browser, scene):
    posts = {row["id"]: row for row in json.loads(as_file(browser))["posts"]}
    assert posts[scene.mine.pk]["noindex"] is True
    assert posts[scene.mine.pk]["published_at"]
    assert posts[scene.clinical.pk]["lane"] == "clinical"


def test_an_address_that_no_mail_goes_to_is_said(browser, caregiver):
    rows = json.loads(as_file(browser))["addresses"]
    assert [row["reason"] for row in rows if "reason" in row] == ["bounced"]


def test_a_former_address_has_its_mails_too(browser, caregiver):
    EmailAddress.objects.create(user=caregiver, email="former@example.org", verified=True, primary=False)
    outbox.enqueue("former", "former@example.org", "canary-former-canary", "Words")
    assert "canary-former-canary" in as_file(browser)


def test_a_session_that_is_over_is_not_told_as_open(client_of, caregiver, browser):
    open_ones = len(json.loads(as_file(browser))["sessions"])
    asked(client_of(caregiver)).get("/me/")
    assert len(json.loads(as_file(browser))["sessions"]) == open_ones + 1
    Session.objects.exclude(pk=browser.session.session_key).delete()
    assert len(json.loads(as_file(browser))["sessions"]) == open_ones


def test_the_page_says_yes_and_no_and_the_time_of_the_member(caregiver):
    moment = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    row = {"noindex": True, "is_staff": False, "at": moment, "topics": [], "note": ""}
    said = [str(value) for _label, value in shown(row, ZoneInfo("Asia/Tokyo"))]
    assert said == ["yes", "no", "21 November 2026, 18:00"]


def test_the_open_session_is_there_as_its_page_shows_it(browser, caregiver):
    OpenSession.objects.filter(member=caregiver).update(
        browser="Firefox", system="Android", network="203.0.113.0/24"
    )
    [row] = json.loads(as_file(browser))["sessions"]
    assert row["network"] == "203.0.113.0/24"
    assert "Firefox" in row["device"]
