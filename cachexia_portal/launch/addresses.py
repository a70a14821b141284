"""Who runs the site, and where they are reached: settings, the same in every process."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from .item import Item, asks_no_database

NAMES = ("ORGANISATION", "POSTAL_ADDRESS", "CONTACT_EMAIL", "SAFEGUARDING_EMAIL", "PRIVACY_EMAIL")


@asks_no_database
def are_set() -> Item:
    missing = [name for name in NAMES if not getattr(settings, name).strip()]
    return Item(
        key="addresses",
        title=_("The society and its addresses are entered"),
        is_done=not missing,
        what_to_do=_("Enter in the settings of the site (.env), and start it again: %(names)s.")
        % {"names": ", ".join(missing)},
    )
