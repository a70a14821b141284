"""What invented people said, checked and decided is gone with them: nothing of it speaks for the society."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from cachexia_portal import launch
from cachexia_portal.accounts import roles
from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.launch.models import Confirmation, Confirmed, Doors
from cachexia_portal.pages import launch_acts
from cachexia_portal.pages.fixed_pages import BY_CONFIRMATION
from cachexia_portal.pages.models import SiteNotice, Statement
from tests.help.lines import checked_line
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_site(settings):
    settings.IS_DEMO_SITE, settings.SITE_MODE = True, "demo"
    return settings


def invented(name: str, role: str) -> Member:
    return make_member(name, role, is_demo=True)


@pytest.fixture
def practised(demo_site, db):
    """Invented administrators and verifiers tried everything; then the site goes live and they go."""
    boss = invented("Boss Demo", roles.ADMINISTRATORS)
    for about in Statement.About:
        Statement.objects.create(about=about, text="Invented.", written_by=boss)
    SiteNotice.objects.create(text="Invented.", ends_at=timezone.now() + timedelta(days=1), written_by=boss)
    for what, page in BY_CONFIRMATION.items():
        launch_acts.confirm(what, by=boss, words_digest=page.digest())
    launch_acts.confirm(Confirmed.TEST_MAIL, by=boss)
    launch_acts.move_doors(are_open=False, reason="To try it.", by=boss)
    launch_acts.move_doors(are_open=True, reason="To try it.", by=boss)
    return demo_site


def test_nothing_is_said_confirmed_or_open(practised):
    call_command("remove_demo")
    practised.IS_DEMO_SITE, practised.SITE_MODE = False, "live"
    assert not Member.objects.filter(is_demo=True).exists()
    assert not Statement.objects.exists()
    assert not SiteNotice.objects.exists()
    assert not Confirmation.objects.exists()
    assert not Doors.objects.filter(cause="by_hand").exists()


def test_what_real_people_said_stays(practised, administrator):
    Statement.objects.filter(about="laws").delete()
    Statement.objects.create(about="laws", text="A law.", written_by=administrator)
    launch_acts.confirm(Confirmed.BACKUP_RESTORED, by=administrator)
    call_command("remove_demo")
    assert Statement.objects.get().text == "A law."
    assert Confirmation.objects.get().by == administrator


@pytest.mark.parametrize("others_are_real", [True, False])
def test_a_check_by_somebody_invented_is_none(demo_site, caregiver, verifier, others_are_real):
    first = invented("Vera Demo", roles.VERIFIERS)
    second = verifier if others_are_real else invented("Vito Demo", roles.VERIFIERS)
    checked_line(first, second, timezone.localdate())
    half = checked_line(first, second, timezone.localdate())
    half.checked_on = half.checked_by = half.confirmed_by = None
    half.first_check_by, half.first_check_on = first, timezone.localdate()
    half.save()
    give_credential(caregiver, first, second)
    call_command("remove_demo")
    for line in type(half).objects.all():
        assert (line.checked_on, line.checked_by, line.confirmed_by, line.first_check_by) == (None,) * 4
    credential = Credential.objects.get()
    assert (credential.checked_by, credential.confirmed_by) == (None, None)
    assert not credential.is_valid_on(timezone.localdate())


def test_checks_by_real_people_stay(demo_site, caregiver, verifier, other_verifier):
    line = checked_line(verifier, other_verifier, timezone.localdate())
    give_credential(caregiver, verifier, other_verifier)
    call_command("remove_demo")
    line.refresh_from_db()
    assert line.is_checked
    assert Credential.objects.get().is_valid_on(timezone.localdate())


def test_the_guards_are_back(practised):
    call_command("remove_demo")
    launch.close_after_restore()
    with pytest.raises(DatabaseError), transaction.atomic():
        Doors.objects.all().delete()
