"""Mail to the administrators about errors: each kind once an hour, without anybody's words."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest

from cachexia_portal.delivery.logs import chain_of, error_of, frames_of, name_of, place_of
from cachexia_portal.delivery.references import reference_of
from cachexia_portal.delivery.request_log import route_of

log = logging.getLogger("portal.error_mail")
QUIET_SECONDS = 60 * 60
RETRY_SECONDS = 10 * 60
MAIL_SERVER_SECONDS = 5
_sending = threading.local()


class AdministratorsHandler(logging.Handler):
    """Sends at once, from the process that failed; never breaks what it reports on.

    The hour is counted in files, not in the database, which may be what failed.
    """

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS or _is_refusal(record) or getattr(_sending, "now", False):
            return
        _sending.now = True
        try:
            _report(record)
        except Exception as error:
            log.warning("an error could not be mailed to the administrators: %s", name_of(error))
        finally:
            _sending.now = False


def _is_refusal(record: logging.LogRecord) -> bool:
    """An answer that was meant: a refused request (400), a site that only reads (503)."""
    status = getattr(record, "status_code", None)
    return status is not None and (status < 500 or not record.exc_info)


def _report(record: logging.LogRecord) -> None:
    kind = kind_of_error(record)
    stamp = Stamp(kind)
    if not stamp.claim():
        return
    try:
        _message(kind, record).send()
    except Exception:
        stamp.give_back()
        raise


def kind_of_error(record: logging.LogRecord) -> str:
    """Exception class, route and place in the code: what counts as the same error."""
    error = error_of(record)
    return f"{name_of(error) if error else record.name} on {_route(record)} at {place_of(record)}"


def _route(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    return route_of(request) if isinstance(request, HttpRequest) else "no page"


def _message(kind: str, record: logging.LogRecord) -> EmailMessage:
    connection = get_connection(timeout=MAIL_SERVER_SECONDS)
    addresses = [address for _, address in settings.ADMINS]
    subject = f"[{settings.SITE_NAME}] {kind.partition(' at ')[0]}"
    return EmailMessage(subject, _text(kind, record), settings.SERVER_EMAIL, addresses, connection=connection)


def _text(kind: str, record: logging.LogRecord) -> str:
    lines = [kind, f"At {datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%S} UTC."]
    if (request := getattr(record, "request", None)) is not None:
        lines.append(f"Reference {reference_of(request)}")
    for error in chain_of(error_of(record)):
        lines += ["", name_of(error), *(f"  {frame}" for frame in frames_of(error))]
    lines += ["", "The same error is mailed once an hour at most. What people typed is left out on purpose."]
    return "\n".join(lines)


class Stamp:
    """When one kind of error was last mailed: a small file that all processes share."""

    def __init__(self, kind: str) -> None:
        folder = Path(settings.DATA_DIR) / "error-mail"
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / hashlib.sha256(kind.encode()).hexdigest()[:32]

    def claim(self) -> bool:
        """True for exactly one caller an hour; the lock ends with the process."""
        with self.path.open("a+") as stamp:
            fcntl.flock(stamp, fcntl.LOCK_EX)
            stamp.seek(0)
            if time.time() < float(stamp.read() or 0):
                return False
            self._write(stamp, time.time() + QUIET_SECONDS)
            return True

    def give_back(self) -> None:
        """Not sent after all: try again sooner, but not with every failing request."""
        with self.path.open("a+") as stamp:
            fcntl.flock(stamp, fcntl.LOCK_EX)
            self._write(stamp, time.time() + RETRY_SECONDS)

    def _write(self, stamp: TextIO, quiet_until: float) -> None:
        stamp.seek(0)
        stamp.truncate()
        stamp.write(str(quiet_until))
        stamp.flush()
