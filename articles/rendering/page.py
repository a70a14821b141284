"""The parts of a guide's page that its revision's own words give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .figures import figure_html
from .markdown import number_of, parser, word_of, words_of
from .sources import sources_html
from .stored import FOLD, place_of_quotation
from .trust import sanitised

if TYPE_CHECKING:
    from articles.models import Figure, Reference

RENDER_VERSION = 2
WORDS_PER_MINUTE = 238  # adults reading English silently: Brysbaert 2019, doi 10.1016/j.jml.2019.104047


@dataclass(frozen=True)
class Page:
    """The sanitised parts of a guide's page, and how many minutes it takes to read."""

    body: SafeString
    sources: SafeString
    contents: SafeString
    minutes: int


@dataclass
class Setting:
    """What the text may cite and show, and how often each source was cited so far."""

    references: set[int] = field(default_factory=set)
    figures: dict[int, Figure] = field(default_factory=dict)
    cited: Counter[int] = field(default_factory=Counter)


def render(markdown: str) -> SafeString:
    """Sanitised HTML of a text that cites and shows nothing; headings start at h2 and carry ids."""
    return render_page(markdown).body


def render_page(body: str, *, references: Iterable[Reference] = (), figures: Iterable[Figure] = ()) -> Page:
    """Everything that one revision's own words give: nothing that may change without it."""
    listed = list(references)
    setting = Setting({one.position for one in listed}, {one.position: one for one in figures})
    tokens = parser().parse(body)
    lower_headings(tokens)
    name_headings(tokens)
    html = _writer().renderer.render(tokens, _writer().options, {"setting": setting})
    sources = sources_html(listed, setting.cited)
    return Page(sanitised(html), sanitised(sources), sanitised(_contents(tokens)), _minutes(tokens))


def lower_headings(tokens: list[Token]) -> None:
    """The page's title is the h1, so the highest heading of the text is an h2."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = 2 - min(levels, default=2)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"


def name_headings(tokens: list[Token]) -> None:
    """Ids from the words; the prefix keeps them apart from the page's own."""
    used: Counter[str] = Counter()
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            name = f"part-{slugify(words_of(words))[:60] or 'part'}"
            used[name] += 1
            token.attrSet("id", name if used[name] == 1 else f"{name}--{used[name]}")


def _contents(tokens: list[Token]) -> str:
    """The headings that stand open on the page; one in a fold or a list is no place to jump to."""
    return "".join(
        format_html('<li><a href="#{}">{}</a></li>', token.attrGet("id"), words_of(words))
        for token, words in pairwise(tokens)
        if token.type == "heading_open" and token.tag == "h2" and not token.level
    )


def _minutes(tokens: list[Token]) -> int:
    seen = (words_of(token) if token.children else token.content for token in tokens if _is_read(token))
    return max(1, round(sum(len(text.split()) for text in seen) / WORDS_PER_MINUTE))


def _is_read(token: Token) -> bool:
    return token.type in {"inline", "fence", "code_block", "numbers_open"}


# --- How each mark is written ---------------------------------------------------


@cache
def _writer() -> MarkdownIt:
    """The parser's renderer, with a rule for everything that is not plain CommonMark."""
    made = MarkdownIt("commonmark", {"html": False, "linkify": False})
    rules = {
        "image": _picture_as_words,
        "citation": _citation,
        "link_open": _link,
        "shown_figure": _figure,
        "shown_quote": _quotation,
        "numbers_open": _fold,
        "numbers_close": _end_of_fold,
    }
    for name, rule in rules.items():
        made.add_render_rule(name, rule)
    return made


def _picture_as_words(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return str(escape(renderer.renderInlineAsText(tokens[index].children or [], options, env)))


def _citation(_renderer: Any, tokens: list[Token], index: int, _options: Any, env: Any) -> str:
    """A number that no source has is shown as it was typed."""
    number, setting = number_of(tokens[index]), env["setting"]
    if number not in setting.references:
        return str(escape(tokens[index].content))
    setting.cited[number] += 1
    return format_html(
        '<a class="ref" href="#source-{0}" id="cited-{0}-{1}" aria-label="{2}">{0}</a>',
        number,
        setting.cited[number],
        _("Source %(number)s") % {"number": number},
    )


def _link(renderer: Any, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if word := word_of(token):
        return format_html('<a class="term" href="#word-{}">', word)
    if "://" in str(token.attrGet("href")):
        token.attrSet("rel", "noopener noreferrer")
    return str(renderer.renderToken(tokens, index, options, env))


def _figure(_renderer: Any, tokens: list[Token], index: int, _options: Any, env: Any) -> str:
    figure = env["setting"].figures.get(number_of(tokens[index]))
    return figure_html(figure) if figure else format_html("<p>{}</p>", tokens[index].content)


def _quotation(_renderer: Any, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
    return place_of_quotation(number_of(tokens[index]))


def _fold(_renderer: Any, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
    return format_html(
        FOLD + "<summary>{}</summary><p>{}</p>",
        tokens[index].content or _("Tap to show life-expectancy numbers"),
        _("Some readers want these. Some do not, or not tonight. You can close this again at any time."),
    )


def _end_of_fold(*_rest: Any) -> str:
    return format_html(
        '</details><p class="paper-only">{}</p>',
        _(
            "Numbers about time are printed only if you opened them first. "
            "The care team can talk with you about time, if you want to ask."
        ),
    )
