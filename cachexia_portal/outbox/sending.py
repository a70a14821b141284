"""Handing mails over to the mail server, each by one sender at a time."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from . import blocking
from .models import Dropped, Mail

logger = logging.getLogger("portal.outbox")
FAILURES_BEFORE_PAUSE = 3  # in a row: the server is away, not the mail wrong


def send_due(limit: int = 50) -> int:
    """Lease, send and mark due mails one by one; return how many were handed over.

    A mail that fails is put back with a pause and does not hold up the others.
    A crash inside a hand-over leaves the lease: when it ends, that one mail is
    repeated with the same Message-ID.
    """
    sent = failures = 0
    for mail in Mail.objects.due(timezone.now())[:limit]:
        if failures == FAILURES_BEFORE_PAUSE:
            break
        if not mail.lease(timezone.now()):
            continue  # another sender was faster
        if reason := why_not(mail):
            mail.drop(reason)
            continue
        done = _hand_over(mail)
        sent += done
        failures = 0 if done else failures + 1
    return sent


def why_not(mail: Mail) -> Dropped | None:
    """Why this mail is not sent after all, as things are at this moment; None where it goes out.

    Sign-in codes never come here: they are sent in the request, also to a blocked
    address, because somebody who waits for one is at the door.
    """
    if not is_wanted(mail):
        return Dropped.UNWANTED
    return Dropped.BLOCKED if blocking.why(mail.to_address) else None


def is_wanted(mail: Mail) -> bool:
    """What has no kind must be sent: nobody could have said that they do not want it."""
    if not mail.kind:
        return True
    return bool(import_string(settings.MAIL_IS_WANTED)(mail.to_address, mail.kind))


def _hand_over(mail: Mail) -> bool:
    try:
        mail.as_message().send()
    except Exception as error:  # whatever the mail server or its library says, the mail waits
        mail.mark_failed(error)
        logger.warning("outbox: mail %s failed: %s", mail.pk, type(error).__name__)
        return False
    mail.mark_sent()
    return True
