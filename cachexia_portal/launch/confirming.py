"""What administrators confirmed: of words, only as long as they are exactly the ones they read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from .models import Confirmation

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member


def digest_of(words: str) -> str:
    """Of what is read: the same words broken into other lines are the same."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def newest(what: str, words_digest: str = "") -> Confirmation | None:
    """Who confirmed it last, with the person; of words, exactly these."""
    return _that_count(what, words_digest).select_related("by").order_by("-pk").first()


def is_confirmed(what: str, words_digest: str) -> bool:
    return _that_count(what, words_digest).exists()


def _that_count(what: str, words_digest: str) -> models.QuerySet[Confirmation]:
    """On a live site no invented person has confirmed anything."""
    found = Confirmation.objects.filter(what=what)
    if not settings.IS_DEMO_SITE:
        found = found.filter(by__is_demo=False)
    return found.filter(words_digest=words_digest) if words_digest else found


def confirm(what: str, *, by: Member, words_digest: str = "") -> Confirmation:
    """Keep that an administrator said so; whoever says it twice has said it twice."""
    return Confirmation.objects.create(what=what, by=by, words_digest=words_digest)
