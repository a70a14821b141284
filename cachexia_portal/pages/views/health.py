"""Is it up, and is it well: two small answers for whoever watches the site."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.outbox import heartbeat

_known_to_be_migrated = False


@login_not_required
@form_page
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches no database."""
    return JsonResponse({"status": "ok"})


@login_not_required
@form_page
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The site can do its work: which of four things are well, and nothing more."""
    found = what_is_well()
    well = all(found.values())
    return JsonResponse({"status": "ok" if well else "failing", **found}, status=200 if well else 503)


def what_is_well() -> dict[str, bool]:
    """Without a database, what stands in it is not asked: each question would wait in vain."""
    database = _is_well(database_answers)
    return {
        "database": database,
        "migrations": database and _is_well(migrations_are_applied),
        "heartbeat": database and _is_well(worker_is_alive),
        "disk": disk_has_room(),
    }


def _is_well(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Error:
        return False


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    """Read from disk until they are found applied, then remembered: new code is a new process."""
    global _known_to_be_migrated
    if not _known_to_be_migrated:
        executor = MigrationExecutor(connection)
        _known_to_be_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known_to_be_migrated


def worker_is_alive() -> bool:
    """False on a new site until the worker has ticked once. Administrators are told."""
    return not heartbeat.warn_if_stale()


def disk_has_room() -> bool:
    return shutil.disk_usage(settings.DATA_DIR).free >= settings.LEAST_FREE_DISK
