"""The parser with our own marks, and what a text asks for with them. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import reference as link_definition
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

CITATION = re.compile(r"\[\^([1-9]\d{0,2})\]")
SHOWN = re.compile(r"::(figure|quote)[ \t]+([1-9]\d{0,2})[ \t]*")
FOLD_OPENS = re.compile(r":::[ \t]*numbers(?:[ \t]+(.*))?")
FOLD_CLOSES = re.compile(r":::[ \t]*")
WORD = re.compile(r"word:([a-z0-9_-]{1,80})")


@cache
def parser() -> MarkdownIt:
    """CommonMark without raw HTML, and the marks."""
    made = MarkdownIt("commonmark", {"html": False, "linkify": False})
    ends = ["paragraph", "reference", "blockquote", "list"]
    made.block.ruler.before("fence", "shown", _shown, {"alt": ends})
    made.block.ruler.before("fence", "numbers", _numbers, {"alt": ends})
    made.block.ruler.at("reference", _link_definition)
    made.inline.ruler.before("link", "citation", _citation)
    return made


def cited_numbers(body: str) -> set[int]:
    """The numbers of the sources that the text cites."""
    return {number_of(token) for token in _inline(body) if token.type == "citation"}


def marked_words(body: str) -> list[str]:
    """The addresses of the glossary's words that the text marks, each once, in its order."""
    return list(dict.fromkeys(word for token in _inline(body) if (word := word_of(token))))


def shown_figures(body: str) -> set[int]:
    return _shown_numbers(body, "figure")


def shown_quotations(body: str) -> set[int]:
    return _shown_numbers(body, "quote")


def word_of(token: Token) -> str:
    """The word of the glossary that a link marks; empty for every other token."""
    found = WORD.fullmatch(str(token.attrGet("href"))) if token.type == "link_open" else None
    return found[1] if found else ""


def number_of(token: Token) -> int:
    """The number that a citation, a figure or a quotation is marked with."""
    return int(token.meta["number"])


def _inline(body: str) -> Iterator[Token]:
    for token in parser().parse(body):
        yield from token.children or ()


def _shown_numbers(body: str, what: str) -> set[int]:
    return {number_of(token) for token in parser().parse(body) if token.type == f"shown_{what}"}


# --- The rules ----------------------------------------------------------------


def _citation(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or not (found := CITATION.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta, token.content = {"number": int(found[1])}, found[0]
    state.pos = found.end()
    return True


def _shown(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    if not (found := _on(state, line, SHOWN)):
        return False
    if not silent:
        token = state.push(f"shown_{found[1]}", "", 0)
        token.meta, token.content = {"number": int(found[2])}, found[0]
        token.map = [line, line + 1]
        state.line = line + 1
    return True


def _numbers(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A fold that nobody closed goes on to the end of what it stands in."""
    if not (found := _on(state, line, FOLD_OPENS)):
        return False
    if silent:
        return True
    closing = _closing_line(state, line, end)
    _push_fold(state, (found[1] or "").strip(), line, closing)
    state.line = min(closing + 1, end)
    return True


def _push_fold(state: StateBlock, title: str, line: int, closing: int) -> None:
    around = state.parentType, state.lineMax
    state.parentType, state.lineMax = "numbers", closing
    opening = state.push("numbers_open", "details", 1)
    opening.content, opening.map, opening.block = title, [line, closing], True
    state.md.block.tokenize(state, line + 1, closing)
    state.push("numbers_close", "details", -1).block = True
    state.parentType, state.lineMax = around


def _closing_line(state: StateBlock, line: int, end: int) -> int:
    depth = 1
    for later in range(line + 1, end):
        if not state.isEmpty(later) and state.sCount[later] < state.blkIndent:
            return later
        if _on(state, later, FOLD_OPENS):
            depth += 1
        elif _on(state, later, FOLD_CLOSES):
            depth -= 1
        if not depth:
            return later
    return end


def _on(state: StateBlock, line: int, mark: re.Pattern[str]) -> re.Match[str] | None:
    if state.is_code_block(line):
        return None
    return mark.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _link_definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line that begins like a footnote defines no link: its words would vanish."""
    start = state.bMarks[line] + state.tShift[line]
    if state.src.startswith("[^", start):
        return False
    return link_definition(state, line, end, silent)


def is_plain(token: Token) -> bool:
    return token.type in {"text", "text_special", "code_inline"}


def words_of(token: Token) -> str:
    """The words of a heading or a paragraph as a reader sees them, without marks and addresses."""
    return "".join(_seen(child) for child in token.children or ()).strip()


def _seen(token: Token) -> Any:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content if is_plain(token) or token.type == "image" else ""
