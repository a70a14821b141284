"""What a new draft takes over from the blocks of a document: Markdown, headings, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from articles import rights
from articles.identifiers import DOI, NCT_NUMBER
from articles.models import Reference, SourceBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = SourceBlock.Kind
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)(?:\s+\"[^\"]*\")?\)")
WORDS = {
    Kind.HEADING, Kind.PARAGRAPH, Kind.LEAD_IN, Kind.BULLET_ITEM, Kind.NUMBERED_ITEM, Kind.DEFINITION_ITEM,
    Kind.SIDEBAR,
}  # fmt: skip
HEADINGS = {Kind.HEADING: 2, Kind.SIDEBAR: 3}  # the level where the document names none
MARKS = {Kind.BULLET_ITEM: "- ", Kind.NUMBERED_ITEM: "1. ", Kind.DEFINITION_ITEM: "- "}
DEFINED = re.compile(r"([^.:\n]{1,80}[.:])\s+(?=\S)")
PUBMED = re.compile(
    r"(?:PMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)([1-9]\d{0,7})\b", re.I
)
KNOWN_WORKS = ("doi.org", "pubmed.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov", "clinicaltrials.gov")
ADDRESS_LIMIT = 1000


def body_from(blocks: Iterable[SourceBlock], base: str) -> str:
    """The Markdown of the blocks that pass: no pictures, captions, titles, labels or rights lines."""
    parts: list[str] = []
    before: SourceBlock | None = None
    for block in _without_bare_headings([block for block in blocks if _passes(block)]):
        same_list = before is not None and before.kind == block.kind and block.kind in MARKS
        parts.append("\n" if same_list else "\n\n")
        parts.append(_markdown(block, base))
        before = block
    return "".join(parts).strip()


def headings_from(blocks: Iterable[SourceBlock]) -> str:
    """The headings alone, as the frame of a text of our own; none that may not be shown."""
    passing = _without_bare_headings([block for block in blocks if _passes(block)])
    return "\n\n".join(_markdown(block, "") for block in passing if block.kind in HEADINGS)


def references_from(blocks: Iterable[SourceBlock], base: str) -> list[Reference]:
    """Every work that the document lists or links to, once each: facts about works, which are free to name."""
    found: list[Reference] = []
    named: set[str] = set()
    for reference in _works(list(blocks), base):
        names = {
            name for name in (reference.doi.lower(), reference.pmid, reference.nct, reference.url) if name
        }
        if names & named:
            continue
        named |= names
        reference.position = len(found) + 1
        found.append(reference)
    return found


def _works(blocks: list[SourceBlock], base: str) -> Iterator[Reference]:
    shown = [block for block in blocks if not block.stripped]
    for block in shown:
        if block.kind == Kind.REFERENCE:
            yield _reference(block, without_links(block.text), first_link(block.text, base))
    for block in shown:
        if block.kind in WORDS:
            yield from _linked_works(block, base)


def _linked_works(block: SourceBlock, base: str) -> Iterator[Reference]:
    """Links of the running text that lead to a paper or a trial."""
    for words, target in LINK.findall(with_whole_links(block.text, base)):
        if _host(target) in KNOWN_WORKS and len(target) <= ADDRESS_LIMIT:
            yield _reference(block, words or target, target, told=target)


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # brackets in a place where no address has them
        return None


def _reference(block: SourceBlock, title: str, url: str, *, told: str = "") -> Reference:
    told = told or block.text
    doi, pmid, nct = DOI.search(told), PUBMED.search(told), NCT_NUMBER.search(told)
    return Reference(
        kind=Reference.Kind.TRIAL if nct else Reference.Kind.PAPER,
        title=title[:500],
        url=url,
        doi=doi[0].rstrip(".,;)]")[:200] if doi else "",
        pmid=pmid[1] if pmid else "",
        nct=nct[0] if nct else "",
        source_block=block,
    )


def _passes(block: SourceBlock) -> bool:
    return block.kind in WORDS and not block.stripped and rights.may(rights.Use.REPUBLISH, block)


def _without_bare_headings(blocks: list[SourceBlock]) -> list[SourceBlock]:
    """A heading under which nothing passes, such as that of the references, stays behind too."""
    kept: list[SourceBlock] = []
    level_below = 0  # of the heading that follows; 0: the text ends here
    for block in reversed(blocks):
        if block.kind not in HEADINGS:
            level_below = 7
        elif _level(block) < level_below:
            level_below = _level(block)
        else:
            continue
        kept.append(block)
    return kept[::-1]


def _level(block: SourceBlock) -> int:
    return max(block.level or HEADINGS[Kind(block.kind)], 2)


def _markdown(block: SourceBlock, base: str) -> str:
    text = with_whole_links(block.text, base)
    if block.kind in HEADINGS:
        return f"{'#' * _level(block)} {' '.join(text.split())}"
    if block.kind == Kind.DEFINITION_ITEM and DEFINED.match(text):
        text = DEFINED.sub(r"**\1** ", text, count=1)
    mark = MARKS.get(Kind(block.kind), "")
    return mark + text.replace("\n", "\n" + " " * len(mark))


def with_whole_links(text: str, base: str) -> str:
    """Links of the source made whole against its address; without one only their words stay."""
    return LINK.sub(lambda link: _whole_link(link[1], link[2], base), text)


def _whole_link(words: str, target: str, base: str) -> str:
    try:
        whole = urljoin(base, target)
        parts = urlsplit(whole)
    except ValueError:
        return words
    return f"[{words}]({whole})" if parts.scheme in {"http", "https"} and parts.netloc else words


def without_links(text: str) -> str:
    return LINK.sub(lambda link: link[1], text).replace("\n", " ")


def first_link(text: str, base: str) -> str:
    found = LINK.search(with_whole_links(text, base))
    return found[2] if found and len(found[2]) <= ADDRESS_LIMIT else ""
