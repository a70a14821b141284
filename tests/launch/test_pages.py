"""The checklist in the admin: who sees it, what it shows, and every act with a question before it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.management import call_command

from cachexia_portal import launch
from cachexia_portal.accounts import roles
from cachexia_portal.events.models import Event, EventNote
from cachexia_portal.launch.models import Confirmation, Confirmed, Doors
from cachexia_portal.pages import launch_acts, launch_trials
from cachexia_portal.pages.fixed_pages import BY_CONFIRMATION
from community.models import HouseRule
from tests.people import make_member

pytestmark = pytest.mark.django_db
LIST = "/admin/launch/doors/"
MOVE = f"{LIST}move/"


def was_asked(browser) -> None:
    """As after the page that asks for the password or the device once more."""
    session = browser.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()


@pytest.fixture
def signed_in(client_of, administrator):
    """Signed in, and not asked since."""
    return client_of(administrator)


@pytest.fixture
def admin(signed_in):
    """Asked a moment ago whether it is still the same person."""
    was_asked(signed_in)
    return signed_in


def test_the_list_is_red_and_green_with_what_to_do_and_where(green, admin):
    HouseRule.objects.create(number=2, title="No selling", text="Nothing is sold here.")
    page = admin.get(LIST).content.decode()
    assert "9 of 10 are done" in page
    line = page[page.index('id="house_rules"') :].split("</li>")[0]
    assert "desk-pill late" in line
    assert "approve exactly these words" in line
    assert f'href="{LIST}confirm/house_rules/"' in line
    assert page.count("desk-pill late") == 2  # this one, and the doors
    assert "style=" not in page


def test_every_address_of_the_list_is_a_page_for_administrators(green, admin):
    for item in launch.items():
        if item.address:
            assert admin.get(item.address).status_code == 200, item


def test_the_admin_index_leads_there(admin, client_of, moderator):
    assert f'href="{LIST}"' in admin.get("/admin/").content.decode()
    assert f'href="{LIST}"' not in client_of(moderator).get("/admin/").content.decode()


def test_the_admin_index_says_that_the_doors_are_closed(never_opened, client_of, moderator, administrator):
    words = "No new questions, answers, replies or stories are taken just now."
    assert words in client_of(moderator).get("/admin/").content.decode()
    launch.move_by_hand(are_open=True, by=administrator)
    assert words not in client_of(moderator).get("/admin/").content.decode()


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.EDITORS, roles.VERIFIERS, roles.MEDICAL_REVIEWERS])
@pytest.mark.parametrize("path", [LIST, MOVE, f"{LIST}confirm/house_rules/", f"{LIST}arrived/"])
def test_nobody_but_administrators(client_of, role, path):
    browser = client_of(make_member("Somebody Else", role))
    assert browser.get(path).status_code == 403
    assert browser.post(path, {"act": "close", "reason": "No.", "read": "", "key": ""}).status_code == 403
    assert launch.may_people_write()
    assert not Confirmation.objects.exists()


def test_the_demonstration_shows_the_list_and_closes_nothing(settings, never_opened, admin):
    settings.IS_DEMO_SITE = True
    page = admin.get(LIST).content.decode()
    assert "nothing is closed here" in page
    assert "desk-pill ok" in page


# --- The doors ------------------------------------------------------------------


def test_closing_by_hand_keeps_reason_name_and_event(admin, administrator):
    assert "Close the doors" in admin.get(MOVE).content.decode()
    assert admin.post(MOVE, {"act": "close", "reason": "Nobody is here to read."}).status_code == 302
    assert not launch.may_people_write()
    doors = Doors.objects.latest("pk")
    event = Event.objects.about(doors).get()
    assert (doors.by, event.actor, event.verb) == (administrator, administrator, "closed")
    assert EventNote.objects.get(event=event).text == "Nobody is here to read."
    page = admin.get(LIST).content.decode()
    assert "Nobody is here to read." in page
    assert administrator.display_name in page


def test_after_a_restore_the_list_says_so_and_a_person_opens(admin):
    launch.close_after_restore()
    page = admin.get(LIST).content.decode()
    assert "came back from a backup" in page
    assert admin.post(MOVE, {"act": "open", "reason": "All is there."}).status_code == 302
    assert launch.may_people_write()


def test_no_reason_no_move(admin):
    page = admin.post(MOVE, {"act": "close", "reason": " "})
    assert page.status_code == 200
    assert "Write a few words" in page.content.decode()
    assert launch.may_people_write()


def test_a_form_without_its_button_moves_nothing(admin):
    page = admin.post(MOVE, {"reason": "Which button was it?"})
    assert "Which button was it?" in page.content.decode()
    assert launch.may_people_write()


def test_opening_before_the_list_is_done_is_refused_and_the_reason_stays(never_opened, admin, administrator):
    launch.move_by_hand(are_open=False, by=administrator)
    page = admin.post(MOVE, {"act": "open", "reason": "It will do."}).content.decode()
    assert "Something on the list is not done yet." in page
    assert "It will do." in page
    assert not launch.may_people_write()


def test_the_second_of_two_learns_that_it_was_done(admin, administrator):
    launch_acts.move_doors(are_open=False, reason="First.", by=administrator)
    page = admin.post(MOVE, {"act": "close", "reason": "Second."}, follow=True).content.decode()
    assert "Somebody else has just done so." in page
    assert "First." in page


def test_moving_asks_once_more_who_it_is_and_keeps_what_was_typed(signed_in):
    answer = signed_in.post(MOVE, {"act": "close", "reason": "A long and careful reason."})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert launch.may_people_write()
    signed_in.get(MOVE)  # looking again before answering takes nothing away
    was_asked(signed_in)
    assert "A long and careful reason." in signed_in.get(MOVE).content.decode()


@pytest.mark.parametrize("more", [0, 1_000], ids=["as_long_as_a_browser_allows", "longer"])
def test_a_long_reason_is_kept_whole_while_the_person_is_asked(signed_in, more):
    lines = "Nobody is here.\r\n" * 62  # a browser counts each of these line ends once
    signed_in.post(MOVE, {"act": "close", "reason": f"{lines}{'x' * more}The end."})
    was_asked(signed_in)
    assert "The end.</textarea>" in signed_in.get(MOVE).content.decode()


def test_a_reason_that_was_used_does_not_wait_in_the_next_form(signed_in):
    signed_in.post(MOVE, {"act": "close", "reason": "A long and careful reason."})
    was_asked(signed_in)
    signed_in.post(MOVE, {"act": "close", "reason": "A long and careful reason."})
    assert not launch.may_people_write()
    assert "A long and careful reason." not in signed_in.get(MOVE).content.decode()


# --- What only a person knows ------------------------------------------------------


@pytest.mark.parametrize("what", ["house_rules", "privacy_page", "backup_restored"])
def test_confirming_asks_once_more_who_it_is(signed_in, what):
    path = f"{LIST}confirm/{what}/"
    digest = BY_CONFIRMATION[what].digest() if what in BY_CONFIRMATION else ""
    for answer in (signed_in.get(path), signed_in.post(path, {"read": digest})):
        assert "reauthenticate" in answer["Location"]
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("what", ["house_rules", "privacy_page", "backup_restored"])
def test_confirming_is_a_button_an_event_and_a_green_line(admin, administrator, what):
    path = f"{LIST}confirm/{what}/"
    page = admin.get(path).content.decode()
    assert not Confirmation.objects.exists(), "looking changes nothing"
    read = re.search(r'name="read" value="(\w*)"', page).group(1)
    assert admin.post(path, {"read": read}).status_code == 302
    confirmation = Confirmation.objects.get()
    assert (confirmation.what, confirmation.by) == (what, administrator)
    event = Event.objects.about(confirmation).get()
    assert (event.verb, event.to_state, event.actor) == ("confirmed", what, administrator)
    assert administrator.display_name in admin.get(path).content.decode()


def test_words_that_changed_under_the_reader_are_not_approved(admin):
    HouseRule.objects.create(number=1, title="Be kind", text="Speak softly.")
    path = f"{LIST}confirm/house_rules/"
    page = admin.get(path).content.decode()
    assert "Speak softly." in page
    read = re.search(r'name="read" value="(\w+)"', page).group(1)
    HouseRule.objects.update(text="Speak loudly.")
    answer = admin.post(path, {"read": read}).content.decode()
    assert "The words have changed since you opened this page." in answer
    assert "Speak loudly." in answer
    assert not Confirmation.objects.exists()


def test_nothing_else_is_confirmed_here(admin):
    assert admin.get(f"{LIST}confirm/test_mail/").status_code == 404
    assert admin.post(f"{LIST}confirm/anything/").status_code == 404


# --- The test mail --------------------------------------------------------------------


@pytest.fixture
def link(settings):
    call_command("send_test_mail", "ada@example.org")
    [sent] = mail.outbox
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+key=\S+)", sent.body).group(1)


def test_the_link_of_the_test_mail_leads_to_a_button(admin, administrator, link):
    page = admin.get(link).content.decode()
    assert "ada@example.org" in page
    assert not Confirmation.objects.exists(), "looking changes nothing"
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    assert admin.post(f"{LIST}arrived/", {"key": key}).status_code == 302
    assert Confirmation.objects.get().what == Confirmed.TEST_MAIL
    assert launch_trials.test_mail_arrived().is_done


def test_one_mail_counts_once(admin, link):
    key = re.search(r'name="key" value="([^"]+)"', admin.get(link).content.decode()).group(1)
    for _ in range(2):
        admin.post(f"{LIST}arrived/", {"key": key})
    assert Confirmation.objects.count() == 1
    assert "This mail was confirmed by" in admin.get(link).content.decode()


@pytest.mark.parametrize("key", ["", "nonsense", "ImFAYi5jIg:1abc:xyz"])
def test_a_link_of_nobodys_confirms_nothing(admin, key):
    page = admin.post(f"{LIST}arrived/", {"key": key}).content.decode()
    assert "This link is too old, or not complete." in page
    assert not Confirmation.objects.exists()


def test_a_link_ends_after_a_week(clock, admin, link):
    key = re.search(r'name="key" value="([^"]+)"', admin.get(link).content.decode()).group(1)
    assert launch_trials.address_of(key)
    clock.shift(launch_trials.KEY_HOLDS_FOR.total_seconds() + 1)
    assert not launch_trials.address_of(key)


def test_the_test_mail_asks_once_more_who_it_is(signed_in, link):
    assert "reauthenticate" in signed_in.get(link)["Location"]
