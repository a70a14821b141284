"""Mails that remind staff of what has come due."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, EDITORS
from cachexia_portal.help.sweeps import stale_lines


def remind_of_stale_help_lines() -> None:
    """Once a week, tell everybody who may check a help line that some are waiting for it."""
    number = len(stale_lines())
    if not number:
        return
    year, week, _day = timezone.localdate().isocalendar()
    people = Member.objects.holding(EDITORS) | Member.objects.holding(ADMINISTRATORS)
    for member in people.exclude(email=None).distinct():
        key = f"help.stale.{year}-{week}.{member.pk}"
        mail_choices.write_to(member, MailKind.HELP_LINES, key, _subject(), _text(number))


def _subject() -> str:
    return _("%(site)s: phone numbers wait for a check") % {"site": settings.SITE_NAME}


def _text(number: int) -> str:
    sentence = ngettext(
        "%(number)d number on the help page has not been checked for 90 days. The page says so by itself.",
        "%(number)d numbers on the help page have not been checked for 90 days. The page says so by itself.",
        number,
    ) % {"number": number}
    address = settings.SITE_URL + reverse("admin:help_helpline_changelist")
    return f"{sentence}\n\n{_('Two people check a number, each for themselves:')}\n{address}\n"
