"""A live site before its first day: no row says that the doors were ever opened."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.utils import timezone

from cachexia_portal.accounts import roles
from cachexia_portal.events.append_only import lifted
from cachexia_portal.launch.models import Confirmed, Doors
from cachexia_portal.outbox.heartbeat import beat
from cachexia_portal.pages import launch_acts
from cachexia_portal.pages.fixed_pages import BY_CONFIRMATION
from cachexia_portal.pages.models import Statement
from community.models import HouseRule, StaffedHours
from tests.help.lines import checked_line
from tests.people import give_credential, make_member


@pytest.fixture
def never_opened(db):
    """The site as it is set up, before anything on the list is true."""
    with lifted(connection):
        Doors.objects.all().delete()


@pytest.fixture
def green(never_opened, settings, administrator, verifier, other_verifier):
    """Everything on the list, each thing by the row that makes it true."""
    settings.ORGANISATION, settings.POSTAL_ADDRESS = "The Society", "1 High Street, Oldtown"
    for name in ("Mona Field", "Milo Stone"):
        make_member(name, roles.MODERATORS)
    give_credential(make_member("Cleo Marsh"), verifier, other_verifier, profession="physician")
    StaffedHours.objects.create(weekday=0, begins=time(9), ends=time(17))
    checked_line(verifier, other_verifier, timezone.localdate())
    HouseRule.objects.create(number=1, title="Be kind", text="Speak to others as you would at their table.")
    for about in (Statement.About.HOSTING, Statement.About.LAWS):
        Statement.objects.create(about=about, text="What is so.", written_by=administrator)
    for what in (Confirmed.HOUSE_RULES, Confirmed.PRIVACY_PAGE):
        launch_acts.confirm(what, by=administrator, words_digest=BY_CONFIRMATION[what].digest())
    for what in (Confirmed.TEST_MAIL, Confirmed.BACKUP_RESTORED):
        launch_acts.confirm(what, by=administrator)
    beat()
    return administrator
