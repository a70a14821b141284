"""Many invented posts at once: each row as the ordinary acts would have left it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Topic
from cachexia_portal.accounts.demo_crowd import crowd
from cachexia_portal.accounts.models import Member, TakenName
from cachexia_portal.accounts.names import check_name
from cachexia_portal.search.models import SearchDocument, SearchWord, Shelf
from community import counting, demo, integrity, searchable
from community.invented import Words
from community.models import Decision, Lane, Post, ReviewItem
from tests.people import make_member

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


# --- Found, and written by many ------------------------------------------------------------


def test_what_was_written_is_found_as_if_the_acts_had_put_it_there(populated):
    found = {(each.row, each.version, each.title_stems, each.body_stems) for each in documents()}
    assert len(found) == 30
    for question in Post.objects.questions():
        searchable.refresh(question.pk)

    assert {(each.row, each.version, each.title_stems, each.body_stems) for each in documents()} == found
    assert all(each.is_demo for each in documents())
    assert SearchWord.objects.exists()


def documents():
    return SearchDocument.objects.filter(shelf=Shelf.QUESTIONS)


def test_words_are_many_and_most_of_them_rare():
    """As of a language: what is said often is said very often, and half of the words stand there once or twice."""
    words = Words(7)
    said = Counter(
        word for _ in range(2_000) for word in f"{words.title()} {words.question()}".lower().split()
    )

    rare = [word for word, times in said.items() if times <= 2]
    assert len(said) > 3_000
    assert len(rare) > len(said) / 2
    assert max(said.values()) > 50 * sorted(said.values())[-500]


def test_members_write_and_have_names_of_their_own(settings):
    settings.IS_DEMO_SITE = True
    call_command("populate", "--questions", "40", "--members", "60", verbosity=0)
    call_command("populate", "--members", "5", verbosity=0)

    assert crowd().count() == 65
    assert crowd().values("display_name").distinct().count() == 65
    for member in crowd()[:5]:
        check_name(member.display_name)
        assert member.has_health_consent
        assert not member.has_usable_password()
        assert TakenName.objects.has(member.display_name)
    assert Post.objects.questions().filter(author__in=crowd()).count() > 10
    assert not list(integrity.breaches())


def test_no_member_is_made_under_a_name_that_is_taken(settings):
    settings.IS_DEMO_SITE = True
    call_command("populate", "--members", "1", verbosity=0)
    first = crowd().get().display_name
    crowd().delete()
    call_command("populate", "--members", "1", verbosity=0)

    assert crowd().get().display_name != first


def test_removing_empties_the_crowd_and_frees_their_names(settings):
    settings.IS_DEMO_SITE = True
    call_command("populate", "--questions", "5", "--answers", "9", "--members", "12", verbosity=0)
    real = make_member("Linden Row")
    call_command("remove_demo", verbosity=0)

    assert not Post.objects.exists()
    assert not SearchDocument.objects.exists()
    assert list(Member.objects.filter(closed_at=None)) == [real]
    assert not Member.objects.filter(is_demo=True).exists()
    assert TakenName.objects.count() == 1


# --- Posts of a file -----------------------------------------------------------------------

ROWS = [
    {
        "id": "A1",
        "title": "The kettle is the loudest thing here",
        "body": "He sleeps, and the kettle does not.",
        "answers": [
            {"role": "caregiver", "text": "Ours whistles as well."},
            {"role": "verified_clinician", "text": "Ask the team about his sleep."},
        ],
    },
    {"id": 2, "title": "Second", "body": "Words."},
]


@pytest.fixture
def from_file(settings, tmp_path, capsys):
    settings.IS_DEMO_SITE = True

    def write(rows) -> dict:
        file = tmp_path / "posts.json"
        file.write_text(rows if isinstance(rows, str) else json.dumps(rows), encoding="utf-8")
        call_command("populate", "--from", str(file))
        return json.loads(capsys.readouterr().out)

    return write


def test_posts_of_a_file_are_public_under_the_ids_that_are_printed(from_file):
    ours = from_file(ROWS)

    assert set(ours) == {"A1", "2"}
    public = Post.objects.visible_to(None).with_words()
    first, second = public.get(pk=ours["A1"]), public.get(pk=ours["2"])
    assert (first.public_title, first.published_revision.body) == (ROWS[0]["title"], ROWS[0]["body"])
    assert (first.lived_count, first.clinical_count, second.lived_count) == (1, 1, 0)
    bodies = list(public.under(first).values_list("published_revision__body", flat=True))
    assert bodies == ["Ours whistles as well.", "Ask the team about his sleep."]
    assert set(documents().values_list("row", flat=True)) == {first.pk, second.pk}
    assert not list(integrity.breaches())


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", "not a list"),
        ([[]], "Entry 1: it needs an id"),
        ([{"title": "T", "body": "B"}], "Entry 1: it needs an id"),
        ([{"id": True, "title": "T", "body": "B"}], "Entry 1: it needs an id"),
        ([ROWS[1], {"id": "2", "title": "T", "body": "B"}], "Entry 2: the id “2” was there before"),
        ([{"id": "x", "title": "T"}], "“body” is missing"),
        ([{"id": "x", "title": " ", "body": "B"}], "“title” is missing"),
        ([{"id": "x", "title": "T" * 151, "body": "B"}], "“title” is longer than 150"),
        ([{"id": "x", "title": "T", "body": "B" * 20_001}], "“body” is longer than"),
        ([{"id": "x", "title": "T\0", "body": "B"}], "cannot be stored"),
        ([{"id": "x", "title": "\ud800", "body": "B"}], "cannot be stored"),
        ([{"id": "\ud800", "title": "T", "body": "B"}], "“id” holds a sign"),
        ([{"id": "x", "title": "T", "body": "B", "answers": "none"}], "not a list of answers"),
        ([{"id": "x", "title": "T", "body": "B", "answers": [{"role": "caregiver"}]}], "“text” is missing"),
    ],
)
def test_a_list_that_is_wrong_is_refused_whole_and_says_where(from_file, rows, says):
    rows = [{"id": "good", "title": "Good", "body": "Words."}, *rows] if isinstance(rows, list) else rows
    says = says.replace("Entry 2", "Entry 3").replace("Entry 1", "Entry 2")
    with pytest.raises(CommandError, match=re.escape(says)):
        from_file(rows)
    assert not Post.objects.exists()


def test_a_file_that_is_not_there_is_said_in_a_line(settings):
    settings.IS_DEMO_SITE = True
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("populate", "--from", "/nowhere/at/all.json")


def test_a_live_site_takes_no_file(settings, tmp_path):
    settings.IS_DEMO_SITE = False
    file = tmp_path / "posts.json"
    file.write_text(json.dumps(ROWS))
    with pytest.raises(CommandError, match="live site"):
        call_command("populate", "--from", str(file))
    assert not Post.objects.exists()
