"""Before people may write: has it been said when somebody reads?"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal.launch import Item
from community.models import StaffedHours


def are_entered() -> Item:
    return Item(
        key="staffed_hours",
        title=_("The hours are entered at which somebody reads"),
        is_done=StaffedHours.objects.exists(),
        what_to_do=_("Enter on which days, and from when to when, a moderator is at the desk."),
        address=reverse("admin:community_staffedhours_changelist"),
    )
