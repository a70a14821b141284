"""Due work: what is swept every minute, and how.

Each sweep may run many times at once without harm; the lease only saves work.
"""

from __future__ import annotations

import logging
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.module_loading import import_string

from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.leases import lease

logger = logging.getLogger("portal.tick")
LEASE_SECONDS = 300  # a killed tick holds the next one up for less than the heartbeat allows

SWEEPS = [
    "cachexia_portal.outbox.send_due",
    "cachexia_portal.outbox.tidy",
    "cachexia_portal.limits.forget_expired",
    "cachexia_portal.delivery.purging.tidy",
    "cachexia_portal.erasures.writing.keep_the_log",
    "cachexia_portal.launch.open_when_ready",
    "cachexia_portal.help.sweeps.rewrite_pages",
    "cachexia_portal.pages.reminders.remind_of_stale_help_lines",
    "cachexia_portal.pages.notices.write_notices",
    "cachexia_portal.pages.contact.empty_old_messages",
    "cachexia_portal.accounts.sweeps.empty_unconfirmed",
    "cachexia_portal.accounts.sweeps.tidy_sessions",
    "cachexia_portal.pages.due.clear_sessions",
    "community.moderation.hand_over_lonely",
    "articles.uploads.work_on_waiting",
    "community.drafting.tidy",
    "community.reminding.remind_of_consents",
    "community.moderation.reminding.remind_of_the_desk",
    "articles.reminding.remind_of_reviews",
    "community.searchable.tidy",
    "community.searchable.make_missing",
    "articles.searchable.make_missing",
    "articles.own_words.make_missing",
    "cachexia_portal.search.count_words",
]
#: These may take seconds, which no request may.
LEFT_TO_THE_WORKER = {
    "articles.uploads.work_on_waiting",
    "community.searchable.make_missing",
    "articles.searchable.make_missing",
    "articles.own_words.make_missing",
    "cachexia_portal.search.count_words",
}


def run_due() -> list[str] | None:
    """Run every sweep once and write the heartbeat; return the names of those that failed.

    None means that another process is at it just now. A sweep that fails stops no
    other and does not make the heartbeat stale (the clock is running): it is
    logged as an error and named beside the heartbeat until it works again.
    Raises the database's own error when the database is away.
    """
    with lease("tick", LEASE_SECONDS) as mine:
        if not mine:
            return None
        failed = [name for name in SWEEPS if not _ran(name)]
        heartbeat.beat(failed)
        return failed


def run_due_by_hand() -> list[str] | None:
    """The same in a request, but for what takes long; what failed before and works now is said no more.

    No heartbeat: whoever presses a button does not show that the worker is alive.
    """
    with lease("tick", LEASE_SECONDS) as mine:
        if not mine:
            return None
        tried = [name for name in SWEEPS if name not in LEFT_TO_THE_WORKER]
        failed = [name for name in tried if not _ran(name)]
        left = [name for name in heartbeat.failed_sweeps() if name not in tried]
        heartbeat.note_failed([*left, *failed])
        return failed


def clear_sessions() -> None:
    """Delete the sessions that have ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _ran(name: str) -> bool:
    try:
        import_string(name)()
    except Exception as error:
        if isinstance(error, DatabaseError | InterfaceError) and not connection.is_usable():
            raise  # the database is away: no sweep can do anything
        logger.exception("tick: the sweep %s failed", name)
        return False
    return True
