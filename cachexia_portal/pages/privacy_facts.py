"""What the privacy page is filled with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from cachexia_portal.accounts.models.open_session import NETWORK_KEPT_FOR
from cachexia_portal.accounts.sweeps import UNCONFIRMED_KEPT_FOR
from cachexia_portal.outbox.models import ADDRESS_KEPT
from community.models.drafts import KEPT_FOR_VISITORS

from .contact import KEPT_FOR
from .cookies import COOKIES


def privacy_facts() -> dict[str, Any]:
    """Every number of hours or days on the page is the one that the code keeps to."""
    return {
        "cookies": COOKIES,
        "contact_days": KEPT_FOR.days,
        "mail_days": ADDRESS_KEPT.days,
        "unconfirmed_days": UNCONFIRMED_KEPT_FOR.days,
        "network_days": NETWORK_KEPT_FOR.days,
        "draft_hours": KEPT_FOR_VISITORS // timedelta(hours=1),
        "backup_days": settings.BACKUP_DAYS,
        "erasure_log_days": settings.ERASURE_LOG_DAYS,
    }
