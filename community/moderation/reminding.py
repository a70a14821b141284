"""Telling moderators that something waits longer than is honest: once in each staffed stretch, and only in it.

The mail holds a link to the desk and nothing of any post.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal import outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from cachexia_portal.accounts.roles import ADMINISTRATORS
from community import honest_times, staffed_times
from community.models import ClosedDay, ItemKind, ReviewItem, StaffedHours
from community.staffed_times import Stretch

from . import small_teams
from .who_decides import may_decide

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LOOKED_AT = 50  # of what is late, the longest waiting first: enough to find one that is not somebody's own
READ_BEFORE_THE_PUBLIC = (ItemKind.NEW, ItemKind.EDIT)


def remind_of_the_desk() -> int:
    """Write to those on duty if something is late; return how many mails."""
    now = timezone.now()
    stretch = stretch_at(now)
    if stretch is None:
        return 0
    late = list(late_items(now, stretch).select_related("revision__post")[:LOOKED_AT])
    return sum(_remind(member, late, stretch) for member in _on_duty()) if late else 0


def stretch_at(now: datetime) -> Stretch | None:
    """The staffed stretch that is running, with its true beginning even where that was yesterday."""
    return staffed_times.running(_stretches(now - DAY), now)


def late_items(now: datetime, stretch: Stretch):
    """Open, in nobody's hands, and waiting longer than the pages say.

    The pages name the time that nine of ten readings stayed within, where there are
    figures for it. Otherwise they say when somebody is there next; so what somebody
    was there for a whole stretch without reading is late.
    """
    passed = Q(created_at__lt=_last_whole_stretch(now, stretch))
    if (usual := honest_times.usual_wait(now)) is not None:
        is_reading = Q(kind__in=READ_BEFORE_THE_PUBLIC)
        passed = (is_reading & Q(created_at__lt=now - usual)) | (~is_reading & passed)
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    real = ReviewItem.objects.open().filter(revision__post__is_demo=False)
    return real.filter(passed, free).order_by("created_at", "pk")


def _last_whole_stretch(now: datetime, running: Stretch) -> datetime:
    """When the last stretch before the running one began; where the desk never closes, when this one did."""
    earlier = [each for each in _stretches(now - WEEK - DAY) if each.ends <= running.begins]
    return earlier[-1].begins if earlier else running.begins


def _stretches(since: datetime) -> list[Stretch]:
    closed = set(ClosedDay.objects.filter(day__gte=(since - DAY).date()).values_list("day", flat=True))
    return staffed_times.stretches(StaffedHours.objects.all(), closed, since)


def _on_duty() -> Iterable[Member]:
    """The active moderators, and the administrators for what was handed to them."""
    people = small_teams.active_moderators() | Member.objects.holding(ADMINISTRATORS).distinct()
    return people.order_by("pk")


def _remind(member: Member, late: list[ReviewItem], stretch: Stretch) -> bool:
    key = f"community.desk.{stretch.begins:%Y%m%d%H%M}.{member.pk}"
    if outbox.has(key) or not any(may_decide(item, member) for item in late):
        return False
    return mail_choices.write_to(member, MailKind.DESK, key, _("Something waits at the desk"), _letter())


def _letter() -> str:
    address = settings.SITE_URL + reverse("admin:community_reviewitem_changelist")
    return render_to_string("community/mail/desk_waits.txt", {"address": address})
