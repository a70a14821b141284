"""What only the society knows is written in the admin, and stands where a fixed page leaves room for it."""

from __future__ import annotations

import pytest
from django.contrib.admin import ModelAdmin
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from cachexia_portal import launch
from cachexia_portal.accounts import roles
from cachexia_portal.events.models import Event
from cachexia_portal.launch.confirming import digest_of
from cachexia_portal.launch.models import Confirmed
from cachexia_portal.pages import launch_acts, statements_admin
from cachexia_portal.pages.fixed_pages import ABOUT, BY_CONFIRMATION
from cachexia_portal.pages.models import Statement
from tests.people import asked_once_more, make_member

pytestmark = pytest.mark.django_db
About = Statement.About
ADD = reverse("admin:pages_statement_add")
#: Where each is read, and what stands there until it is written.
WAITS = {
    About.HOSTING: ("privacy", "has not yet written here which companies host this site"),
    About.LAWS: ("privacy", "has not yet written here on which laws"),
    About.FUNDERS: ("funding", "has not yet written here who gives it money"),
    About.COUNTRY_OF_LAW: ("terms", "has not yet written here which country’s law applies"),
}
EACH = pytest.mark.parametrize("about", About)


@pytest.fixture
def admin(client_of, administrator):
    return asked_once_more(client_of(administrator))


def page_of(about):
    return next(page for page in ABOUT if page.name == WAITS[about][0])


def shown(client, about) -> str:
    return " ".join(client.get(page_of(about).address).content.decode().split())


def test_every_page_has_room_for_each_once():
    assert sorted(about for page in ABOUT for about in page.has_room_for) == sorted(About)


@EACH
def test_a_page_says_what_it_waits_for_and_then_what_the_society_said(about, visitor, admin):
    waits = WAITS[about][1]
    assert waits in shown(visitor, about)
    answer = admin.post(ADD, {"about": about, "text": "One thing.\n\nAnother thing."})
    assert answer.status_code == 302
    html = shown(visitor, about)
    assert "<p>One thing.</p> <p>Another thing.</p>" in html
    assert waits not in html


@EACH
def test_while_the_database_is_away_nobody_says_that_nothing_was_said(about, visitor, admin):
    admin.post(ADD, {"about": about, "text": "One thing."})

    def away(*_):
        raise DatabaseError

    with connection.execute_wrapper(away):
        assert "has not yet written here" not in shown(visitor, about)


@EACH
def test_other_words_make_the_page_a_draft_again(about, visitor, admin, administrator):
    page = page_of(about)
    launch_acts.confirm(page.confirmed_as, by=administrator, words_digest=page.digest())
    assert "Draft, to be checked" not in shown(visitor, about)
    admin.post(ADD, {"about": about, "text": "One thing."})
    assert "Draft, to be checked" in shown(visitor, about)


def test_the_words_that_are_confirmed_hold_what_was_said(admin):
    admin.post(ADD, {"about": About.LAWS, "text": "A law with <angles> & more."})
    page = BY_CONFIRMATION[Confirmed.PRIVACY_PAGE]
    assert "A law with <angles> & more." in page.paragraphs()


def change_of(statement) -> str:
    return reverse("admin:pages_statement_change", args=[statement.pk])


@pytest.fixture
def statement(admin):
    admin.post(ADD, {"about": About.LAWS, "text": "A law."})
    return Statement.objects.get()


def recorded(statement) -> list[tuple[str, str]]:
    """Each act with the words that stood there."""
    events = Event.objects.about(statement).order_by("pk").prefetch_related("notes")
    return [(event.verb, event.notes.get().text) for event in events]


