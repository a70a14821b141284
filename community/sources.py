"""What a clinical answer rests on, as readers are shown it: words, and a link where they end with a guide of this site.

Every other address stays text, whoever wrote it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.urls import Resolver404, resolve

ENDS_WITH_A_PATH = re.compile(r"(?:^|(?<=\s))/[\w/-]+$", re.ASCII)
GUIDE = "articles:article"


class Named(NamedTuple):
    """A source in two parts, either of which may be empty."""

    words: str
    guide: str  # the address of its page, on this site


def named(source: str) -> Named:
    """Only the page of a guide is linked; whether there is such a guide, that page says."""
    found = ENDS_WITH_A_PATH.search(source)
    if found and _is_a_guide(found[0]):
        return Named(source[: found.start()], found[0])
    return Named(source, "")


def _is_a_guide(path: str) -> bool:
    try:
        return resolve(path).view_name == GUIDE
    except Resolver404:
        return False
