"""Many invented posts at once: each row as the ordinary acts would have left it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Topic
from community import counting, demo, integrity
from community.invented import Words
from community.models import Decision, Lane, Post, ReviewItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def populated(settings):
    settings.IS_DEMO_SITE = True
    Topic.objects.create(slug="food", name="Food", fields=["nutrition"])
    Topic.objects.create(slug="money", name="Money", fields=["social_work"])
    call_command("populate", "--questions", "30", "--answers", "90", verbosity=0)


def test_as_many_as_were_asked_for_and_all_public(populated):
    public = Post.objects.visible_to(None)

    assert public.filter(kind="question").count() == 30
    assert public.filter(kind="answer").count() == 90
    assert not Post.objects.filter(is_demo=False).exists()
    assert not ReviewItem.objects.open().exists()
    assert Decision.objects.filter(verb="publish").count() == 120


def test_every_rule_holds(populated):
    assert not list(integrity.breaches())


def test_one_question_has_twenty_answers_and_some_have_none(populated):
    numbers = [len(Post.objects.under(question)) for question in Post.objects.questions()]

    assert max(numbers) >= 20
    assert 0 in numbers


def test_counts_are_those_of_a_recount(populated):
    columns = ("pk", "lived_count", "clinical_count", "staff_count")
    before = list(Post.objects.questions().order_by("pk").values_list(*columns))
    for question in Post.objects.questions():
        counting.recount(question.pk)

    assert list(Post.objects.questions().order_by("pk").values_list(*columns)) == before
    assert any(lived and clinical for _pk, lived, clinical, _staff in before)


def test_the_database_has_counted_the_rows_it_plans_for(populated):
    counted = {
        "sqlite": "SELECT MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'community_post'",
        "postgresql": "SELECT reltuples::int FROM pg_class WHERE relname = 'community_post'",
    }
    with connection.cursor() as cursor:
        cursor.execute(counted[connection.vendor])
        assert cursor.fetchone()[0] == 120


def test_a_clinician_speaks_only_where_their_field_covers_the_topic(populated):
    clinical = Post.objects.filter(lane=Lane.CLINICAL)

    assert clinical
    for answer in clinical.select_related("credential"):
        topics = answer.question.topics.all()
        assert any(set(topic.fields) & set(answer.credential.fields) for topic in topics)


def test_running_it_again_adds_as_many_with_other_words(populated):
    call_command("populate", "--questions", "5", verbosity=0)

    assert Post.objects.questions().count() == 35
    assert Words(1).title() == Words(1).title() != Words(2).title()


def test_it_speaks_of_progress_on_standard_error_alone(settings, capsys):
    settings.IS_DEMO_SITE = True
    call_command("populate", "--questions", "2", "--answers", "1")
    told = capsys.readouterr()

    assert told.out == "Written: questions 2, answers 1.\n"
    assert "2 of 2 questions" in told.err


def test_a_live_site_refuses(settings):
    settings.IS_DEMO_SITE = False
    with pytest.raises(CommandError, match="live site"):
        call_command("populate", "--questions", "1")
    assert not Post.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "many", "1e9", "99999999", ""])
def test_what_is_no_number_is_refused(typed, settings):
    settings.IS_DEMO_SITE = True
    with pytest.raises(CommandError, match="is no number"):
        call_command("populate", f"--questions={typed}")


def test_answers_need_a_question(settings):
    settings.IS_DEMO_SITE = True
    with pytest.raises(CommandError, match="at least one"):
        call_command("populate", "--questions", "0", "--answers", "3")


def test_it_is_all_taken_away(populated):
    demo.remove_demo_posts()

    assert not Post.objects.exists()
