"""Many invented members at once, for sites that are filled to see how they do. Nobody can sign in as one.

They have what a member needs to write: a name of their own, the terms, the consent. No events are
kept, since nothing happened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION, TERMS_VERSION
from cachexia_portal.accounts.demo_people import DOMAIN
from cachexia_portal.accounts.models import Member, TakenName
from cachexia_portal.accounts.models.taken_name import own_digest_of

NAMES = Path(__file__).parent / "demo_names.json"
BEFORE = "crowd-"  # how their addresses begin
IN_ONE_STATEMENT = 500
RELATIONS = ("partner", "parent", "partner", "sibling", "child", "patient", "bereaved", "friend", "relative")
MOST = 80_000  # more names than that are not in the lists


@transaction.atomic
def add_to_the_crowd(number: int) -> None:
    """Make so many members more. The caller asks whether this is a demo site."""
    begun = crowd().count()
    names = list(islice(_free_names(), number))
    taken = [TakenName(digest=own_digest_of(name)) for name in names]
    TakenName.objects.bulk_create(taken, batch_size=IN_ONE_STATEMENT)
    members = [_member(begun + place, name) for place, name in enumerate(names)]
    Member.objects.bulk_create(members, batch_size=IN_ONE_STATEMENT)


def crowd():
    """Those who are there."""
    return Member.objects.filter(is_demo=True, email__startswith=BEFORE, email__endswith=f"@{DOMAIN}")


@transaction.atomic
def remove_the_crowd() -> None:
    """Empty their rows as those of closed accounts are, all at once: they have nothing but the row.

    Their names come free.
    """
    names = list(crowd().values_list("display_name", flat=True))
    for start in range(0, len(names), IN_ONE_STATEMENT):
        digests = [own_digest_of(name) for name in names[start : start + IN_ONE_STATEMENT]]
        TakenName.objects.filter(digest__in=digests).delete()
    crowd().update(
        email=None,
        display_name="",
        country="",
        relation="",
        health_consent_version="",
        health_consent_at=None,
        terms_version="",
        terms_accepted_at=None,
        adult_confirmed_at=None,
        is_active=False,
        closed_at=timezone.now(),
    )


def _free_names() -> Iterator[str]:
    """First names with last names; later ones with an initial between."""
    taken = set(TakenName.objects.values_list("digest", flat=True))
    words = json.loads(NAMES.read_text(encoding="utf-8"))
    for initial in ("", *(f"{letter}. " for letter in "ABCDEFGHKM")):
        for last, first in product(words["last"], words["first"]):
            name = f"{first} {initial}{last}"
            digest = own_digest_of(name)
            if digest not in taken:
                taken.add(digest)
                yield name


def _member(number: int, name: str) -> Member:
    now = timezone.now()
    return Member(
        email=f"{BEFORE}{number}@{DOMAIN}",
        password=make_password(None),
        display_name=name,
        country=settings.HOME_COUNTRY,
        relation=RELATIONS[number % len(RELATIONS)],
        is_demo=True,
        adult_confirmed_at=now,
        terms_accepted_at=now,
        terms_version=TERMS_VERSION,
        health_consent_at=now,
        health_consent_version=HEALTH_CONSENT_VERSION,
    )
