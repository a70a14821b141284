"""What comes with the repository: house rules."""

from __future__ import annotations

import pytest

from community import moderation
from community.models import HouseRule
from community.starter_rules import starter_rules
from tests.community.conftest import BODY, TITLE

pytestmark = pytest.mark.django_db


def test_eight_house_rules_in_force():
    for _key, _digest, make in starter_rules():
        make()

    assert [rule.number for rule in HouseRule.objects.in_force()] == list(range(1, 9))
    assert all(rule.text for rule in HouseRule.objects.all())


def test_rule_that_staff_wrote_is_left_alone():
    HouseRule.objects.create(number=3, title="Ours", text="Ours")
    for _key, _digest, make in starter_rules():
        make()

    assert HouseRule.objects.get(number=3).title == "Ours"


def test_keys_are_unique_and_digests_follow_the_content():
    keys, digests, _makes = zip(*starter_rules(), strict=True)

    assert len(set(keys)) == len(set(digests)) == 8


def test_what_is_written_on_a_demo_site_is_demo(caregiver, settings):
    settings.IS_DEMO_SITE = True

    assert moderation.send_question(caregiver, title=TITLE, body=BODY).is_demo
