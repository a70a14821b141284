"""The two forms of each fixed page: the day alone decides which is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cachexia_portal.help.pages import (
    write_pages,
)
from tests.help.lines import checked_line, make_line
from tests.help.shown import DAY, ONE_STALE, STALE, card, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["help", "server_error", "read_only"])
def test_the_clock_alone_picks_the_form(name, clock, editor, other_editor, all_stopped_later):
    checked_line(editor, other_editor, DAY)
    write_pages()
    all_stopped_later()
    last_good_day = DAY + timedelta(days=89)
    clock.move_to(datetime.combine(last_good_day, datetime.max.time(), tzinfo=UTC))
    assert STALE not in sent(name)
    assert ONE_STALE not in sent(name)
    clock.move_to(datetime.combine(last_good_day + timedelta(days=1), datetime.min.time(), tzinfo=UTC))
    assert STALE in sent(name)
    assert ONE_STALE in sent(name)
    clock.shift(timedelta(days=-1))
    assert STALE not in sent(name)


def test_the_day_is_the_one_of_the_sites_own_zone(clock, settings, editor, other_editor):
    settings.TIME_ZONE = "Pacific/Auckland"
    checked_line(editor, other_editor, DAY)
    write_pages()
    clock.move_to(datetime(2027, 2, 18, 12, 0, tzinfo=UTC))  # 19 February there
    assert STALE in sent()
    clock.move_to(datetime(2027, 2, 18, 10, 0, tzinfo=UTC))  # still 18 February there
    assert STALE not in sent()


def test_only_the_lines_that_are_stale_are_marked(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=60), country="CA")
    checked_line(editor, other_editor, DAY, country="GB")
    make_line(country="IN")
    write_pages()
    clock.shift(timedelta(days=30))
    html = sent()
    marked = [code for code in ("ca", "gb", "in") if ONE_STALE in card(html, code)]
    assert marked == ["ca"]


def test_the_next_writing_marks_those_that_became_stale_since(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=60), country="CA")
    checked_line(editor, other_editor, DAY, country="GB")
    clock.shift(timedelta(days=90))
    write_pages()
    assert sent().count(ONE_STALE) == 2


def test_the_oldest_check_decides_and_a_retired_line_does_not_count(clock, editor, other_editor):
    old = checked_line(editor, other_editor, DAY - timedelta(days=89))
    checked_line(editor, other_editor, DAY)
    old.retire(by=editor)
    write_pages()
    clock.shift(timedelta(days=1))
    assert STALE not in sent()


def test_a_page_whose_own_numbers_are_fresh_does_not_say_stale(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=100), country="CA")
    checked_line(editor, other_editor, DAY, country="US")
    write_pages()
    assert STALE in sent("help")
    assert STALE not in sent("server_error")


def test_unchecked_numbers_never_become_stale(clock):
    make_line()
    write_pages()
    clock.shift(timedelta(days=400))
    assert STALE not in sent()
