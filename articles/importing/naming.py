"""What a block is by its neighbours: titles, headings, references, lists, pictures, sidebars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from articles.importing import credits, reasons, shapes, titles
from articles.importing.block import ITEMS, Block, Kind, blank_lines_between

HEAD = {Kind.LABEL, Kind.REVIEWER, Kind.DATE, Kind.RIGHTS, Kind.DISCLAIMER, Kind.LINK}
CITATION = re.compile(
    r"\b(?:19|20)\d\d[a-z]?\s*(?:[A-Z][a-z]{2}\s*\d{0,2}\s*)?;\s*\d|\bdoi(?:\.org/|:)\s*10\.\d{4}|\bPMID\b",
    re.I,
)
CITATION_TAIL = 60
REFERENCE_LENGTH = 1000
DEFINITION = re.compile(r"(?:\*\*|__)?([^\s.:][^.:\n]{0,60}?)(?:[.:](?:\*\*|__)?|(?:\*\*|__)[.:])\s+\S")
DEFINITION_HEAD_WORDS = 6
SHORTENED = {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "no", "fig", "approx"}
FOLLOWING = re.compile(r"(?:\bthe following|\bas follows|\blisted below)\s*[.:]$", re.I)
QUOTATION = ("“", '"', "‘", ">", "|")
BOXED = re.compile(
    r"(?:box|sidebar|callout|did you know|in brief|at a glance|fast facts|spotlight|tip|note)\b.*",
    re.I | re.S,
)
PARAGRAPHS_AFTER_A_BOX = 2


def join_empty_headings(blocks: list[Block]) -> list[Block]:
    """A heading mark without words takes the heading-shaped line that follows it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and _is_empty_heading(before) and _is_bare_line(block):
            joined[-1] = Block(Kind.HEADING, block.text, before.first_line, block.last_line, before.level)
            continue
        if before and _is_empty_heading(before):
            before.stripped = reasons.EMPTY_HEADING
        joined.append(block)
    if joined and _is_empty_heading(joined[-1]):
        joined[-1].stripped = reasons.EMPTY_HEADING
    return joined


def _is_empty_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING and not block.text


