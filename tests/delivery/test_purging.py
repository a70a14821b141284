"""A page taken back from the proxy leaves a mark, which outlasts what the proxy may have kept."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import threading
import time

import pytest

from cachexia_portal.delivery import purging
from cachexia_portal.delivery.page_kinds import PageKind

PATH = "/articles/a-guide/"


@pytest.fixture
def folder(tmp_path, settings):
    settings.PROXY_PURGE_DIR = str(tmp_path / "purged")
    return tmp_path / "purged"


def test_a_mark_stands_where_the_path_says(folder):
    purging.purge([PATH, "/help-now/"])
    assert (folder / "articles/a-guide/taken-back").is_file()
    assert (folder / "help-now/taken-back").is_file()


def test_without_a_proxy_nothing_is_written(settings, tmp_path):
    settings.PROXY_PURGE_DIR = ""
    purging.purge([PATH])
    purging.tidy()
    assert not list(tmp_path.iterdir())


def test_a_mark_outlasts_what_the_proxy_kept_and_then_goes(folder):
    purging.purge([PATH])
    mark = purging.mark_of(folder, PATH)
    for age, is_there in ((0, True), (purging.MARK_SECONDS - 60, True), (purging.MARK_SECONDS + 1, False)):
        os.utime(mark, (time.time() - age,) * 2)
        purging.tidy()
        assert mark.exists() is is_there, age


def test_a_mark_outlasts_a_page_that_was_on_its_way_when_it_was_taken_back():
    """Kept for as long as a guide may be shown, by a proxy that began to fetch it as long before."""
    kept = [sum(map(int, re.findall(r"(?:s-maxage|stale-if-error)=(\d+)", kind.value))) for kind in PageKind]
    assert max(kept) == 600
    assert 2 * max(kept) <= purging.MARK_SECONDS


def test_no_mark_is_made_while_old_ones_are_removed(folder):
    """Or one that is made anew could go as too old."""
    purging.purge(["/help-now/"])
    with (folder / ".lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        maker = threading.Thread(target=purging.purge, args=([PATH],))
        maker.start()
        maker.join(0.3)
        assert maker.is_alive()
        assert not purging.mark_of(folder, PATH).exists()
    maker.join(20)
    assert purging.mark_of(folder, PATH).exists()


def test_taking_back_again_starts_the_time_anew(folder):
    purging.purge([PATH])
    mark = purging.mark_of(folder, PATH)
    os.utime(mark, (0, 0))
    purging.purge([PATH])
    purging.tidy()
    assert mark.exists()


@pytest.mark.parametrize("path", ["articles/a/", "/articles/a", "/../../etc/", "/articles/../x/"])
def test_what_is_no_path_of_a_page_is_refused(folder, path):
    with pytest.raises(ValueError, match="no path"):
        purging.mark_of(folder, path)


def test_a_folder_that_cannot_be_written_stops_no_withdrawal(tmp_path, settings, caplog):
    (tmp_path / "file").write_text("")
    settings.PROXY_PURGE_DIR = str(tmp_path / "file")
    with caplog.at_level(logging.ERROR, "portal.delivery"):
        purging.purge([PATH])
    assert "could not be taken back from the proxy" in caplog.text
