"""Posts for a demonstration: invented, loud about it, and gone without a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

import articles
from articles.models import Topic
from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.events import append_only
from cachexia_portal.outbox.models import Mail
from community import demo, integrity, marking, moderation, starter_posts
from community.models import Decision, Lane, Mark, Post, PostRevision, ReviewItem
from community.moderation import small_teams
from tests.community.conftest import BODY, TITLE, publish
from tests.people import make_member

pytestmark = pytest.mark.django_db
STARTER = Path(articles.__file__).parent / "starter"


@pytest.fixture
def demo_site(settings):
    settings.IS_DEMO_SITE = True
    make_demo_people()
    for place, topic in enumerate(json.loads((STARTER / "topics.json").read_text())):
        Topic.objects.create(slug=topic["slug"], name=topic["name"], fields=topic["fields"], position=place)


@pytest.fixture
def few_questions(monkeypatch, tmp_path):
    """The first three and the one that waits: as good as all, and faster."""
    questions = json.loads(starter_posts.QUESTIONS.read_text())
    few = tmp_path / "few.json"
    few.write_text(json.dumps([*questions[:3], questions[-1]]))
    monkeypatch.setattr(starter_posts, "QUESTIONS", few)


def test_forty_questions_are_published_and_two_posts_wait(demo_site):
    demo.load_demo_posts()

    public = Post.objects.visible_to(None)
    assert public.questions().count() == 40
    assert ReviewItem.objects.open().count() == 2
    assert not Post.objects.filter(is_demo=False).exists()
    assert not Mail.objects.filter(status="waiting").exists()
    assert not list(integrity.breaches())
    _every_question_has_an_answer_in_both_lanes()
    _clinical_answers_send_to_the_team()


def _every_question_has_an_answer_in_both_lanes():
    both = Post.objects.visible_to(None).filter(lived_count__gt=0, clinical_count__gt=0)
    assert both.count() == 40
    for question in both:
        shown = Post.objects.visible_to(None).under(question)
        assert question.lived_count == shown.filter(lane=Lane.LIVED).count()
        assert question.clinical_count == shown.filter(lane=Lane.CLINICAL).count()


def _clinical_answers_send_to_the_team():
    for words in PostRevision.objects.filter(post__lane=Lane.CLINICAL).select_related("post__credential"):
        assert " team" in words.body
        assert words.basis
        assert "phone the team" in words.when_to_call
        assert words.post.credential.is_demo


def test_whoever_read_a_post_is_not_the_only_moderator_who_is_active(demo_site, few_questions):
    demo.load_demo_posts()

    readers = set(Decision.objects.values_list("who", flat=True))
    assert set(small_teams.active_moderators().values_list("pk", flat=True)) == readers
    assert len(readers) == 2


def test_loading_twice_changes_nothing(demo_site, few_questions):
    demo.load_demo_posts()
    before = sorted(PostRevision.objects.values_list("pk", "status"))
    demo.load_demo_posts()

    assert sorted(PostRevision.objects.values_list("pk", "status")) == before


def test_demo_posts_are_not_seen_on_a_live_site(demo_site, few_questions, settings):
    demo.load_demo_posts()
    settings.IS_DEMO_SITE = False

    assert not Post.objects.visible_to(None).exists()


def test_live_site_loads_no_demo_posts(settings):
    settings.IS_DEMO_SITE = False
    with pytest.raises(demo.NotADemoSite):
        demo.load_demo_posts()


def test_removing_takes_the_demo_posts_and_nothing_else(
    caregiver, moderator, settings, demo_site, few_questions
):
    settings.IS_DEMO_SITE = False
    kept = publish(moderation.send_question(caregiver, title=TITLE, body=BODY), moderator)
    settings.IS_DEMO_SITE = True
    demo.load_demo_posts()

    demo.remove_demo_posts()

    assert list(Post.objects.all()) == [kept]
    assert Decision.objects.get().item.revision.post == kept
    assert not append_only.unprotected_tables(connection)


def test_removing_after_every_kind_of_act_leaves_no_row(
    demo_site, few_questions, moderator, other_moderator, house_rule
):
    demo.load_demo_posts()
    someone = make_member("Someone", is_demo=True)
    question = Post.objects.visible_to(None).questions().first()
    moderation.report(question, by=someone, type="unkind", words="This hurts.")
    decision = moderation.hide(question, by=moderator, house_rule=house_rule, reason="It names somebody.")
    moderation.undo(decision, by=moderator)
    refused = moderation.send_question(someone, title="Refused", body="Words.")
    item = ReviewItem.objects.open().get(revision__post=refused)
    refusal = moderation.refuse(item, by=moderator, version=item.version, house_rule=house_rule, reason="No.")
    moderation.appeal(refusal, by=someone, words="It is fair.")

    demo.remove_demo_posts()

    stays = {"community.HouseRule", "community.CannedReply"}
    for model in apps.get_app_config("community").get_models():
        if model._meta.label not in stays:
            assert not model.objects.exists(), model


def test_removing_counts_real_questions_anew(caregiver, moderator, other_caregiver, settings):
    """On a site that was a demonstration after it was live."""
    question = publish(moderation.send_question(caregiver, title=TITLE, body=BODY), moderator)
    settings.IS_DEMO_SITE = True
    someone = make_member("Someone", is_demo=True)
    publish(moderation.send_answer(other_caregiver, question, body="On the demonstration."), moderator)
    marking.mark(question, by=someone, kind=Mark.Kind.ME_TOO)
    question.refresh_from_db()
    assert (question.lived_count, question.me_too_count) == (1, 1)

    settings.IS_DEMO_SITE = False
    demo.remove_demo_posts()

    question.refresh_from_db()
    assert (question.lived_count, question.me_too_count) == (0, 0)


def test_removing_nothing_is_no_error(db):
    demo.remove_demo_posts()