def test_every_text_that_ever_stood_there_is_in_the_record(admin, administrator, statement, visitor):
    words = {"text": "Two laws.", "seen": digest_of("A law.")}
    assert admin.post(change_of(statement), words).status_code == 302
    delete = reverse("admin:pages_statement_delete", args=[statement.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 302
    assert recorded(statement) == [
        ("statement_written", "A law."),
        ("statement_changed", "Two laws."),
        ("statement_taken_back", "Two laws."),
    ]
    assert set(Event.objects.about(statement).values_list("actor_id", "to_state")) == {
        (administrator.pk, About.LAWS.value)
    }
    assert WAITS[About.LAWS][1] in shown(visitor, About.LAWS)


def test_several_are_taken_back_with_a_line_in_the_record_for_each(admin, statement):
    admin.post(ADD, {"about": About.HOSTING, "text": "A host."})
    other = Statement.objects.get(about=About.HOSTING)
    chosen = {"action": "delete_selected", "_selected_action": [statement.pk, other.pk], "post": "yes"}
    admin.post(reverse("admin:pages_statement_changelist"), chosen)
    assert not Statement.objects.exists()
    assert [recorded(each)[-1][0] for each in (statement, other)] == ["statement_taken_back"] * 2


def test_a_save_without_a_change_leaves_name_date_and_record(admin, client_of, statement):
    other = asked_once_more(client_of(make_member("Other Boss", roles.ADMINISTRATORS)))
    assert (
        other.post(change_of(statement), {"text": "A law.", "seen": digest_of("A law.")}).status_code == 302
    )
    assert Statement.objects.get().written_by == statement.written_by
    assert len(recorded(statement)) == 1


@pytest.mark.parametrize("seen", ["", "x", digest_of("An older law.")])
def test_nobody_saves_over_words_that_they_have_not_read(admin, statement, seen):
    html = admin.post(change_of(statement), {"text": "Typed for an hour.", "seen": seen}).content.decode()
    assert str(statements_admin.CHANGED) in html
    assert "Typed for an hour." in html
    assert Statement.objects.get().text == "A law."


def test_the_form_brings_what_was_read(admin, statement):
    assert f'value="{digest_of("A law.")}"' in admin.get(change_of(statement)).content.decode()


def test_about_one_thing_there_is_one_statement_and_what_was_typed_is_kept(admin, statement):
    html = admin.post(ADD, {"about": About.LAWS, "text": "Typed for an hour."}).content.decode()
    assert str(statements_admin.TAKEN) in html
    assert "Typed for an hour." in html
    assert "selected" not in html[html.index('<select name="about"') :].split("</select>")[0]
    assert Statement.objects.get().text == "A law."


def test_when_everything_is_said_the_form_says_so(admin, administrator):
    for about in About:
        Statement.objects.create(about=about, text="Said.", written_by=administrator)
    assert str(statements_admin.ALL_TAKEN) in admin.get(ADD).content.decode()


def test_the_second_of_two_windows_at_the_same_moment_keeps_its_words(admin, administrator, monkeypatch):
    add_view = ModelAdmin.add_view

    def too_late(self, *args):
        monkeypatch.setattr(ModelAdmin, "add_view", add_view)
        Statement.objects.create(about=About.LAWS, text="The first.", written_by=administrator)
        raise IntegrityError

    monkeypatch.setattr(ModelAdmin, "add_view", too_late)
    answer = admin.post(ADD, {"about": About.LAWS, "text": "The second."})
    assert answer.status_code == 200
    assert str(statements_admin.TAKEN) in answer.content.decode()
    assert "The second." in answer.content.decode()
    assert Statement.objects.get().text == "The first."


def test_lines_that_are_approved_are_those_of_the_page(admin):
    admin.post(ADD, {"about": About.HOSTING, "text": "Hosting: a company, Germany\nE-mail: another, France"})
    page = BY_CONFIRMATION[Confirmed.PRIVACY_PAGE]
    assert {"Hosting: a company, Germany", "E-mail: another, France"} <= set(page.paragraphs())


def test_a_reader_sees_of_when_the_words_are(clock, visitor, admin):
    admin.post(ADD, {"about": About.COUNTRY_OF_LAW, "text": "The law of Norway."})
    assert "Written by the society on 21 November 2026." in shown(visitor, About.COUNTRY_OF_LAW)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u00ad", "x" * 3_001, "a\0b"])
def test_what_cannot_be_said_is_refused_at_its_field(admin, text):
    answer = admin.post(ADD, {"about": About.LAWS, "text": text})
    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()
    assert not Statement.objects.exists()


def test_hostile_words_do_nothing(visitor, admin):
    admin.post(
        ADD, {"about": About.FUNDERS, "text": '<script>alert(1)</script> <a href="javascript:x">y</a>'}
    )
    html = shown(visitor, About.FUNDERS)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert 'href="javascript:' not in html


def test_nothing_unknown_is_stored(administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(about="weather", text="Rain.", written_by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.create(about=About.LAWS, text="", written_by=administrator)
    assert set(About) == set(WAITS)


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.EDITORS, roles.MEDICAL_REVIEWERS])
def test_nobody_but_administrators(client_of, role):
    browser = asked_once_more(client_of(make_member("Somebody Else", role)))
    assert browser.get(ADD).status_code == 403
    assert browser.post(ADD, {"about": About.LAWS, "text": "A law."}).status_code == 403
    assert not Statement.objects.exists()


def test_on_a_live_site_an_invented_person_has_said_nothing(visitor, admin, administrator, settings):
    admin.post(ADD, {"about": About.LAWS, "text": "An invented law."})
    administrator.is_demo = True
    administrator.save(update_fields=["is_demo"])
    assert "An invented law." not in shown(visitor, About.LAWS)
    settings.IS_DEMO_SITE = True
    assert "An invented law." in shown(visitor, About.LAWS)


def red() -> set[str]:
    return {item.key for item in launch.items() if not item.is_done}


def test_the_privacy_page_is_not_approved_while_it_waits(admin, administrator):
    page = BY_CONFIRMATION[Confirmed.PRIVACY_PAGE]

    def confirm():
        launch_acts.confirm(page.confirmed_as, by=administrator, words_digest=page.digest())

    confirm()
    assert "privacy_page" in red()
    for about in page.has_room_for:
        admin.post(ADD, {"about": about, "text": "What is so."})
    assert "privacy_page" in red()
    confirm()
    assert "privacy_page" not in red()


def test_who_confirms_is_led_to_what_is_missing(admin):
    address = reverse("admin:launch_doors_confirm", args=[Confirmed.PRIVACY_PAGE])
    link = f'href="{ADD}?about={About.LAWS}"'
    assert link in admin.get(address).content.decode()
    admin.post(ADD, {"about": About.LAWS, "text": "A law."})
    html = admin.get(address).content.decode()
    assert link not in html
    assert f'href="{ADD}?about={About.HOSTING}"' in html
    form = admin.get(f"{ADD}?about={About.HOSTING}").content.decode()
    assert f'<option value="{About.HOSTING}" selected>' in form
