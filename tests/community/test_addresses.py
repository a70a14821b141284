"""Addresses with a number that no row can have."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import moderation
from community.workflow import Verb
from tests.community.moderation.acts import decide_post

pytestmark = pytest.mark.django_db

NO_ROW = [10**18, 2**63 - 1, 2**63, 10**40]
ADDRESSES = [
    "/questions/{}-soup/",
    "/questions/{}-soup/answer/",
    "/questions/{}-soup/reply/1/",
    "/me/posts/{}/",
    "/me/posts/{}/edit/",
    "/me/posts/{}/appeal/",
    "/report/question/{}/",
    "/report/answer/{}/?sent=now",
]


@pytest.mark.parametrize("number", NO_ROW)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_number_that_fits_no_row_is_not_found(address, number, caregiver, client_of):
    client = client_of(caregiver)
    for answer in (client.get, client.post):
        assert answer(address.format(number)).status_code in (404, 405)


def test_a_reply_under_a_number_that_fits_no_row_is_not_found(caregiver, moderator, client_of):
    question = moderation.send_question(caregiver, title="Soup", body="I cook soup.")
    decide_post(question, Verb.PUBLISH, moderator)
    address = reverse("community:question", args=[question.pk, "soup"])
    assert client_of(caregiver).get(f"{address}reply/{2**63}/").status_code == 404
