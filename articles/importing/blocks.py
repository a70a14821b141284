"""Text to blocks: every non-blank line in exactly one block, in one pass from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from articles.models.sources import Rights, SourceBlock

Kind = SourceBlock.Kind

HEADING = re.compile(r"(#{1,6})(?:\s|$)")
BULLET = re.compile(r"\s*[•*+-]\s+(\S.*)")
NUMBER = re.compile(r"\s*(\d{1,4})[.)]\s+(\S.*)")
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
CREDIT = re.compile(r"(?:credit|photo|image)\s*:", re.IGNORECASE)
RIGHTS = re.compile(r"all rights reserved|(?:©|\(c\)|\bcopyright\b)[\s©:]*\d{4}", re.IGNORECASE)
SOURCES = re.compile(r"(?:references|sources|bibliography)\s*:?", re.IGNORECASE)
SENTENCE_ENDS = (".", ":", ";", ",", "!", "”", '"')
HEADING_WORDS = 14
RIGHTS_LINE_LENGTH = 400


@dataclass(frozen=True)
class Block:
    """A piece of text with its first and last line, counted from 1."""

    kind: Kind
    text: str
    first_line: int
    last_line: int
    level: int | None = None
    stripped: str | None = None
    rights: Rights | None = None


@dataclass(frozen=True)
class _Opening:
    """What a line begins: the kind, and the words after its mark."""

    kind: Kind
    words: str
    level: int | None = None
    goes_on: bool = True


def recognise(lines: list[str], front_matter_ends: int, title: str) -> list[Block]:
    """The blocks of a text, in order. `title` is the one the front matter gives, if any."""
    blocks = list(_cut(lines, front_matter_ends))
    blocks = _named_titles(_joined_headings(blocks), title)
    return _named_captions(_named_references(blocks))


def _cut(lines: list[str], front_matter_ends: int) -> Iterator[Block]:
    """Cut at blank lines, headings, list marks and pictures; each line is looked at once."""
    if front_matter_ends:
        yield Block(Kind.FRONT_MATTER, "\n".join(lines[:front_matter_ends]), 1, front_matter_ends)
    opened: _Opening | None = None
    first = 0
    for number, line in enumerate(lines[front_matter_ends:], front_matter_ends + 1):
        opening = _opening_of(line, opened)
        if opened and (opening or not line.strip()):
            yield _block(opened, lines, first, number - 1)
            opened = None
        if opening and opening.goes_on:
            opened, first = opening, number
        elif opening:
            yield _block(opening, lines, number, number)
    if opened:
        yield _block(opened, lines, first, len(lines))


def _opening_of(line: str, opened: _Opening | None) -> _Opening | None:
    """What this line opens; None for a blank line and for one that goes on with what is open."""
    words = line.strip()
    if not words:
        return None
    if match := HEADING.match(line):
        return _Opening(Kind.HEADING, _heading_words(line[match.end() :]), len(match[1]), goes_on=False)
    if PICTURE.fullmatch(words):
        return _Opening(Kind.FIGURE, words, goes_on=False)
    if _is_rule(words):
        return _Opening(Kind.LABEL, words, goes_on=False)
    if match := BULLET.fullmatch(line):
        return _Opening(Kind.BULLET_ITEM, match[1])
    if (match := NUMBER.fullmatch(line)) and (_is_not_prose(opened) or match[1] == "1"):
        return _Opening(Kind.NUMBERED_ITEM, match[2])
    return None if opened else _Opening(Kind.PARAGRAPH, words)


def _is_not_prose(opened: _Opening | None) -> bool:
    return opened is None or opened.kind is not Kind.PARAGRAPH


def _is_rule(words: str) -> bool:
    """A line drawn across: three or more dashes, stars or underlines."""
    marks = words.replace(" ", "").replace("\t", "")
    return len(marks) >= 3 and len(set(marks)) == 1 and marks[0] in "-*_="


def _heading_words(rest: str) -> str:
    words = rest.strip()
    bare = words.rstrip("#")
    return bare.strip() if not bare or bare[-1].isspace() else words


def _block(opening: _Opening, lines: list[str], first: int, last: int) -> Block:
    rest = (line.strip() for line in lines[first:last])
    text = "\n".join([opening.words.rstrip(), *rest])
    block = Block(opening.kind, text, first, last, opening.level)
    if block.kind is Kind.FIGURE:
        return replace(block, rights=Rights.UNKNOWN)
    if block.kind is Kind.LABEL:
        return replace(block, stripped="a line drawn across the page")
    if len(text) <= RIGHTS_LINE_LENGTH and RIGHTS.search(text):
        return replace(block, kind=Kind.RIGHTS)
    if block.kind is Kind.PARAGRAPH and first == last and CREDIT.match(text):
        return replace(block, kind=Kind.CREDIT)
    return block


def _joined_headings(blocks: list[Block]) -> list[Block]:
    """A heading mark without words takes the heading-shaped line that follows it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and before.kind is Kind.HEADING and not before.text and _is_heading_shaped(block):
            joined[-1] = replace(before, text=block.text, last_line=block.last_line, stripped=None)
        elif block.kind is Kind.HEADING and not block.text:
            joined.append(replace(block, stripped="a heading without words"))
        else:
            joined.append(block)
    return joined


def _is_heading_shaped(block: Block) -> bool:
    one_line = block.kind is Kind.PARAGRAPH and block.first_line == block.last_line
    return one_line and len(block.text.split()) <= HEADING_WORDS and not block.text.endswith(SENTENCE_ENDS)


def _named_titles(blocks: list[Block], title: str) -> list[Block]:
    """First-level headings at the head, or without headings the first bare line, are titles."""
    body = [at for at, block in enumerate(blocks) if block.kind is not Kind.FRONT_MATTER]
    head = list(takewhile(lambda at: blocks[at].kind is Kind.HEADING and blocks[at].level == 1, body))
    if not any(blocks[at].kind is Kind.HEADING for at in body):
        head = [at for at in body if _is_heading_shaped(blocks[at])][:1]
    same = {at for at in body if title and blocks[at].text.casefold() == title.casefold()}
    titles = {at for at in {*head, *same} if blocks[at].text}
    return [
        replace(block, kind=Kind.TITLE, level=None) if at in titles else block
        for at, block in enumerate(blocks)
    ]


def _named_references(blocks: list[Block]) -> list[Block]:
    """What stands under a heading such as "Sources", up to the next heading."""
    named: list[Block] = []
    inside = False
    for block in blocks:
        if block.kind is Kind.HEADING:
            inside = bool(SOURCES.fullmatch(block.text))
        listed = block.kind in {Kind.BULLET_ITEM, Kind.NUMBERED_ITEM, Kind.PARAGRAPH}
        named.append(replace(block, kind=Kind.REFERENCE) if inside and listed else block)
    return named


def _named_captions(blocks: list[Block]) -> list[Block]:
    """The paragraph between a picture and its credit is the picture's caption."""
    named = list(blocks)
    for at in range(1, len(blocks) - 1):
        before, block, after = blocks[at - 1 : at + 2]
        between = before.kind is Kind.FIGURE and after.kind is Kind.CREDIT
        if between and block.kind is Kind.PARAGRAPH:
            named[at] = replace(block, kind=Kind.CAPTION, rights=Rights.UNKNOWN)
    return named
