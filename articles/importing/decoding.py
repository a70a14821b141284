"""Bytes to text: UTF-8, else the Windows code page 1252. No guessing beyond that."""

from __future__ import annotations

import re

from articles.importing.refusal import ImportRefused

SIZE_LIMIT = 5 * 1024 * 1024
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(content: bytes) -> str:
    """Text with lines ended by "\\n" only, no byte order mark, and plain spaces for no-break ones."""
    if len(content) > SIZE_LIMIT:
        raise ImportRefused("The file is larger than 5 MB.")
    if content.startswith(UTF_16_MARKS):
        raise ImportRefused("The file is UTF-16. Save it as UTF-8.", 1)
    text = _as_text(content).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    if not text.strip():
        raise ImportRefused("The file is empty.")
    found = CONTROL.search(text)
    if found:
        sentence = f"The file holds a control character (U+{ord(found[0]):04X}); it is not plain text."
        raise ImportRefused(sentence, _line_of(text, found.start()))
    return text


def _as_text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as not_utf8:
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            line = content.count(b"\n", 0, not_utf8.start) + 1
            raise ImportRefused("The file is neither UTF-8 nor Windows-1252 text.", line) from None


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