def _is_bare_line(block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH and block.is_one_line and shapes.is_heading_shaped(block.text)


def name_titles(blocks: list[Block], lines: list[str], title: str) -> None:
    """First-level headings at the head are titles; without any, the first bare line is.

    What repeats the title of the front matter is a title too.
    """
    body = [block for block in blocks if block.kind is not Kind.FRONT_MATTER]
    chosen = _first_level_titles(body) or _bare_title(body, lines)
    chosen += [block for block in body if block.is_one_line and titles.is_same(block.text, title)]
    for block in chosen:
        if block.kind in {Kind.HEADING, Kind.PARAGRAPH, Kind.TITLE}:
            block.kind, block.level = Kind.TITLE, None


def _first_level_titles(body: list[Block]) -> list[Block]:
    """The run of first-level headings that comes first, after what only speaks of the page."""
    found: list[Block] = []
    for block in body:
        if block.kind is Kind.HEADING and block.level == 1 and block.text:
            found.append(block)
        elif found or block.kind is Kind.HEADING:
            break
    return found


def _bare_title(body: list[Block], lines: list[str]) -> list[Block]:
    for at, block in enumerate(body):
        if block.kind is Kind.HEADING:
            break
        if _is_bare_heading(body, at, lines):
            return [block]
    return []


def _is_bare_heading(blocks: list[Block], at: int, lines: list[str]) -> bool:
    """A heading-shaped line with blank lines (or an end of the text) around it, not pushed in."""
    block = blocks[at]
    if not _is_bare_line(block) or lines[block.first_line - 1][:1].isspace() or block.text[:1].islower():
        return False
    before = blank_lines_between(blocks[at - 1], block) if at else 1
    after = blank_lines_between(block, blocks[at + 1]) if at + 1 < len(blocks) else 1
    return bool(before and after)


def name_references(blocks: list[Block]) -> None:
    """What stands under a heading or button such as "Sources"; and lists that read like citations."""
    _name_headed_references(blocks)
    for run in _runs(blocks):
        listed = run[0].kind in ITEMS or len(run) > 1
        if listed and sum(map(_reads_like_a_citation, run)) * 2 > len(run):
            for block in run:
                block.kind = Kind.REFERENCE


def _name_headed_references(blocks: list[Block]) -> None:
    inside: Kind | bool = False  # the kind of the first entry, once there is one
    for at, block in enumerate(blocks):
        if _opens_references(block):
            inside = True
            if block.kind in {Kind.PARAGRAPH, Kind.LEAD_IN}:
                block.kind, block.level = Kind.HEADING, 2
        elif inside and (
            block.kind not in ITEMS | {Kind.PARAGRAPH, Kind.LINK} or _ends(inside, block, blocks, at)
        ):
            inside = inside if block.kind is Kind.LABEL and not block.text.strip("-*_= ") else False
        elif inside:
            inside = block.kind if inside is True else inside
            block.kind = Kind.REFERENCE


def _opens_references(block: Block) -> bool:
    if block.kind is Kind.LABEL:
        return shapes.is_button_of_references(block.text)
    return block.kind in {Kind.HEADING, Kind.PARAGRAPH} and shapes.is_heading_of_references(block.text)


def _ends(inside: Kind | bool, block: Block, blocks: list[Block], at: int) -> bool:
    """A paragraph after a list of references, or a bare line above a paragraph of prose, is none of them."""
    if block.kind is not Kind.PARAGRAPH or _reads_like_a_citation(block):
        return False
    if inside in ITEMS:
        return True
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    bare = _is_bare_line(block) and not re.search(r"[\d“\":,]", block.text)
    return bare and after is not None and after.kind is Kind.PARAGRAPH and len(after.text.split()) > 25


def _reads_like_a_citation(block: Block) -> bool:
    """It holds year;volume or an identifier, and soon ends: an entry, not a sentence that cites."""
    if len(block.text) > REFERENCE_LENGTH:
        return False
    ends = [match.end() for match in CITATION.finditer(block.text)]
    return bool(ends) and len(block.text) - ends[-1] <= CITATION_TAIL


def _runs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Neighbours of one kind: the items of a list, or paragraphs that all read like citations."""
    of_interest = ITEMS | {Kind.PARAGRAPH}
    wanted = (block for block in blocks if block.kind is not Kind.FRONT_MATTER)
    for (kind, _citing), run in groupby(wanted, key=_run_key):
        if kind in of_interest:
            yield list(run)


def _run_key(block: Block) -> tuple[Kind, bool]:
    return block.kind, block.kind is Kind.PARAGRAPH and _reads_like_a_citation(block)


def name_bare_headings(blocks: list[Block], lines: list[str]) -> None:
    """Headings written as bare lines, in texts that have no marked ones below the title."""
    if any(block.kind is Kind.HEADING and block.is_one_line and _is_marked(block, lines) for block in blocks):
        return
    for at, block in enumerate(blocks):
        if _is_bare_heading(blocks, at, lines):
            block.kind, block.level = Kind.HEADING, 2


def _is_marked(block: Block, lines: list[str]) -> bool:
    return lines[block.first_line - 1].startswith("#") and (block.level or 0) > 1


def name_lists(blocks: list[Block]) -> None:
    """Definitions, decided for each list as a whole; and the paragraphs that lead into a list."""
    for run in _runs(blocks):
        if run[0].kind in ITEMS and len(run) > 1:
            _name_definitions(run)
    for at, block in enumerate(blocks):
        if block.kind is Kind.PARAGRAPH and _leads_in(
            block, blocks[at + 1] if at + 1 < len(blocks) else None
        ):
            block.kind = Kind.LEAD_IN


def _name_definitions(run: list[Block]) -> None:
    defined = [block for block in run if _is_definition(block.text)]
    if len(defined) * 2 > len(run):
        for block in defined:
            block.kind = Kind.DEFINITION_ITEM


def _is_definition(text: str) -> bool:
    """ "Term. Text" or "Term: text", with at most six words before the mark."""
    match = DEFINITION.match(text)
    if not match:
        return False
    words = match[1].split()
    return len(words) <= DEFINITION_HEAD_WORDS and words[-1].casefold() not in SHORTENED


def _leads_in(block: Block, after: Block | None) -> bool:
    if not any(sign.isalnum() for sign in block.text):  # a fence such as “:::” promises nothing
        return False
    if after is not None and after.kind in ITEMS:
        return block.text.endswith(":") or promises_a_list(block.text)
    if not (block.text.endswith(":") or promises_a_list(block.text)):
        return False
    shows = after is not None and (after.kind is Kind.FIGURE or after.text.startswith(QUOTATION))
    return not shows


def promises_a_list(text: str) -> bool:
    """The full-stop form: a paragraph that ends in "… the following."."""
    return bool(FOLLOWING.search(text[-40:]))


def name_pictures(blocks: list[Block], publisher: str) -> None:
    """Caption and credit of each picture, and the rights of the three."""
    for at, block in enumerate(blocks):
        if block.kind is not Kind.FIGURE:
            continue
        about = _about_the_picture(blocks, at)
        credit = next((credits.party_of(near.text) for near in about if credits.party_of(near.text)), "")
        for near in (block, *about):
            near.rights = credits.rights_of(credit, publisher)


def _about_the_picture(blocks: list[Block], at: int) -> list[Block]:
    """The caption (right below, or between picture and credit) and the credit, named as such."""
    near = blocks[at + 1 : at + 3]
    if near and near[0].kind is Kind.CREDIT:
        return near[:1]
    if len(near) == 2 and near[0].kind is Kind.PARAGRAPH and near[1].kind is Kind.CREDIT:
        near[0].kind = Kind.CAPTION
        return near
    if near and near[0].kind is Kind.PARAGRAPH and _is_caption(blocks[at], near[0]):
        near[0].kind = Kind.CAPTION
        return near[:1]
    return []


def _is_caption(figure: Block, block: Block) -> bool:
    touches = blank_lines_between(figure, block) == 0
    return touches or bool(re.match(r"(?:fig(?:ure|\.)?\s*\d|caption\s*:)", block.text, re.I))


def name_sidebars(blocks: list[Block]) -> None:
    """A single sub-heading divides nothing: between the paragraphs of a section it is the title of a box."""
    below: dict[int, list[int]] = {}
    section: int | None = None
    for at, block in enumerate(blocks):
        if block.kind is Kind.HEADING and block.level == 2:
            section = at
        elif block.kind is Kind.HEADING and (block.level or 0) > 2 and section is not None:
            below.setdefault(section, []).append(at)
    for begins, subs in below.items():
        if BOXED.fullmatch(blocks[subs[0]].text) or (len(subs) == 1 and _is_boxed(blocks, begins, subs[0])):
            blocks[subs[0]].kind, blocks[subs[0]].level = Kind.SIDEBAR, None


def _is_boxed(blocks: list[Block], section: int, at: int) -> bool:
    before = any(block.kind is Kind.PARAGRAPH for block in blocks[section + 1 : at])
    after = blocks[at + 1 : at + 1 + PARAGRAPHS_AFTER_A_BOX]
    return (
        before and len(after) == PARAGRAPHS_AFTER_A_BOX and all(near.kind is Kind.PARAGRAPH for near in after)
    )
