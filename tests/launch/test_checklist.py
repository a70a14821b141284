"""Everything on the list is red on a new site, green by its own rows, and red again without any one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cachexia_portal import launch
from cachexia_portal.accounts import roles
from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.help.models import HelpLine
from cachexia_portal.launch import confirming
from cachexia_portal.launch.models import Cause, Confirmation, Doors
from cachexia_portal.outbox.models import Heartbeat
from cachexia_portal.pages import launch_acts
from cachexia_portal.pages.due import SWEEPS
from cachexia_portal.pages.fixed_pages import BY_CONFIRMATION
from community.models import HouseRule, Post, StaffedHours
from tests.help.lines import checked_line, make_line
from tests.people import make_member

pytestmark = pytest.mark.django_db
KEYS = [
    "addresses",
    "moderators",
    "clinician",
    "staffed_hours",
    "help_lines",
    "house_rules",
    "privacy_page",
    "test_mail",
    "backup",
    "heartbeat",
]


def red() -> set[str]:
    return {item.key for item in launch.items() if not item.is_done}


def test_on_a_new_site_nothing_is_done_and_each_says_what_to_do(never_opened, settings):
    settings.ORGANISATION = ""
    assert [item.key for item in launch.items()] == KEYS
    assert red() == set(KEYS)
    assert all(item.what_to_do and item.title for item in launch.items())


def test_everything_is_green_by_its_own_rows(green):
    assert not red()


def without_address(settings):
    settings.SAFEGUARDING_EMAIL = " "


def with_one_moderator(settings):
    Member.objects.filter(display_name="Milo Stone").update(is_active=False)


def with_an_ended_credential(settings):
    Credential.objects.update(ended_on=timezone.localdate())


def with_a_researcher_only(settings):
    Credential.objects.update(profession="researcher")


def with_a_social_worker_only(settings):
    Credential.objects.update(profession="social_worker")


def with_a_clinician_who_may_not_sign_in(settings):
    Member.objects.filter(display_name="Cleo Marsh").update(is_active=False)


def without_hours(settings):
    StaffedHours.objects.all().delete()


def with_one_unchecked_line(settings):
    make_line(number="555-0199")


def with_an_old_check(settings):
    HelpLine.objects.update(checked_on=timezone.localdate() - timedelta(days=90))


def in_another_country(settings):
    settings.HOME_COUNTRY = "IE"


def with_a_rule_more(settings):
    HouseRule.objects.create(number=2, title="No selling", text="Nothing is sold here.")


def with_another_privacy_address(settings):
    settings.PRIVACY_EMAIL = "somebody-else@example.org"


def with_a_silent_worker(settings):
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=11))


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (without_address, "addresses"),
        (with_one_moderator, "moderators"),
        (with_an_ended_credential, "clinician"),
        (with_a_researcher_only, "clinician"),
        (with_a_social_worker_only, "clinician"),
        (with_a_clinician_who_may_not_sign_in, "clinician"),
        (without_hours, "staffed_hours"),
        (with_one_unchecked_line, "help_lines"),
        (with_an_old_check, "help_lines"),
        (in_another_country, "help_lines"),
        (with_a_rule_more, "house_rules"),
        (with_another_privacy_address, "privacy_page"),
        (with_a_silent_worker, "heartbeat"),
    ],
)
def test_one_thing_missing_is_one_red_line(green, settings, change, key):
    change(settings)
    assert red() == {key}


@pytest.mark.parametrize(
    "name", ["ORGANISATION", "POSTAL_ADDRESS", "CONTACT_EMAIL", "SAFEGUARDING_EMAIL", "PRIVACY_EMAIL"]
)
def test_each_of_the_addresses_is_asked_for(green, settings, name):
    setattr(settings, name, "")
    assert "addresses" in red()


def test_a_page_without_a_rule_is_not_approved_by_a_yes(green):
    HouseRule.objects.all().delete()
    digest = BY_CONFIRMATION["house_rules"].digest()
    launch_acts.confirm("house_rules", by=green, words_digest=digest)
    assert red() == {"house_rules"}


def test_the_same_words_in_other_lines_are_the_same():
    assert confirming.digest_of("Be kind.\n Always.") == confirming.digest_of("Be  kind. Always.")
    assert confirming.digest_of("Be kind.") != confirming.digest_of("Be kind")


def test_who_confirmed_last_is_named(green, verifier):
    launch_acts.confirm("backup_restored", by=verifier)
    assert confirming.newest("backup_restored").by == verifier


def test_a_check_of_the_line_of_another_country_does_not_matter(green):
    make_line(country="IE", number="555-0100")
    assert not red()


def test_words_that_come_back_need_no_new_yes(green):
    rule = HouseRule.objects.get()
    rule.text += " Now."
    rule.save()
    assert red() == {"house_rules"}
    rule.text = rule.text.removesuffix(" Now.")
    rule.save()
    assert not red()


def test_the_words_are_those_of_the_page(green, visitor):
    """What is approved is what is read: nothing of the page is left out, nothing of its frame is in."""
    page = visitor.get("/about/privacy/").content.decode()
    words = BY_CONFIRMATION["privacy_page"].paragraphs()
    assert any("You can read everything here without telling us anything." in line for line in words)
    assert any("The Society" in line for line in words)
    assert not any("<" in line for line in words)
    assert "Skip to" in page
    assert not any("Skip to" in line for line in words)


def test_an_invented_person_makes_nothing_green(green):
    Member.objects.filter(groups__name=roles.MODERATORS).update(is_demo=True)
    Credential.objects.update(is_demo=True)
    assert red() == {"moderators", "clinician"}


def test_the_line_of_the_clinician_says_whose_credential_counts(green):
    """Whoever appoints a researcher or a social worker would wait for the line in vain."""
    [line] = [item for item in launch.items() if item.key == "clinician"]
    wanted = "a doctor, nurse, dietitian, pharmacist, psychologist or physiotherapist."
    assert f"Wanted is {wanted}" in line.what_to_do
    assert (
        "A researcher or social worker may have a credential too, and does not count here." in line.what_to_do
    )


def test_the_doors_open_by_themselves_when_everything_is_green(green, client_of):
    """From the closed page to the post: nothing but rows in between."""
    browser = client_of(make_member("Robin Hill"))
    sent = {"_do": "send", "body": "He eats nothing.", "shown_as": "name", "relation": "partner"}
    assert browser.post("/questions/ask/", sent).status_code == 409
    launch.open_when_ready()
    assert browser.post("/questions/ask/", sent).status_code == 302
    assert Post.objects.get().author.display_name == "Robin Hill"
    assert (Doors.objects.get().cause, Doors.objects.get().by) == (Cause.READY, None)


def test_it_happens_in_the_due_work(green):
    assert "cachexia_portal.launch.open_when_ready" in SWEEPS


@pytest.mark.parametrize("key", KEYS)
def test_while_anything_is_red_they_stay_closed(green, settings, key, monkeypatch):
    path = settings.LAUNCH_CHECKS[KEYS.index(key)]
    monkeypatch.setattr(path, lambda: launch.Item(key, "", is_done=False, what_to_do=""))
    launch.open_when_ready()
    assert not Doors.objects.exists()
    assert not launch.may_people_write()


def test_what_turns_red_later_closes_nothing(green, settings):
    launch.open_when_ready()
    without_hours(settings)
    launch.open_when_ready()
    assert launch.may_people_write()
    assert Doors.objects.count() == 1


def test_doors_that_a_person_or_a_restore_closed_open_by_no_sweep(green, administrator):
    launch.open_when_ready()
    for close in (
        lambda: launch_acts.move_doors(are_open=False, reason="Nobody is here.", by=administrator),
        launch.close_after_restore,
    ):
        close()
        assert not red(), "everything is ready"
        launch.open_when_ready()
        assert not launch.may_people_write()


def test_a_demonstration_opens_no_doors_for_a_later_live_site(green, settings):
    settings.IS_DEMO_SITE = True
    launch.open_when_ready()
    assert not Doors.objects.exists()


def test_nobody_opens_by_hand_before_everything_was_ready_once(green, settings, administrator):
    StaffedHours.objects.all().delete()
    with pytest.raises(launch_acts.NotReadyYet):
        launch_acts.move_doors(are_open=True, reason="It will do.", by=administrator)
    assert not launch.may_people_write()


def test_after_the_first_day_a_person_decides(green, settings, administrator):
    launch.open_when_ready()
    StaffedHours.objects.all().delete()
    launch_acts.move_doors(are_open=False, reason="Nobody is here.", by=administrator)
    assert launch_acts.move_doors(are_open=True, reason="We are back.", by=administrator)
    assert launch.may_people_write()


def test_who_closes_before_the_first_day_is_heard(never_opened, administrator):
    assert launch_acts.move_doors(are_open=False, reason="Not before spring.", by=administrator)
    assert launch_acts.move_doors(are_open=False, reason="Again.", by=administrator) is None


def test_an_act_and_its_event_stand_or_fall_together(green, monkeypatch):
    def fail(*_args, **_named):
        raise ZeroDivisionError

    before = Confirmation.objects.count()
    monkeypatch.setattr(launch_acts.events, "record", fail)
    with pytest.raises(ZeroDivisionError):
        launch_acts.confirm("backup_restored", by=green)
    with pytest.raises(ZeroDivisionError):
        launch_acts.move_doors(are_open=True, reason="We begin.", by=green)
    assert Confirmation.objects.count() == before
    assert not Doors.objects.exists()


@pytest.mark.parametrize(
    ("cause", "are_open"), [("ready", False), ("restored", True), ("by_hand", True), ("", True)]
)
def test_the_database_refuses_doors_that_move_for_no_cause(never_opened, cause, are_open):
    with pytest.raises(IntegrityError), transaction.atomic():
        Doors.objects.create(are_open=are_open, cause=cause)


def test_a_line_checked_by_two_is_enough(green, verifier, other_verifier):
    checked_line(verifier, other_verifier, timezone.localdate(), number="555-0177")
    assert not red()
