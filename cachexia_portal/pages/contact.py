"""Messages to the society: taken in, announced without their words, emptied in time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal import outbox

from .models import ContactMessage

KEPT_FOR = timedelta(days=180)


@transaction.atomic
def receive(message: ContactMessage) -> None:
    """Store a message and tell the society, by a link, that it is there."""
    message.save()
    if settings.CONTACT_EMAIL:
        outbox.enqueue(
            f"contact-message:{message.pk}",
            settings.CONTACT_EMAIL,
            _("A message is waiting on %(site)s") % {"site": settings.SITE_NAME},
            _("Somebody wrote to you. Read it here:")
            + f"\n\n{settings.SITE_URL}{message.get_absolute_url()}\n",
        )


def empty_old_messages() -> int:
    """Take the words out of messages older than `KEPT_FOR`; return how many."""
    return ContactMessage.objects.written_before(timezone.now() - KEPT_FOR).empty()
