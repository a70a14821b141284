"""What is believed: the tags, attributes, classes and addresses that pass, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import nh3
from django.utils.safestring import SafeString

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "em", "strong", "a", "blockquote", "code", "pre",
    "figure", "figcaption", "img", "details", "summary", "q", "span",
}  # fmt: skip
HEADINGS = {f"h{level}": {"id"} for level in range(2, 7)}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # no `title`: words that appear under a pointer alone are read by nobody who checks
    "a": {"href", "id", "rel", "aria-label"},
    "ol": {"start"},
    "li": {"id", "value"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "figure": {"id", "aria-labelledby"},
    "figcaption": {"id"},
    **HEADINGS,
}
CLASSES = {
    "a": {"ref", "term"},
    "ol": {"sources"},
    "figure": {"figure"},
    "details": {"fold", "fold-gentle"},
    "p": {"note", "note-sunk", "paper-only"},
    "q": {"to-fill"},
    "span": {"pill", "is-late", "is-wait"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
NOT_IN_A_BLOCK = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&"}
# Pictures come from this site alone: under the random names that it gave them, and those of the staff's guides.
OWN_PICTURE = re.compile(r"/(?:media/[A-Za-z0-9_-]+|static/guides/[a-z0-9.-]+)\.[a-z]+")


def sanitised(html: str) -> SafeString:
    """The last step of everything that is made here."""
    return SafeString(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            attribute_filter=_own_pictures_only,
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )


def trusted(stored: str) -> SafeString:
    """Words that were sanitised here, and that the database kept."""
    return SafeString(stored)


def data_block(words: dict[str, Any]) -> SafeString:
    """JSON for a block of data in a page; nothing in it can end that block or begin another."""
    return SafeString(json.dumps(words).translate(NOT_IN_A_BLOCK))


def _own_pictures_only(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not OWN_PICTURE.fullmatch(value):
        return None
    return value
