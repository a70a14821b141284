"""What `tick` does for the help pages."""

from __future__ import annotations

import logging

from .models import HelpLine, today
from .pages import write_pages_if_due

log = logging.getLogger("portal.help")


def stale_lines() -> list[HelpLine]:
    """Shown lines whose check is 90 days old or older, for a word to staff."""
    return list(HelpLine.objects.stale_on(today()))


def rewrite_pages() -> bool:
    """Write the pages anew each day, and whenever the file is not what it should be.

    Safe at any time and many times at once. Raises OSError when it cannot write;
    the next tick tries again.
    """
    is_written = write_pages_if_due()
    if is_written and (number := len(stale_lines())):
        log.warning("%s help lines have not been checked for 90 days", number)
    return is_written
