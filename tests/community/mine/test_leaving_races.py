"""Two members leave at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction

from cachexia_portal.accounts.models import Member
from community import marking, moderation
from community.models import Mark, Post
from tests.community.conftest import publish
from tests.community.telling.conftest import AGREED
from tests.community.test_races import at_once, database_in_a_file
from tests.people import make_member

__all__ = ["database_in_a_file"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_in_a_file")]


@transaction.atomic
def leave(member):
    member = Member.objects.locked(member)
    moderation.withdraw_all_of(member, by=member)
    marking.take_back_all_of(member)
    member.close()


def test_two_who_thanked_each_other_leave_at_once(moderator):
    anne, bert = people = [make_member("Anne Brook"), make_member("Bert Brook")]
    for number in range(3):
        for teller, reader in ((anne, bert), (bert, anne)):
            story = moderation.send_story(
                teller, title="Plates", body=f"Small ones, {number}.", relation="partner", consent=AGREED
            )
            marking.mark(publish(story, moderator), by=reader, kind=Mark.Kind.THANKS)
    assert at_once(*(partial(leave, each) for each in people)) == ["done", "done"]
    assert not Mark.objects.exists()
    assert set(Post.objects.values_list("thanks_count", "published_revision")) == {(0, None)}
