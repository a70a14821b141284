"""The health wording of the fixed pages as text, and the hash that an approval is bound to."""

from __future__ import annotations

import hashlib
import html
import json
import unicodedata
from collections.abc import Iterable

from django.utils.html import strip_tags

from .models import HelpLine
from .templates import render

#: Every template that holds health wording of a fixed page, with what it is given.
WORDING: tuple[tuple[str, dict[str, bool]], ...] = (
    ("help/opening.html", {}),
    ("help/tiers.html", {"hospice": False}),
    ("help/tiers.html", {"hospice": True}),
    ("help/lines_opening.html", {}),
    ("help/lines_closing.html", {}),
    ("help/cannot_wait_words.html", {}),
)


def wording_lines() -> list[str]:
    """What a reader sees, one line for each line of the templates that has words."""
    text = "\n".join(render(name, context) for name, context in WORDING)
    plain = unicodedata.normalize("NFC", html.unescape(strip_tags(text)))
    return [words for line in plain.splitlines() if (words := " ".join(line.split()))]


def text_hash(lines: Iterable[HelpLine]) -> str:
    """Covers the health wording and what each shown line says; no dates of checks."""
    content = sorted(line.approved_content for line in lines)
    text = " ".join(wording_lines()) + "\n" + json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
