"""Bytes to text: UTF-8, else what the file declares at its head, else the Windows code page 1252."""

from __future__ import annotations

import re

from articles.importing.refusal import ImportRefused

SIZE_LIMIT = 5 * 1024 * 1024
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
HEAD_SIZE = 1024
DECLARED = re.compile(
    rb"\b(?:charset|encoding|coding)\s*[:=]\s*[\"']?([A-Za-z][A-Za-z0-9_.-]{2,20})", re.IGNORECASE
)
READ = re.compile(
    r"iso-?8859-?(?:[1-9]|1[013456])|latin-?(?:[1-9]|10)|(?:windows-|cp)125[0-8]|koi8-[ru]|mac-?roman|shift_jis|gb18030|euc-jp|big5"
)
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
        for charset in (*_declared(content), "cp1252"):
            try:
                return content.decode(charset)
            except UnicodeDecodeError:
                continue
        line = content.count(b"\n", 0, not_utf8.start) + 1
        raise ImportRefused("The file is neither UTF-8 nor Windows-1252 text.", line) from None


def _declared(content: bytes) -> list[str]:
    """The charset that the first lines name, such as "charset: iso-8859-2", if it is one we read."""
    found = DECLARED.search(content[:HEAD_SIZE])
    name = found[1].decode("ascii").lower() if found else ""
    return [name] if READ.fullmatch(name) else []


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
