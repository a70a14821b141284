"""What a block is by its own words, whatever stands around it.

Every pattern is tried at one place of a short text, or walks a long one once: none goes back and forth.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from articles.importing import bylines, reasons
from articles.importing.block import Block, Kind

SENTENCE_ENDS = (".", ":", ";", ",", "!", "”", '"')
HEADING_WORDS = 14
HEADING_LENGTH = 160
SHORT = 400  # characters of a line that may be a rights line, a label, a byline
DISCLAIMER_LENGTH = 1200

CREDIT = re.compile(r"(?:(?:photo|image|picture|illustration|graphic)(?: credit)?s?|credits?)\s*:\s*\S", re.I)
RESERVED = re.compile(r"all rights reserved|(?:©|\(c\)|\bcopyright\b)[\s©:]*(?:\(c\)\s*)?\d{4}", re.I)
LICENSED = re.compile(
    r"\blicen[sc]ed under\b|\bcreative commons\b|\bCC[ -]BY\b|\bCC0\b"
    r"|\b(?:text|content|material|article|page|document|work|information|this)\b[^.]{0,80}\bpublic domain\b",
    re.I,
)
DISCLAIMER = re.compile(
    r"disclaimer\b|for (?:informational|information|educational|general information)(?: and \w+)? purposes only"
    r"|\b(?:not|nor)\b[^.]{0,60}\bmedical advice\b|\bno substitute for\b[^.]{0,60}\badvice\b",
    re.I,
)
LINK_ALONE = re.compile(r"\[[^\[\]]+\]\([^()\s]+\)|<?https?://[^\s<>]+>?", re.I)
SOURCES = re.compile(
    r"(?:(?:article|selected|key|main|our|all|cited)\s+)?"
    r"(?:references?|sources?|bibliography|works cited|citations?|literature(?: cited)?|reference list"
    r"|(?:references?|sources?|notes) (?:and|&) (?:references?|sources?|notes|further reading))",
    re.I,
)
BUTTON = re.compile(r"(?:show|hide|view|see|open|expand|read)(?: all| our| the| more)?\s+(.+)", re.I)
OTHER_PAGES = re.compile(
    r"(?:recent|related|popular|latest|trending|featured|recommended|similar|top|more|other|further)\s+"
    r"(?:posts?|articles?|stories|news|reading|reads|topics|content|pages|videos|guides)"
    r"|you (?:may|might) also (?:like|enjoy|be interested in)|(?:read|up|watch) next|more (?:from|on|about) .{1,60}"
    r"|(?:don’t|don't) miss|from our (?:partners|sponsors)",
    re.I,
)
INTERFACE = re.compile(
    r"(?:show|hide|view|see|read|load|open)(?: all| our| the| full)? (?:more|less|comments?|disclaimer|all|terms"
    r"|privacy policy)(?: (?:and|&) [\w ]{1,30})?"
    r"|(?:privacy policy|terms of (?:use|service)|cookie (?:policy|settings))"
    r"|share(?: this(?: (?:page|article|post))?)?(?: on \w+| via \w+| by \w+)?|print(?: this page)?|save|listen|comments?"
    r"|skip to (?:main )?content|menu|search|home|back to (?:the )?top|sign (?:up|in)|log ?in|subscribe(?: now)?"
    r"|advertisement|sponsored(?: content)?|leave a (?:comment|reply)|follow us(?: on \w+)?|next|previous"
    r"|(?:next|previous) (?:page|article|post)|was this (?:article|page|post|information) helpful\??"
    r"|(?:on|in) this (?:page|article)|table of contents|click here|learn more|continue reading|yes|no",
    re.I,
)
GLUED = re.compile(
    r"\b(?:view|see|read|show) (?:our |the |full |more )?(?:privacy policy|disclaimer|terms|editorial policy|sources)"
    r"[\w ]{0,40}$",
    re.I,
)
ALONE = re.compile(r"last |page last|all rights|copyright|©|\(c\) |disclaimer:", re.I)
LABEL_BEGINS = re.compile(
    r"[*_]*(?:show|hide|view|see|read|load|open|expand|privacy|terms|cookie|share|print|save|listen|comment|skip|menu"
    r"|search|home|back|sign|log|subscribe|advertis|sponsor|leave|follow|next|previous|was|on|in|table|click|learn"
    r"|continue|yes|no|recent|related|popular|latest|trending|featured|recommended|similar|top|more|other|further|you"
    r"|watch|up|don|from)",
    re.I,
)


def is_heading_shaped(text: str) -> bool:
    """Few words on one line, and no end of a sentence."""
    if len(text) > HEADING_LENGTH or "\n" in text or text.endswith(SENTENCE_ENDS):
        return False
    return len(text.split()) <= HEADING_WORDS and any(map(str.isalpha, text))


def stands_alone(words: str) -> bool:
    """A line that is a block even where no blank line sets it apart."""
    if len(words) > SHORT:
        return False
    if ALONE.match(words):
        return bool(_is_rights_line(words) or DISCLAIMER.match(words) or bylines.read_dates(words))
    return bylines.has_colon(words)


def is_heading_of_references(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and bool(SOURCES.fullmatch(_bare(text)))


def is_button_of_references(text: str) -> bool:
    """A label such as "Show references", which stood on a button."""
    match = BUTTON.fullmatch(_bare(text)) if len(text) <= HEADING_LENGTH else None
    return bool(match and SOURCES.fullmatch(match[1]))


def heads_other_pages(text: str) -> bool:
    """A label such as "Related articles", under which a site lists its other pages."""
    return len(text) <= HEADING_LENGTH and bool(OTHER_PAGES.fullmatch(_bare(text)))


def is_label(text: str) -> bool:
    """Words of the page's machinery: buttons, menus, headings of lists of other pages."""
    if len(text) > HEADING_LENGTH or not LABEL_BEGINS.match(text):
        return False
    bare = _bare(text)
    found = INTERFACE.fullmatch(bare) or OTHER_PAGES.fullmatch(bare) or GLUED.fullmatch(bare)
    return bool(found) or is_button_of_references(text)


