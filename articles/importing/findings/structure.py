"""Holes and doublings: lists and headings that were lost, words that stand twice, dead labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.importing import shapes
from articles.importing import titles as title_words
from articles.importing.block import ITEMS, Block, Kind, blank_lines_between
from articles.importing.findings.finding import Code, Finding, Reading, blocking, note, quoted, warning
from articles.importing.naming import QUOTATION

LISTED = ITEMS | {Kind.REFERENCE, Kind.FIGURE, Kind.LINK}
HEADS = {Kind.HEADING, Kind.TITLE, Kind.SIDEBAR}
NO_SECTION = HEADS | {
    Kind.FRONT_MATTER, Kind.LABEL, Kind.RIGHTS, Kind.REVIEWER, Kind.DATE, Kind.DISCLAIMER, Kind.FIGURE,
    Kind.CAPTION, Kind.CREDIT, Kind.LINK,
}  # fmt: skip
EMPTY_MARK = re.compile(r"#{1,6}[\s#]*")
SENTENCE = re.compile(r"[^.!?]+[.!?]?")
WORD = re.compile(r"\w+")
REPEATED_WORDS = 6
SHORTEST_SENTENCE = 2 * REPEATED_WORDS
DEAD = re.compile(
    r"\b(?:(?:our|the)\s+((?:[A-Z][\w’'-]*\s+){1,4}[Pp]age)|(click here)|((?:link|button|form|menu|tab)s? (?:below|above))|"
    r"(clickable links?))\b"
)


def lost_lists(reading: Reading) -> Iterator[Finding]:
    """A colon that promises a list which is not there. What is lost is never filled in."""
    blocks = [block for block in reading.blocks if not block.stripped]
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        promising = block.kind is Kind.LEAD_IN or (block.kind in ITEMS and block.text.endswith(":"))
        listed = after is not None and (after.kind in LISTED or after.text.startswith(QUOTATION))
        if promising and not listed:
            line = block.line_at(len(block.text))
            yield blocking(Code.LIST_LOST, line, _lost(block))


def _lost(block: Block) -> str:
    end = quoted(block.text[-60:].split(" ", 1)[-1])
    return _(
        "The list that should follow “%(words)s” is not in the file. Find out what stood there, or leave the sentence out."
    ) % {"words": end}


def empty_headings(reading: Reading) -> Iterator[Finding]:
    """A heading mark without words: a warning where the line meant was found, else it has to be resolved."""
    for block in reading.blocks:
        if not EMPTY_MARK.fullmatch(reading.lines[block.first_line - 1]):
            continue
        if block.text:
            message = _("The heading mark has no words. “%(words)s”, which follows, was taken for them.")
            yield warning(Code.HEADING_EMPTY, block.first_line, message % {"words": quoted(block.text)})
        else:
            message = _(
                "The heading mark has no words, and no line that follows looks like a heading. Give this part a heading."
            )
            yield blocking(Code.HEADING_EMPTY, block.first_line, message)


def missing_headings(reading: Reading) -> Iterator[Finding]:
    """Where the blank lines are more than usual, a new part begins; this one has no heading."""
    pairs = list(zip(reading.blocks, reading.blocks[1:], strict=False))
    gaps = Counter(gap for before, after in pairs if (gap := blank_lines_between(before, after)))
    usual = gaps.most_common(1)[0][0] if gaps else 1
    for before, after in pairs:
        opens = blank_lines_between(before, after) > max(usual, 1) and after.kind not in NO_SECTION
        if opens and before.kind not in HEADS | {Kind.FRONT_MATTER, Kind.LABEL} and not after.stripped:
            message = _("A new part seems to begin here, without a heading. Give it one.")
            yield warning(Code.HEADING_MISSING, after.first_line, message)


def titles(reading: Reading) -> Iterator[Finding]:
    """Titles that disagree, stand twice, or would fit any page."""
    written = [block for block in reading.blocks if block.kind is Kind.TITLE]
    for block in written[1:]:
        message = _(
            "The text has more than one title. The first, in line %(line)d, is “%(title)s”. Choose one."
        )
        words = {"line": written[0].first_line, "title": quoted(written[0].text)}
        yield warning(Code.TITLE_DUPLICATE, block.first_line, message % words)
    if len(written) == 1 and (finding := _disagreement(reading, written[0])):
        yield finding
    for block in written[-1:]:
        if title_words.is_generic(block.text):
            message = _(
                "“%(title)s” would fit any page. Give the article a title that says what it is about."
            )
            yield warning(Code.TITLE_GENERIC, block.first_line, message % {"title": quoted(block.text)})


def _disagreement(reading: Reading, block: Block) -> Finding | None:
    stated = reading.claims.columns["title"]
    bare = title_words.without_site(
        stated, reading.claims.columns["publisher_name"], reading.claims.columns["url"]
    )
    if not stated or title_words.is_same(stated, block.text) or title_words.is_same(bare, block.text):
        return None
    message = _("The front matter gives another title: “%(title)s”. Choose one.")
    return warning(Code.TITLE_DUPLICATE, block.first_line, message % {"title": quoted(stated)})


def repeated_text(reading: Reading) -> Iterator[Finding]:
    """A sentence of six words or more, or a whole block, that stands in the text before.

    A sentence is looked up by its first six words, where these stand first: each is compared once.
    """
    places = _Places(reading.blocks)
    seen: set[str] = set()
    for at, block in enumerate(reading.blocks):
        if block.kind in {Kind.FRONT_MATTER, Kind.CREDIT} or not block.text.strip("-*_= "):
            continue
        line = _repeats_a_block(block, seen) or places.line_of_repeated(at)
        if line:
            message = _("These words stand in the text more than once. Keep one place.")
            yield note(Code.TEXT_REPEATED, line, message)


def _repeats_a_block(block: Block, seen: set[str]) -> int:
    if len(block.text) > 500:
        return 0
    words = " ".join(block.text.casefold().split())
    if words in seen and len(words.split()) > 1:
        return block.first_line
    seen.add(words)
    return 0


class _Places:
    """All words of a text in one row, and where each six of them begin first and last."""

    def __init__(self, blocks: list[Block]) -> None:
        self.words: list[str] = []
        self.sentences: dict[int, list[tuple[int, int, int]]] = {}
        for at, block in enumerate(blocks):
            if block.kind is not Kind.FRONT_MATTER and len(block.text) >= SHORTEST_SENTENCE:
                self.sentences[at] = list(self._add(block))
        wanted = {
            self._key(begin)
            for lot in self.sentences.values()
            for begin, end, _line in lot
            if _is_long(begin, end)
        }
        self.first: dict[tuple[str, ...], int] = {}
        for place, key in enumerate(
            zip(*(self.words[shift:] for shift in range(REPEATED_WORDS)), strict=False)
        ):
            if key in wanted:
                self.first.setdefault(key, place)

    def _key(self, begin: int) -> tuple[str, ...]:
        return tuple(self.words[begin : begin + REPEATED_WORDS])

    def _add(self, block: Block) -> Iterator[tuple[int, int, int]]:
        """Begin, end and line of each sentence of the block."""
        line, counted = block.first_line, 0
        for sentence in SENTENCE.finditer(block.text):
            begins = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            line += block.text.count("\n", counted, begins)
            counted = begins
            words = WORD.findall(sentence[0].casefold())
            begin = len(self.words)
            self.words.extend(words)
            yield begin, begin + len(words), min(line, block.last_line)

    def line_of_repeated(self, at: int) -> int:
        """The line of the first sentence of this block that stands before; 0: there is none."""
        return next(
            (line for begin, end, line in self.sentences.get(at, []) if self._stands_before(begin, end)), 0
        )

    def _stands_before(self, begin: int, end: int) -> bool:
        if not _is_long(begin, end):
            return False
        place = self.first[self._key(begin)]
        return place < begin and self.words[place : place + end - begin] == self.words[begin:end]


def _is_long(begin: int, end: int) -> bool:
    return end - begin >= REPEATED_WORDS


def dead_labels(reading: Reading) -> Iterator[Finding]:
    """Buttons and links of the page it came from, which lead nowhere in a copy of the text."""
    for block in reading.blocks:
        if block.kind is Kind.LABEL and shapes.is_label(block.text):
            yield note(Code.LABEL_DEAD, block.first_line, _dead(block.text))
        elif block.kind in {Kind.RIGHTS, Kind.REVIEWER, Kind.DISCLAIMER} and (
            glued := shapes.glued_label(block.text)
        ):
            yield note(Code.LABEL_DEAD, block.last_line, _dead(glued))
        elif block.kind is Kind.PARAGRAPH and not block.stripped:
            yield from _dead_links(block)


def _dead_links(block: Block) -> Iterator[Finding]:
    """Words that were a link, such as "our Recipes page", and are none any more."""
    for match in DEAD.finditer(block.text):
        if block.text[match.end() : match.end() + 2] != "](":
            label = next(filter(None, match.groups()))
            yield warning(Code.LABEL_DEAD, block.line_at(match.start()), _dead(label))


def _dead(label: str) -> str:
    return _("“%(label)s” was a link or a button of the page it came from. Here it leads nowhere.") % {
        "label": quoted(label)
    }
