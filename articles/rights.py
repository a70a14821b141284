"""What may be done with a text or a picture: the one policy. What is not allowed here is denied."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Figure, Quotation, Rights, SourceBlock, SourceDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

    Subject = SourceDocument | SourceBlock | Figure


class Use(Enum):
    """What somebody would do with it.

    `CITE` names title, address and publisher; `QUOTE` shows a few words of it under its name;
    `REPUBLISH` shows the source's own words; `SHOW` shows a picture.
    """

    CITE = "cite"
    QUOTE = "quote"
    REPUBLISH = "republish"
    SHOW = "show"


REPUBLISHABLE = {Rights.OWN, Rights.PUBLIC_DOMAIN, Rights.OPEN, Rights.PERMISSION}
Kind = SourceBlock.Kind
NO_WORDS_OF_ITS_TEXT = {Kind.FIGURE, Kind.FRONT_MATTER}
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


def may(use: Use, subject: Subject) -> bool:
    """May this use be made of this document, block or figure?"""
    return why_not(use, subject) is None


def why_not(use: Use, subject: Subject) -> str | None:
    """The reason against, as a sentence; None where the use is allowed.

    A block without rights of its own has those of its document, and never more.
    How long a quotation may be is said by `why_not_quoted`.
    """
    if use is Use.CITE:
        return None
    if isinstance(subject, Figure):
        return _why_not_figure(use, subject)
    if use is Use.QUOTE:
        return _why_not_words_of(subject)
    if use is Use.SHOW and isinstance(subject, SourceBlock) and subject.rights is None:
        # A free text may hold pictures of somebody else: silence about a picture is no permission.
        return _refusal_of_picture(Rights.UNKNOWN)
    barred = next((held for held in _held(subject) if held not in REPUBLISHABLE), None)
    if barred is None:
        return None
    return _refusal_of_picture(barred) if use is Use.SHOW else _refusal(barred)


def why_not_quoted(quotations: Iterable[Quotation]) -> dict[int, str]:
    """For each quotation of one page that may not stand there: its number, and why as a sentence.

    Words that may be republished have no limit. Of other sources up to QUOTE_WORDS words may
    stand in one quotation and QUOTE_WORDS_PER_SOURCE in all of a page; when there are too
    many, each quotation of that source is refused. Versions of one file are one source.
    """
    refused: dict[int, str] = {}
    of_source: defaultdict[str, list[Quotation]] = defaultdict(list)
    for quotation in quotations:
        if reason := _why_not_alone(quotation):
            refused[quotation.position] = reason
        if not may(Use.REPUBLISH, quotation.block):
            of_source[quotation.block.document.name].append(quotation)
    for quoted in of_source.values():
        words = sum(count_words(words_of(quotation)) for quotation in quoted)
        if words > settings.QUOTE_WORDS_PER_SOURCE:
            reason = _too_many_of_source(words)
            refused = {quotation.position: reason for quotation in quoted} | refused
    return refused


def words_of(quotation: Quotation) -> str:
    """The words that a quotation points at, as they stand in its block."""
    return quotation.block.text[quotation.starts : quotation.ends]


def count_words(text: str) -> int:
    """Words as a reader counts them; a number is one, a word with a hyphen two."""
    return len(WORD.findall(text))


def _held(subject: SourceDocument | SourceBlock) -> list[str]:
    if isinstance(subject, SourceDocument):
        return [subject.rights]
    return [subject.rights or subject.document.rights, subject.document.rights]


def _why_not_figure(use: Use, figure: Figure) -> str | None:
    if use is Use.QUOTE:
        return _("A picture is shown, not quoted.")
    return None if figure.rights in REPUBLISHABLE else _refusal_of_picture(figure.rights)


def _why_not_words_of(subject: SourceDocument | SourceBlock) -> str | None:
    if isinstance(subject, SourceDocument):
        return None
    if subject.kind in NO_WORDS_OF_ITS_TEXT or subject.stripped:
        return _("This part of the source is not its text, so it cannot be quoted. Choose a sentence of it.")
    return None


def _why_not_alone(quotation: Quotation) -> str | None:
    if reason := why_not(Use.QUOTE, quotation.block):
        return reason
    words = count_words(words_of(quotation))
    if not words:
        return _("It holds no words. Choose them again.")
    if words > settings.QUOTE_WORDS and not may(Use.REPUBLISH, quotation.block):
        return _too_many(words)
    return None


def _too_many(words: int) -> str:
    return ngettext(
        "It has %(words)s words; a quotation of this source may have %(most)s word. Choose fewer.",
        "It has %(words)s words; a quotation of this source may have %(most)s words. Choose fewer.",
        settings.QUOTE_WORDS,
    ) % {"words": words, "most": settings.QUOTE_WORDS}


def _too_many_of_source(words: int) -> str:
    return ngettext(
        "The page quotes %(words)s words of this source; %(most)s word is allowed. Take quotations out.",
        "The page quotes %(words)s words of this source; %(most)s words are allowed. Take quotations out.",
        settings.QUOTE_WORDS_PER_SOURCE,
    ) % {"words": words, "most": settings.QUOTE_WORDS_PER_SOURCE}


def _refusal(rights: str) -> str:
    if rights == Rights.RESERVED:
        return _(
            "All rights are reserved. The site may name this source and link to it, but not show its words. "
            "With a permission from its owner, import the file again with “license: permission”."
        )
    return _(
        "Nothing in the file says that its words may be used, so they count as reserved. "
        "Find out who owns them; then import the file again with a “license” line."
    )


def _refusal_of_picture(rights: str) -> str:
    if rights == Rights.RESERVED:
        return _("The picture belongs to somebody else. Ask its owner, or choose another picture.")
    return _(
        "Nobody has said that this picture may be shown, so it counts as reserved. "
        "Find out who owns it, or choose another picture."
    )
