"""Titles: the same one written twice, the one of the browser's window, and those that say nothing."""

from __future__ import annotations

import re

from articles.importing.credits import is_same_body

SUFFIX = re.compile(r"(?P<title>\S.{2,290}?)\s+[-|–—·»:]{1,2}\s+(?P<site>[^|–—·»]{2,50})")
GENERIC = re.compile(
    r"(?:general |more |useful |patient |basic |key |important )?(?:information|info|resources|facts)(?: page| sheet)?"
    r"|(?:patient|caregiver|educational)?\s*materials|home(?: ?page)?|welcome(?: page)?|about(?: us)?|overview"
    r"|introduction|untitled(?: document| page)?|(?:new )?(?:document|page|article)(?: \d+)?|index|main|faqs?"
    r"|frequently asked questions|title|news|blog|contents",
    re.I,
)


def is_same(one: str, other: str) -> bool:
    return bool(one) and _plain(one) == _plain(other)


def is_generic(title: str) -> bool:
    """A title that would fit any page, such as "Overview"."""
    return bool(GENERIC.fullmatch(title.strip(" .:!")))


def without_site(title: str, publisher: str, address: str = "") -> str:
    """The title without the name of its site behind a dash or bar; unchanged where there is none."""
    match = SUFFIX.fullmatch(title.strip())
    if not match or len(match["site"].split()) > 6:
        return title
    site = match["site"].strip()
    host = re.sub(r"^https?://(?:www\.)?", "", address.casefold()).partition("/")[0]
    known = is_same_body(site, publisher) or (host and _plain(site).replace(" ", "") in host.replace("-", ""))
    barred = "|" in title[match.end("title") : match.start("site")]
    return match["title"] if known or barred else title


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
