"""A mail came back, or was reported as unwanted: nothing more goes to that address until its owner says so."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from . import blocking
from .models import Delivery, Mail


@transaction.atomic
def came_back(message_id: str, address: str, what: Delivery) -> bool:
    """Note it at the mail and block the address; return whether that changed anything.

    Only a mail that we tried to send to this very address counts, and each counts
    once. So a call that is repeated, by the provider or by somebody who listened,
    does not block an address again that its owner has mended; and an address that
    we never wrote to cannot be blocked or asked about.
    """
    sent = Mail.objects.filter(message_id=message_id, to_address__iexact=address, attempts__gt=0)
    if not address or not sent.filter(delivery="").update(delivery=what, delivery_at=timezone.now()):
        return False
    blocking.block(address, what)
    return True
