"""What people took away after the backup was made is taken away again, from the log of erasures.

Without the log a restore would show what somebody has taken back, so it is refused; so it is
with a log that began too late, or that does not know what the backup says was written into it.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cachexia_portal.erasures import log
from cachexia_portal.erasures.models import Erasure, Kind
from community import replaying

from .manifest import Manifest
from .refusal import Refused

#: An act may have been on its way when the backup began: so far back, what the backup does not know is replayed.
ON_THE_WAY = timedelta(days=1)
WITHOUT = (
    "Restored without it, the site shows again what people have taken down since then. "
    "If you accept that, say --without-erasures, and tell the people concerned."
)


def log_for(manifest: Manifest) -> log.Log:
    """The log, if it reaches back to the backup. Raises `Refused`."""
    try:
        found = log.read()
    except log.NoLog as missing:
        raise Refused(
            f"There is no log of erasures at {settings.ERASURE_LOG} (ERASURE_LOG), or its first line is damaged. "
            f"Put the log of the lost site there. {WITHOUT}"
        ) from missing
    if found.begun > manifest.moment:
        raise Refused(
            f"The log of erasures at {settings.ERASURE_LOG} begins {found.begun:%Y-%m-%d %H:%M} UTC, after the backup "
            f"({manifest.moment:%Y-%m-%d %H:%M} UTC). Put the log of the lost site there. {WITHOUT}"
        )
    return found


def replay(found: log.Log, manifest: Manifest) -> int:
    """Replay on the restored rows, in their transaction; return how many lines. Raises `Refused`."""
    _check_that_it_is_this_sites(found)
    known = set(Erasure.objects.values_list("at", "kind", "subject_id"))
    lines = [line for line in found.lines if _is_newer(line, manifest, known)]
    _check_that_each_is_known(lines)
    for line in lines:
        replaying.replay(line.kind, line.subject_id, line.at)
    return len(lines)


def _check_that_each_is_known(lines: list[log.Line]) -> None:
    """None is passed over: newer code may have taken away what this code does not know."""
    unknown = sorted({line.kind for line in lines} - set(Kind.values))
    if unknown:
        raise Refused(
            f"The log of erasures at {settings.ERASURE_LOG} names {unknown[0][:40]!r}, which this code does not know. "
            "Install the version of the site that wrote it, and restore again."
        )


def forget_that_they_were_logged() -> None:
    """Without a log, the site begins a new one: the sweep writes what the restored rows know into it."""
    Erasure.objects.update(logged_at=None)


def last_ids(found: log.Log | None) -> dict[str, int]:
    """Of each kind the highest id that the log names: none of them may be given again.

    Also where its lines are not replayed: the log stays, and a later restore reads them.
    """
    highest: dict[str, int] = {}
    for line in (found or _log_if_any()).lines:
        highest[line.kind] = max(highest.get(line.kind, 0), abs(line.subject_id))
    return highest


def _log_if_any() -> log.Log:
    try:
        return log.read()
    except log.NoLog:
        return log.Log(timezone.now(), [], 0)


def _is_newer(line: log.Line, manifest: Manifest, known: set) -> bool:
    if line.at >= manifest.moment:
        return True
    return line.at >= manifest.moment - ON_THE_WAY and (line.at, line.kind, line.subject_id) not in known


def _check_that_it_is_this_sites(found: log.Log) -> None:
    """Whatever the restored rows say is in the log has to be there."""
    written = {(line.at, line.kind, line.subject_id) for line in found.lines}
    logged = Erasure.objects.filter(logged_at__isnull=False, at__gte=found.begun)
    missing = sum(row not in written for row in logged.values_list("at", "kind", "subject_id").iterator())
    if missing:
        raise Refused(
            f"The log of erasures at {settings.ERASURE_LOG} is not the one of this site, or lines are missing from it: "
            f"{missing} that the backup knows are not there. Put the right log there. {WITHOUT}"
        )
