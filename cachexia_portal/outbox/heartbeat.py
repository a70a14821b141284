"""The heartbeat: whether the work beside the web is being done at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import mail_admins
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal.limits import rules, spend_for

from .models import Heartbeat

logger = logging.getLogger("portal.outbox")
STALE_AFTER = timedelta(minutes=10)


def beat(failed: Sequence[str] = ()) -> None:
    """Write that the due work ran now, and which of its sweeps failed."""
    Heartbeat.objects.update_or_create(
        name="tick", defaults={"at": timezone.now(), "failed": " ".join(failed)}
    )


def note_failed(failed: Sequence[str]) -> None:
    """Write which sweeps fail now, without a beat."""
    Heartbeat.objects.filter(name="tick").update(failed=" ".join(failed))


def last_beat() -> datetime | None:
    """When the due work last ran; None means never."""
    return Heartbeat.objects.filter(name="tick").values_list("at", flat=True).first()


def failed_sweeps() -> list[str]:
    """The names of the sweeps that failed when the due work last ran."""
    beats = Heartbeat.objects.filter(name="tick").values_list("failed", flat=True)
    return (beats.first() or "").split()


def is_stale(now: datetime | None = None) -> bool:
    """No due work for ten minutes: neither worker nor `tick` is running.

    A beat in the future proves nothing: the clock was set back since.
    """
    last = last_beat()
    return last is None or abs((now or timezone.now()) - last) > STALE_AFTER


def warn_if_stale() -> bool:
    """Mail the administrators directly when the heartbeat is stale, at most once an hour.

    Called by web processes; they share the limit, so two of them mail once.
    Returns whether it is stale. Nothing is raised when the mail server is away too.
    """
    if not is_stale():
        return False
    if not _waits_for_its_first_beat() and not spend_for(rules.STALE_WARNING, "site"):
        _mail_administrators()
    return True


def _waits_for_its_first_beat() -> bool:
    """No beat yet, and tables from the last ten minutes: the site was just made, or restored."""
    if last_beat() is not None:
        return False
    made = MigrationRecorder.Migration.objects.aggregate(at=Max("applied"))["at"]
    return made is not None and timedelta(0) <= timezone.now() - made <= STALE_AFTER


def _mail_administrators() -> None:
    subject = _("%(site)s: the background work has stopped") % {"site": settings.SITE_NAME}
    text = _(
        "For ten minutes or more nothing has run beside the web server: mails wait in the outbox "
        "and due work is not done. Please look at the worker (manage.py worker) or at the timer "
        "that calls manage.py tick.\n\n%(address)s/readyz"
    ) % {"address": settings.SITE_URL}
    try:
        mail_admins(subject, text)
    except Exception as error:
        logger.error("outbox: the warning could not be mailed: %s", type(error).__name__)
