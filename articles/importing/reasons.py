"""Why a block is kept and left out: the sentence that staff read beside it."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.importing.block import Block

RULE = _("a line drawn across the page")
NAME = _("the author’s name, repeated")
LABEL = _("a button or label of the page it came from")
EMPTY_HEADING = _("a heading without words")
LAST_HEADING = _("a heading with nothing below it")
PRELUDE = _("words about the page, before its title")
BROWSER_TITLE = _("the title of the browser’s window, or the title once more")
OTHER_PAGE = _("names another page of the site it came from")


def translate(blocks: list[Block]) -> None:
    """Say the reasons in the language of who imports."""
    known: dict[str, str] = {}
    for block in blocks:
        if reason := block.stripped:
            if reason not in known:
                known[reason] = gettext(reason)
            block.stripped = known[reason]
