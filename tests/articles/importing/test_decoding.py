"""Bytes to text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.decoding import SIZE_LIMIT, decode
from articles.importing.outline import outline_of
from articles.importing.refusal import ImportRefused
from articles.management.commands.outline import as_json
from tests.articles.importing.test_blocks import LINES

PLAIN = "Kettle\n\nFill it, then wait.\n"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(" ", "\u00a0").encode(),
        PLAIN.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "no-break space", "no last newline"],
)
def test_the_outline_is_the_same_however_the_file_was_saved(content):
    plain, other = outline_of("a.txt", PLAIN.encode()), outline_of("a.txt", content)
    assert other.blocks == plain.blocks
    assert other.title == plain.title
    assert other.sha256 != plain.sha256


@settings(max_examples=60)
@given(st.lists(LINES, min_size=1, max_size=20))
def test_any_outline_is_the_same_however_the_file_was_saved(lines):
    text = "\n".join(lines).replace("\r", "").rstrip("\n")
    saved = [
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        (text + "\n").encode(),
        text.replace("\n", "\r\n").encode(),
        text.replace(" ", "\u00a0").encode(),
    ]
    assert len({_seen(content) for content in saved}) == 1


def _seen(content: bytes) -> str:
    """Everything but the hash, or why the file is refused."""
    try:
        outline = outline_of("a.txt", content)
    except ImportRefused as refused:
        return refused.reason
    return str(as_json(outline) | {"sha256": ""})


def test_windows_1252_is_read_where_utf_8_does_not_fit():
    assert decode("Café, “sit down”".encode("cp1252")) == "Café, “sit down”"


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ("charset: iso-8859-2", "iso-8859-2"),
        ("# -*- coding: koi8-r -*-", "koi8-r"),
        ("encoding=windows-1251", "cp1251"),
    ],
)
def test_a_declared_charset_is_read_where_utf_8_does_not_fit(head, charset):
    text = f"{head}\n\n{'Łza' if charset == 'iso-8859-2' else 'слеза'}"
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize("head", ["charset: utf-7", "charset: klingon", "coding: idna", "encoding: utf-8"])
def test_a_charset_that_is_not_read_leaves_windows_1252(head):
    assert decode(f"{head}\n\nCafé".encode("cp1252")) == f"{head}\n\nCafé"


def test_utf_8_wins_over_what_is_declared():
    assert decode("charset: iso-8859-2\n\nCafé".encode()) == "charset: iso-8859-2\n\nCafé"


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", None, "empty"),
        (b" \r\n\t", None, "empty"),
        (b"one\ntwo\x00", 2, "U+0000"),
        (b"one\n\ntwo \x1b[31m", 3, "U+001B"),
        (b"one\n\xff\x81", 2, "neither UTF-8"),
        (b"\xff\xfeo\x00n\x00", 1, "UTF-16"),
        (b"x" * (SIZE_LIMIT + 1), None, "5 MB"),
    ],
    ids=["empty", "blank", "NUL", "escape", "no encoding", "UTF-16", "too large"],
)
def test_what_is_no_text_is_refused_with_its_line(content, line, said):
    with pytest.raises(ImportRefused) as refused:
        decode(content)
    assert said in refused.value.reason
    assert refused.value.line == line


def test_five_megabytes_are_not_too_large():
    assert len(decode(b"x" * SIZE_LIMIT)) == SIZE_LIMIT
