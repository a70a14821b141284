"""Handing an item over changes its version, so it waits for whoever is at work on the post."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from cachexia_portal.accounts import roles
from community import moderation
from community.models import ReviewItem
from community.moderation.locking import locked
from tests.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.5


def test_a_post_that_somebody_holds_is_handed_over_after_them(moderator):
    post = moderation.send_question(moderator, title="Soup", body="I cook soup.")
    now = timezone.now()
    make_member("Ada Tower", roles.ADMINISTRATORS, last_login=now)

    def sweep() -> None:
        moderation.hand_over_lonely()
        connections.close_all()

    sweeper = threading.Thread(target=sweep)
    with transaction.atomic():
        locked(post)
        if connection.vendor == "postgresql":  # SQLite has one writer at a time, and begins no second one
            sweeper.start()
            sweeper.join(A_MOMENT)
        assert ReviewItem.objects.get().version == 1
    if not sweeper.ident:
        sweeper.start()
    sweeper.join()
    assert ReviewItem.objects.get().is_escalated
