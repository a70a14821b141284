"""What is changed in stored HTML when it is read: quotations are filled in, folds are opened.

A quotation is a place in the stored HTML; its words come from the source's block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from articles.rendering.trust import trusted

FOLD, OPEN_FOLD = '<details class="fold fold-gentle">', '<details class="fold fold-gentle" open>'
# No text can hold this tag: what somebody types as HTML is shown as text.
PLACE_OF_ONE = '<q class="to-fill">'
PLACE = re.compile(r'<p><q class="to-fill">(\d{1,3})</q></p>')


def place_of_quotation(number: int) -> str:
    return format_html('<p><q class="to-fill">{}</q></p>', number)


def fill_quotations(body: str, quoted: Mapping[int, str]) -> SafeString:
    """The body with each place filled, escaped unless it is a template's HTML; a place without words goes."""
    left = dict(quoted)  # each stands once, so that no page shows more of a source than was counted
    return trusted(PLACE.sub(lambda place: conditional_escape(left.pop(int(place[1]), "")), body))


def with_open_folds(body: str) -> SafeString:
    """The body with its folded numbers shown, for those who asked for them."""
    return trusted(body.replace(FOLD, OPEN_FOLD))
