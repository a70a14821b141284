"""Every other page about the site stands under the list, with its state and the way to confirm it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cachexia_portal import launch
from cachexia_portal.accounts import roles
from cachexia_portal.events.models import Event
from cachexia_portal.help.approving import approve_page
from cachexia_portal.launch.models import Confirmation
from cachexia_portal.pages import launch_acts
from cachexia_portal.pages.fixed_pages import ABOUT, PAGES
from tests.people import asked_once_more, make_member

pytestmark = pytest.mark.django_db
LIST = "/admin/launch/doors/"
BELOW = [page for page in PAGES if page.name not in {"house_rules", "privacy"}]
CONFIRMED = [page for page in BELOW if page.confirmed_as]
EACH = pytest.mark.parametrize("page", CONFIRMED, ids=lambda page: page.name)


@pytest.fixture
def admin(client_of, administrator):
    return asked_once_more(client_of(administrator))


def path_of(page) -> str:
    return f"{LIST}confirm/{page.confirmed_as.value}/"


def row_of(client, page) -> str:
    html = " ".join(client.get(LIST).content.decode().split())
    return html[html.index(f'id="page-{page.name}"') :].split("</li>")[0]


def test_each_page_that_the_list_does_not_name_stands_below_it(admin):
    html = admin.get(LIST).content.decode()
    below = html[html.index('id="other-pages"') :]
    assert re.findall(r'id="page-([a-z_]+)"', below) == [page.name for page in BELOW]
    assert " of 10 are done" in html, "they do not count"


@EACH
def test_confirming_is_a_button_an_event_and_a_name_in_the_row(page, admin, administrator):
    assert "Nobody has said yet that these are our words." in row_of(admin, page)
    assert f'href="{path_of(page)}"' in row_of(admin, page)
    html = admin.get(path_of(page)).content.decode()
    assert str(page.title) in html
    assert not Confirmation.objects.exists(), "looking changes nothing"
    read = re.search(r'name="read" value="(\w{64})"', html).group(1)
    assert admin.post(path_of(page), {"read": read}).status_code == 302
    confirmation = Confirmation.objects.get()
    assert (confirmation.what, confirmation.by) == (page.confirmed_as, administrator)
    assert Event.objects.about(confirmation).get().to_state == page.confirmed_as
    assert f"Confirmed by {administrator}" in row_of(admin, page)


@EACH
def test_it_asks_once_more_who_it_is(page, client_of, administrator):
    browser = client_of(administrator)
    for answer in (browser.get(path_of(page)), browser.post(path_of(page), {"read": page.digest()})):
        assert "reauthenticate" in answer["Location"]
    assert not Confirmation.objects.exists()


def test_other_words_than_those_that_were_read_are_not_confirmed(admin, settings):
    [mission] = [page for page in ABOUT if page.name == "mission"]
    read = mission.digest()
    settings.ORGANISATION = "Another Society"
    answer = admin.post(path_of(mission), {"read": read}).content.decode()
    assert "The words have changed since you opened this page." in answer
    assert "Another Society" in answer
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.EDITORS, roles.MEDICAL_REVIEWERS])
def test_nobody_but_administrators(client_of, role):
    browser = asked_once_more(client_of(make_member("Somebody Else", role)))
    for page in CONFIRMED:
        assert browser.get(path_of(page)).status_code == 403
        assert browser.post(path_of(page), {"read": page.digest()}).status_code == 403
    assert not Confirmation.objects.exists()


def test_a_row_is_done_with_every_yes_that_the_page_needs(clock, admin, administrator, medical_reviewer):
    for page in BELOW:
        assert "desk-pill wait" in row_of(admin, page)
        if page.confirmed_as:
            launch_acts.confirm(page.confirmed_as, by=administrator, words_digest=page.digest())
        if page.checked_as:
            assert "desk-pill wait" in row_of(admin, page)
            approve_page(page, by=medical_reviewer, read_hash=page.digest())
            assert "Checked for this site by Dr Rhea Moss, MD, on 21 November 2026." in row_of(admin, page)
        assert "desk-pill ok" in row_of(admin, page)


def test_only_who_may_approve_is_led_to_the_health_words(admin, client_of):
    [mission] = [page for page in ABOUT if page.name == "mission"]
    link = reverse("admin:help_fixedpageapproval_read", args=["mission"])
    assert link not in row_of(admin, mission)
    assert "Approvals of fixed pages" in row_of(admin, mission)
    superuser = make_member("Sue Root", is_staff=True, is_superuser=True)
    assert link in row_of(client_of(superuser), mission)


def test_the_doors_open_without_them(green):
    launch.open_when_ready()
    assert launch.may_people_write()


def test_on_a_live_site_an_invented_person_has_confirmed_nothing(green):
    green.is_demo = True
    green.save(update_fields=["is_demo"])
    red = {item.key for item in launch.items() if not item.is_done}
    assert red == {"house_rules", "privacy_page", "test_mail", "backup"}
