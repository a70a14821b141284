"""Mails that were made while the clock was ahead: what they have to wait is counted from now."""

from __future__ import annotations

from django.utils import timezone

from .models import Mail


def bring_back() -> int:
    """Keep the wait that each was made with, and no more than that; return how many.

    Otherwise a mail that was made while the clock stood a year ahead would wait for a year.
    """
    ahead = list(Mail.objects.made_before_the_clock_went_back())
    now = timezone.now()
    for mail in ahead:
        same = Mail.objects.filter(pk=mail.pk, created_at=mail.created_at)
        same.update(created_at=now, due_at=now + (mail.due_at - mail.created_at))
    return len(ahead)
