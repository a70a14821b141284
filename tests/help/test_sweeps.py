import logging
from datetime import date, timedelta

import pytest

from cachexia_portal.help import page_file
from cachexia_portal.help.sweeps import rewrite_pages, stale_lines
from tests.help.lines import checked_line, make_line

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def test_the_pages_are_written_each_day_once(clock):
    assert [rewrite_pages(), rewrite_pages()] == [True, False]
    clock.shift(timedelta(days=1))
    assert [rewrite_pages(), rewrite_pages()] == [True, False]


def test_a_sweep_repairs_what_a_full_disk_left_undone(settings):
    settings.HELP_PAGES_DIR.parent.mkdir(exist_ok=True)
    settings.HELP_PAGES_DIR.write_text("a file where the folder should be")
    make_line()
    with pytest.raises(OSError, match="exists"):
        rewrite_pages()
    settings.HELP_PAGES_DIR.unlink()
    assert rewrite_pages()
    assert page_file.written(settings.HELP_PAGES_DIR) is not None


def test_staff_are_warned_of_stale_lines_once_a_day(clock, editor, other_editor, caplog):
    stale = checked_line(editor, other_editor, DAY - timedelta(days=90))
    checked_line(editor, other_editor, DAY - timedelta(days=89))
    make_line()
    assert stale_lines() == [stale]
    with caplog.at_level(logging.WARNING, "portal.help"):
        rewrite_pages()
        rewrite_pages()
    assert caplog.messages == ["1 help lines have not been checked for 90 days"]