def glued_label(text: str) -> str:
    """A label that hangs at the end of a line which says something else; "" for none."""
    found = GLUED.search(_bare(text[-SHORT:]))
    return found[0] if found else ""


def name_by_its_words(block: Block) -> None:
    """Name a paragraph, a heading or an item by what it says, if that is plain."""
    if len(block.text) > DISCLAIMER_LENGTH:
        return
    if block.kind is Kind.HEADING:
        if is_label(block.text):
            block.kind, block.level, block.stripped = Kind.LABEL, None, reasons.LABEL
        return
    if len(block.text) <= SHORT and _is_rights_line(block.text):
        block.kind = Kind.RIGHTS
    elif block.kind is Kind.PARAGRAPH:
        block.kind = next((kind for kind, says in RULES if says(block.text)), block.kind)
        if block.kind is Kind.LABEL:
            block.stripped = reasons.LABEL


def _bare(text: str) -> str:
    return text.strip().strip("*_").rstrip(" .:…>»").strip()


def _is_rights_line(text: str) -> bool:
    return bool(RESERVED.search(text) or LICENSED.search(text))


def _is_disclaimer(text: str) -> bool:
    return bool(DISCLAIMER.match(text) if len(text) > SHORT * 2 else DISCLAIMER.search(text))


def _short(says: Callable[[str], object]) -> Callable[[str], bool]:
    return lambda text: len(text) <= SHORT and "\n" not in text and bool(says(text))


# In this order: the first that fits names the paragraph.
RULES: list[tuple[Kind, Callable[[str], bool]]] = [
    (Kind.REVIEWER, _short(bylines.read_reviewer)),
    (Kind.DATE, _short(bylines.read_dates)),
    (Kind.CREDIT, _short(CREDIT.match)),
    (Kind.LABEL, _short(lambda text: is_label(text) or bylines.is_author_line(text))),
    (Kind.DISCLAIMER, _is_disclaimer),
    (Kind.LINK, _short(LINK_ALONE.fullmatch)),
]
