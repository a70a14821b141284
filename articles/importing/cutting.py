"""Lines to blocks, cut at blank lines, headings, list marks, pictures and lines that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing import bylines, reasons, shapes
from articles.importing.block import Block, Kind

HEADING = re.compile(r"(#{1,6})(?:\s|$)")
BULLET = re.compile(r"[•◦‣▪●○·]\s*(\S.*)|[*+-]\s+(\S.*)")
DASH = re.compile(r"[–—]\s+(\S.*)")
NUMBER = re.compile(r"(?:\((\d{1,4})\)|\[(\d{1,4})\]|(\d{1,4})[.)])\s+(\S.*)")
PICTURE = re.compile(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?")
MARKS = frozenset("#!*•◦‣▪●○·+-–—=_[(0123456789")


@dataclass
class _Opening:
    """What a line begins: the kind, and the words after its mark."""

    kind: Kind
    words: str
    level: int | None = None
    goes_on: bool = True
    indent: int = 0
    first_line: int = 0


def cut(lines: list[str], front_matter_ends: int) -> list[Block]:
    """Look at each line once; every non-blank one is in exactly one block afterwards."""
    names = bylines.names_in(lines)
    blocks = [_front_matter(lines, front_matter_ends)] if front_matter_ends else []
    blocks.extend(_cut(lines, front_matter_ends, names))
    return blocks


def _front_matter(lines: list[str], ends: int) -> Block:
    return Block(Kind.FRONT_MATTER, "\n".join(lines[:ends]), 1, ends)


def _cut(lines: list[str], start: int, names: set[str]) -> Iterator[Block]:
    opened: _Opening | None = None
    for number in range(start + 1, len(lines) + 1):
        line = lines[number - 1]
        words = line.strip()
        if opened and words and (level := _underline(words, opened, number)):
            yield Block(Kind.HEADING, opened.words, opened.first_line, number, level)
            opened = None
            continue
        opening = _opening_of(line, words, opened, names) if words else None
        if opened and (opening or not words):
            yield _block(opened, lines, number - 1)
            opened = None
        if opening:
            opening.first_line = number
            if opening.goes_on:
                opened = opening
            else:
                yield _block(opening, lines, number)
    if opened:
        yield _block(opened, lines, len(lines))


def _underline(words: str, opened: _Opening, number: int) -> int | None:
    """The level of the heading that a line of "=" or "-" makes of the one line above it."""
    if words[0] not in "=-" or len(words) < 3 or words.strip(words[0]):
        return None
    one_line = opened.kind is Kind.PARAGRAPH and opened.first_line == number - 1
    if not one_line or not shapes.is_heading_shaped(opened.words):
        return None
    return 1 if words[0] == "=" else 2


def _opening_of(line: str, words: str, opened: _Opening | None, names: set[str]) -> _Opening | None:
    """What this line opens; None for one that goes on with what is open."""
    if words[0] in MARKS:
        marked = _marked(line, words, opened)
        if marked:
            return marked
    if names and len(words) <= bylines.NAME_LENGTH and words.casefold() in names:
        return _Opening(Kind.LABEL, words, goes_on=False)
    if opened is None:
        return _Opening(Kind.PARAGRAPH, words)
    if shapes.stands_alone(words) or _is_out_of_the_list(line, opened):
        return _Opening(Kind.PARAGRAPH, words, goes_on=not shapes.stands_alone(words))
    return None


def _marked(line: str, words: str, opened: _Opening | None) -> _Opening | None:
    """What a line opens that begins with one of the marks, if it does open something."""
    mark = words[0]
    if mark == "#":
        match = HEADING.match(line)
        return match and _Opening(
            Kind.HEADING, _heading_words(line[match.end() :]), len(match[1]), goes_on=False
        )
    if mark in "![" and PICTURE.fullmatch(words):
        return _Opening(Kind.FIGURE, words, goes_on=False)
    if mark in "-*_=" and _is_rule(words):
        return _Opening(Kind.LABEL, words, goes_on=False)
    item = _item(words, in_prose=opened is not None and opened.kind is Kind.PARAGRAPH)
    if item:
        item.indent = len(line) - len(line.lstrip())
    return item


def _item(words: str, in_prose: bool) -> _Opening | None:
    """An item of a list. Inside a paragraph a dash is a dash, and a number but 1 is a number."""
    if match := BULLET.fullmatch(words):
        return _Opening(Kind.BULLET_ITEM, match[1] or match[2])
    if not in_prose and (match := DASH.fullmatch(words)):
        return _Opening(Kind.BULLET_ITEM, match[1])
    if (match := NUMBER.fullmatch(words)) and (not in_prose or "1" in match.groups()[:3]):
        return _Opening(Kind.NUMBERED_ITEM, match[4])
    return None


def _is_out_of_the_list(line: str, opened: _Opening) -> bool:
    """A line further left than the mark of the item before it does not go on with that item."""
    return opened.indent > 0 and len(line) - len(line.lstrip()) < opened.indent


def _is_rule(words: str) -> bool:
    """A line drawn across: three or more dashes, stars or underlines."""
    marks = words.replace(" ", "").replace("\t", "")
    return len(marks) >= 3 and not marks.strip(marks[0])


def _heading_words(rest: str) -> str:
    words = rest.strip()
    bare = words.rstrip("#")
    return bare.strip() if not bare or bare[-1].isspace() else words


def _block(opening: _Opening, lines: list[str], last: int) -> Block:
    first = opening.first_line
    text = opening.words.rstrip()
    if last > first:
        text = "\n".join([text, *(line.strip() for line in lines[first:last])])
    block = Block(opening.kind, text, first, last, opening.level)
    if block.kind is Kind.LABEL:
        block.stripped = reasons.RULE if _is_rule(text) else reasons.NAME
    elif block.kind is not Kind.FIGURE:
        shapes.name_by_its_words(block)
    return block
