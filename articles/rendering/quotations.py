"""Quotations: a place in the stored HTML, filled from the source's block when the page is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

# No text can hold this tag: what somebody types as HTML is shown as text.
PLACE = re.compile(r'<p><q class="to-fill">(\d{1,3})</q></p>')


def place_of_quotation(number: int) -> str:
    return format_html('<p><q class="to-fill">{}</q></p>', number)


def fill_quotations(body: str, quoted: Mapping[int, str]) -> SafeString:
    """The body with each place filled by escaped or sanitised HTML; a place without words goes."""
    if "<q " not in body:
        return SafeString(body)
    return SafeString(PLACE.sub(lambda place: quoted.get(int(place[1]), ""), body))
