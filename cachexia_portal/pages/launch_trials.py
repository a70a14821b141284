"""Before people may write: what was tried once and worked, and what runs now."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cachexia_portal.launch import Item, confirming
from cachexia_portal.launch.models import Confirmed
from cachexia_portal.outbox import heartbeat

KEY_HOLDS_FOR = timedelta(days=7)
SALT = "launch.test_mail"


def test_mail_arrived() -> Item:
    return Item(
        key="test_mail",
        title=_("A test mail has arrived"),
        is_done=confirming.newest(Confirmed.TEST_MAIL) is not None,
        what_to_do=_(
            "Run “manage.py send_test_mail YOUR-ADDRESS” on the server. Open the mail, follow its link, and "
            "press the button there."
        ),
    )


def backup_was_restored() -> Item:
    return Item(
        key="backup",
        title=_("A backup was restored once, to try it"),
        is_done=confirming.newest(Confirmed.BACKUP_RESTORED) is not None,
        what_to_do=_(
            "Run “manage.py backup FILE”, restore that file into an empty site on another machine or folder, "
            "run “manage.py check_integrity” there, and say here that it worked."
        ),
        address=reverse("admin:launch_doors_confirm", args=[Confirmed.BACKUP_RESTORED.value]),
    )


def heartbeat_is_fresh() -> Item:
    return Item(
        key="heartbeat",
        title=_("The work beside the web is running"),
        is_done=not heartbeat.is_stale(),
        what_to_do=_("Start the worker (manage.py worker), or the timer that calls manage.py tick."),
        address=reverse("admin:outbox_heartbeat_changelist"),
    )


def link_for(address: str) -> str:
    """Where the test mail to this address leads: to a page with one button, for a week."""
    key = signing.dumps(address, salt=SALT)
    return f"{settings.SITE_URL}{reverse('admin:launch_doors_arrived')}?{urlencode({'key': key})}"


def address_of(key: str) -> str:
    """To whom the mail with this key went; empty where the key is none of ours or too old."""
    try:
        return str(signing.loads(key, salt=SALT, max_age=KEY_HOLDS_FOR))
    except signing.BadSignature:
        return ""


def digest_of(key: str) -> str:
    """Kept with the confirmation, so that one mail counts once."""
    return hashlib.sha256(key.encode()).hexdigest()
