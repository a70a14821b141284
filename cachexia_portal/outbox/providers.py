"""What mail providers tell afterwards: which mail came back, which was reported as unwanted.

Each provider signs in its own way and has its own words for a dozen kinds of
failure; django-anymail knows both. It is imported when a provider calls, and
used for reading only: mail leaves by SMTP whoever the provider is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.utils.module_loading import import_string

from .models import Delivery

if TYPE_CHECKING:
    from anymail.signals import AnymailTrackingEvent
    from django.http import HttpRequest

#: The reader of a provider's events, and the name under which it takes our secret.
READERS = {
    "mailgun": ("anymail.webhooks.mailgun.MailgunTrackingWebhookView", "webhook_signing_key"),
    "postmark": ("anymail.webhooks.postmark.PostmarkTrackingWebhookView", "webhook_secret"),
    "brevo": ("anymail.webhooks.brevo.BrevoTrackingWebhookView", "webhook_secret"),
}
#: A full mailbox and the like: the provider tries again, and so may we.
PASSING = {"SoftBounce", "soft_bounce"}
#: The words of a bounce that blame somebody else than the address.
NOT_THE_ADDRESS = {"blocked", "timed_out"}


class NotSigned(Exception):
    """It does not come from the provider that was configured."""


class NotUnderstood(Exception):
    """It comes from there, and says something we cannot read."""


def is_configured(provider: str) -> bool:
    return bool(settings.MAIL_HOOK_SECRET) and provider == settings.MAIL_PROVIDER


def read(request: HttpRequest) -> list[tuple[str, str, Delivery]]:
    """For each mail that came back or was reported: by what it is known, where it went, and which it was.

    Raises `NotSigned` before a word of it is read, and `NotUnderstood`.
    """
    reader = _reader()
    try:
        reader.run_validators(request)
    except (SuspiciousOperation, TypeError, AttributeError, UnicodeError, RecursionError) as error:
        raise NotSigned from error
    try:
        events = reader.parse_events(request)
        return [(*_of_mail(event), what) for event in events if (what := _what(event))]
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RecursionError,  # brackets in brackets, deeper than anything a provider says
        TypeError,
        ValueError,
    ) as error:
        raise NotUnderstood from error


def _reader() -> Any:
    path, secret = READERS[settings.MAIL_PROVIDER]
    return import_string(path)(**{secret: settings.MAIL_HOOK_SECRET})


def _of_mail(event: AnymailTrackingEvent) -> tuple[str, str]:
    """Our Message-ID, which some providers keep and others hand back as a note; and the address."""
    noted = event.metadata.get("mail") if isinstance(event.metadata, dict) else None
    name = str(noted or event.message_id or "").strip("<>")
    address = str(event.recipient or "")
    if "\0" in name + address:
        raise ValueError("a NUL byte, for which no database can be asked")
    (name + address).encode()  # nor for half a character
    return f"<{name}>", address


def _what(event: AnymailTrackingEvent) -> Delivery | None:
    if event.event_type == "complained":
        return Delivery.COMPLAINED
    if event.event_type not in {"bounced", "rejected"} or event.reject_reason in NOT_THE_ADDRESS:
        return None
    raw = event.esp_event
    return None if PASSING & {str(raw.get("Type")), str(raw.get("event"))} else Delivery.BOUNCED
