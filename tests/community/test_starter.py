"""What comes with the repository: house rules, and posts for a demonstration."""

from __future__ import annotations

import pytest
from django.db import connection

from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.events import append_only
from cachexia_portal.outbox.models import Mail
from community import demo, moderation
from community.models import Decision, HouseRule, Post, PostRevision, ReviewItem
from community.starter_rules import starter_rules
from tests.community.conftest import BODY, TITLE, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_site(settings):
    settings.IS_DEMO_SITE = True
    make_demo_people()


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


def test_demo_posts_went_the_way_of_every_post(demo_site):
    demo.load_demo_posts()

    public = Post.objects.visible_to(None)
    assert public.questions().count() == 6
    assert public.count() > 6
    assert ReviewItem.objects.open().count() == 2
    assert not Post.objects.filter(is_demo=False).exists()
    assert Decision.objects.filter(verb="publish").count() == public.count()
    assert not Mail.objects.filter(status="waiting").exists()


def test_loading_twice_changes_nothing(demo_site):
    demo.load_demo_posts()
    before = sorted(PostRevision.objects.values_list("pk", "status"))
    demo.load_demo_posts()

    assert sorted(PostRevision.objects.values_list("pk", "status")) == before


def test_demo_posts_are_not_seen_on_a_live_site(demo_site, settings):
    demo.load_demo_posts()
    settings.IS_DEMO_SITE = False

    assert not Post.objects.visible_to(None).exists()


def test_live_site_loads_no_demo_posts(settings):
    settings.IS_DEMO_SITE = False
    with pytest.raises(demo.NotADemoSite):
        demo.load_demo_posts()


def test_removing_takes_the_demo_posts_and_nothing_else(caregiver, moderator, settings):
    settings.IS_DEMO_SITE = False
    kept = publish(moderation.send_question(caregiver, title=TITLE, body=BODY), moderator)
    settings.IS_DEMO_SITE = True
    make_demo_people()
    demo.load_demo_posts()

    demo.remove_demo_posts()

    assert list(Post.objects.all()) == [kept]
    assert Decision.objects.get().item.revision.post == kept
    assert not append_only.unprotected_tables(connection)


def test_removing_nothing_is_no_error(db):
    demo.remove_demo_posts()


def test_what_is_written_on_a_demo_site_is_demo(caregiver, settings):
    settings.IS_DEMO_SITE = True

    assert moderation.send_question(caregiver, title=TITLE, body=BODY).is_demo
