"""Posts for a demonstration: invented, loud about it, and gone without a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

import articles
from articles.models import Topic
from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.accounts.models import Member
from cachexia_portal.events import append_only
from cachexia_portal.outbox.models import Mail
from community import demo, integrity, marking, moderation, starter_posts
from community.models import (
    Decision,
    HouseRule,
    ItemKind,
    Kind,
    Lane,
    Mark,
    Post,
    PostRevision,
    Report,
    ReviewItem,
    StoryConsent,
)
from community.moderation import small_teams
from community.moderation.verbs import SENT
from community.starter_rules import starter_rules
from community.workflow import BY_THE_AUTHOR, Outcome, Status, Verb
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
    for _key, _digest, make in starter_rules():
        make()


@pytest.fixture
def few_questions(monkeypatch, tmp_path):
    """Three questions, the one that waits, two stories, and what can be practised with those: as good as all."""
    questions = json.loads(starter_posts.QUESTIONS.read_text())
    kept = [*questions[:3], questions[-1]]
    known = {question["id"] for question in kept}
    stories = json.loads(starter_posts.STORIES.read_text())[:2]
    practice = [each for each in starter_posts.posts_to_practise_on() if _stands_under(each) <= known]
    for name, rows in {"QUESTIONS": kept, "STORIES": stories, "PRACTICE": practice}.items():
        few = tmp_path / f"{name}.json"
        few.write_text(json.dumps(rows))
        monkeypatch.setattr(starter_posts, name, few)


def _stands_under(each: dict) -> set[str]:
    return {each[name].split("/")[0] for name in ("about", "under") if name in each}


def test_forty_questions_and_ten_stories_are_public_and_every_state_is_there(demo_site):
    demo.load_demo_posts()

    public = Post.objects.visible_to(None)
    assert public.questions().count() == 40
    assert public.stories().count() == 10
    assert not Post.objects.filter(is_demo=False).exists()
    assert not Mail.objects.filter(status="waiting").exists()
    assert not list(integrity.breaches())
    _every_question_has_an_answer_in_both_lanes()
    _clinical_answers_send_to_the_team()
    _stories_stand_by_what_their_tellers_agreed_to()
    _moderators_can_practise_everything()


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


def _stories_stand_by_what_their_tellers_agreed_to():
    stories = Post.objects.visible_to(None).stories().with_words()
    consents = StoryConsent.objects.live().filter(post__in=stories)
    assert consents.filter(on_this_site=True).count() == 10
    for purpose in ("in_search_engines", "in_print", "for_teaching"):
        assert set(consents.values_list(purpose, flat=True)) == {True, False}
    assert {story.is_anonymous for story in stories} == {True, False}
    assert stories.filter(thanks_count__gte=marking.SHOWN_FROM).exists()


def _moderators_can_practise_everything():
    """In whatever state words and items can be, there is one; every verb was used, every kind waits."""
    waiting = ReviewItem.objects.open()
    assert set(PostRevision.objects.values_list("status", flat=True)) == set(Status.values)
    assert set(waiting.values_list("kind", flat=True)) == set(ItemKind.values)
    assert set(ReviewItem.objects.values_list("outcome", flat=True)) == {"", *Outcome.values}
    assert set(Decision.objects.values_list("verb", flat=True)) == set(Verb.values)
    assert set(Report.objects.values_list("type", flat=True)) >= {"unkind", "harm", "worried", "about_me"}
    assert waiting.filter(claimed_until__gt=timezone.now()).exists()
    assert waiting.filter(escalated_at__isnull=False).count() == 1
    assert waiting.filter(revision__post__kind=Kind.STORY).exists()
    assert Post.objects.filter(hidden_at__isnull=False).exists()
    practising = Member.objects.get(email="moderator@demo.example")
    offered = {verb for item in waiting for verb in moderation.open_verbs(item, practising)}
    assert offered >= {*SENT, Verb.KEEP, Verb.HIDE}


def test_whoever_read_a_post_is_not_the_only_moderator_who_is_active(demo_site, few_questions):
    demo.load_demo_posts()

    read = Decision.objects.exclude(verb__in=BY_THE_AUTHOR)
    readers = set(read.values_list("who", flat=True))
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


def test_removing_after_every_kind_of_act_leaves_no_row(demo_site, few_questions, moderator, other_moderator):
    demo.load_demo_posts()
    house_rule = HouseRule.objects.get(number=2)
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
