"""Search for every canary by its own name: what may not be read finds nothing, not even that it is there."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.crawl.canaries import Aviary
from tests.crawl.people import AUTHOR, EDITOR, MODERATOR, VISITOR

ROUTE = "pages:search"
SEARCHERS = (VISITOR, AUTHOR, MODERATOR, EDITOR)
NOT_THERE = "qnobodywrotethisq"
#: Words that stand in public texts beside the canaries, so that results are shown to the crawl.
QUERIES = (
    {"q": ""},
    {"q": "words", "in": "articles"},
    {"q": "newer covered title", "in": "questions"},
    {"q": "qfirstquestiontitleq"},
    {"q": NOT_THERE},
)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def finders(aviary: Aviary, clients) -> dict[str, set[str]]:
    """Canary → who sees another page for it than for a word that stands nowhere."""
    nothing = {role: _page(clients[role], NOT_THERE) for role in SEARCHERS}
    return {
        canary.text: {role for role in SEARCHERS if _page(clients[role], canary.text) != nothing[role]}
        for canary in aviary.canaries
    }


def _page(client, words: str) -> str:
    """What the page says, whatever was typed."""
    text = client.get(reverse(ROUTE), {"q": words}).content.decode()
    return MAIN.search(text)[0].replace(words, "")
