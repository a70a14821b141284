"""What invented people said, checked and decided for the society: nothing of it outlasts the demonstration.

Those rows say who acted, and a live site leaves out what demo people did. Their accounts stay as empty
rows when the demonstration is removed and are demo no more, so these rows go before them.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Q

from cachexia_portal.accounts.models import Credential
from cachexia_portal.events.append_only import lifted
from cachexia_portal.help.models import HelpLine
from cachexia_portal.launch.models import Confirmation, Doors

from .models import SiteNotice, Statement


@transaction.atomic
def remove_what_demo_people_said() -> None:
    """Their statements, notices and confirmations, the doors they moved, and the checks they made."""
    Statement.objects.filter(written_by__is_demo=True).delete()
    SiteNotice.objects.filter(written_by__is_demo=True).delete()
    with lifted(connection, Confirmation._meta.db_table, Doors._meta.db_table):
        Confirmation.objects.filter(by__is_demo=True).delete()
        Doors.objects.filter(by__is_demo=True).delete()
    _void_checks()


def _void_checks() -> None:
    """The line or the real person stays, and waits for real people to look."""
    HelpLine.objects.filter(first_check_by__is_demo=True).update(first_check_by=None, first_check_on=None)
    checked = Q(checked_by__is_demo=True) | Q(confirmed_by__is_demo=True)
    never = {"checked_by": None, "checked_on": None, "confirmed_by": None}
    HelpLine.objects.filter(checked).update(**never)
    Credential.objects.filter(checked, is_demo=False).update(**never, confirmed_on=None)
