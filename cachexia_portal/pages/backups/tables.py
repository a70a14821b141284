"""Which tables a backup holds, in the order in which they can be filled again."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model

from cachexia_portal.accounts.models import OpenSession
from cachexia_portal.limits.models import Limit
from cachexia_portal.outbox.models import Heartbeat, Lease
from community.models import PostRevision

#: What a backup leaves out, and why.
LEFT_OUT: dict[type[Model], str] = {
    Session: "a restored site knows nobody: a session that was ended since may not come back",
    OpenSession: "a list of the sessions that are left out",
    Limit: "counters and a cache, gone within hours",
    Lease: "held by processes that are gone",
    Heartbeat: "it would say that the background work runs",
}
#: What `migrate` itself fills; a restore puts the backup's rows in their place.
FILLED_BY_MIGRATE: tuple[type[Model], ...] = (Permission, ContentType)
#: A trigger looks these up when others come: a post may only show approved words that are there.
FIRST: tuple[type[Model], ...] = (PostRevision,)


def models() -> list[type[Model]]:
    """Every table with rows of ours, those of many-to-many fields too."""
    kept = [model for model in apps.get_models(include_auto_created=True) if _is_kept(model)]
    return sorted(kept, key=lambda model: (model not in FIRST, model._meta.db_table))


def columns(model: type[Model]) -> list[Any]:
    """The fields that are stored, generated ones left out: those the database fills itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _is_kept(model: type[Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and model not in LEFT_OUT
