"""The file with the finished pages: whole or not there, believed only when whole."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cachexia_portal.help import page_file
from cachexia_portal.help.making import Material, made_pages


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared"


def a_file(mark: str) -> bytes:
    pages = made_pages(Material([], home="US"))
    pages["help"]["fresh"]["live"] = mark
    return page_file.dump(pages, None)


def words_of(folder: Path) -> str | None:
    bundle = page_file.written(folder)
    return bundle.pages["help"].fresh["live"].decode() if bundle else None


def test_what_is_written_is_read(folder):
    page_file.write(folder, a_file("first"))
    assert words_of(folder) == "first"
    page_file.write(folder, a_file("again"))
    assert words_of(folder) == "again"


def test_the_file_is_read_once_until_it_changes(folder, monkeypatch):
    page_file.write(folder, a_file("first"))
    assert words_of(folder) == "first"
    monkeypatch.setattr(page_file, "_believed", lambda path: pytest.fail("read again"))
    assert words_of(folder) == "first"


def test_another_file_of_the_same_size_and_time_is_seen(folder):
    page_file.write(folder, a_file("aaaa"))
    before = (folder / "pages.json").stat()
    assert words_of(folder) == "aaaa"
    page_file.write(folder, a_file("bbbb"))
    os.utime(folder / "pages.json", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert words_of(folder) == "bbbb"


def _altered(data: bytes, **changes) -> bytes:
    return json.dumps({**json.loads(data), **changes}).encode()


DAMAGE = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "no JSON": lambda data: b"<!doctype html>",
    "not UTF-8": lambda data: b"\xff\xfe" + data,
    "one letter changed": lambda data: data.replace(b"mark of the page", b"mark of the pagE"),
    "digest changed": lambda data: _altered(data, digest="0" * 64),
    "another shape": lambda data: b"[]",
    "null": lambda data: b"null",
    "deep": lambda data: b"[" * 100_000,
    "no pages": lambda data: _altered(data, pages={}, digest=page_file._digest({})),
    "wrong day": lambda data: _altered(data, written_on="soon"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_not_believed(damage, folder, settings):
    settings.HELP_PAGES_DIR = folder
    data = a_file("mark of the page")
    assert damage(data) != data
    (folder / "pages.json").write_bytes(damage(data))
    assert page_file.current() is page_file.shipped()


def test_a_missing_file_means_the_shipped_copy(folder, settings):
    settings.HELP_PAGES_DIR = folder / "not-there"
    assert page_file.current() is page_file.shipped()


def test_a_file_that_cannot_be_read_means_the_shipped_copy(folder, settings):
    settings.HELP_PAGES_DIR = folder
    (folder / "pages.json").mkdir()
    assert page_file.current() is page_file.shipped()


def test_a_writer_killed_before_the_rename_leaves_the_old_file(folder):
    page_file.write(folder, a_file("old"))
    killed_at_rename = (
        "import os, sys, pathlib; from cachexia_portal.help import page_file;"
        "os.replace = lambda *names: os.kill(os.getpid(), 9);"
        "page_file.write(pathlib.Path(sys.argv[1]), b'new')"
    )
    code = subprocess.run([sys.executable, "-c", killed_at_rename, str(folder)], check=False).returncode
    assert code == -9
    assert list(folder.glob(".pages-*.tmp"))
    assert words_of(folder) == "old"
    page_file.write(folder, a_file("new"))
    assert words_of(folder) == "new"
    assert not list(folder.glob(".pages-*.tmp"))


@pytest.mark.parametrize("step", ["fsync", "replace", "fchmod"])
def test_a_full_disk_leaves_the_old_file_and_no_rest(step, folder, monkeypatch):
    page_file.write(folder, a_file("old"))

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(page_file.os, step, full)
    with pytest.raises(OSError, match="No space"):
        page_file.write(folder, a_file("new"))
    monkeypatch.undo()
    assert words_of(folder) == "old"
    assert not list(folder.glob(".pages-*.tmp"))


def test_readers_see_a_whole_file_while_two_write(folder):
    texts = [letter * 50_000 for letter in "ab"]
    page_file.write(folder, a_file(texts[0]))
    files = [a_file(text) for text in texts]
    stop = threading.Event()

    def keep_writing(data: bytes) -> None:
        while not stop.is_set():
            with page_file.alone(folder):
                page_file.write(folder, data)

    writers = [threading.Thread(target=keep_writing, args=[data]) for data in files]
    for writer in writers:
        writer.start()
    try:
        seen = [words_of(folder)]
        while len(seen) < 200 or (set(seen) != set(texts) and len(seen) < 50_000):
            seen.append(words_of(folder))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert set(seen) == set(texts)


def test_a_second_writer_waits_for_the_first(folder):
    order = []

    def second() -> None:
        with page_file.alone(folder):
            order.append("second")

    other = threading.Thread(target=second)
    with page_file.alone(folder):
        other.start()
        other.join(timeout=0.3)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
