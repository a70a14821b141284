"""Templates and addresses with blanks: made once for each form, and then only filled.

A page of results shows one small template ten to twenty times, each time with other words between the
same marks. Django takes ten times as long to render it as to put the words between those marks. So a
template is rendered with blanks, and what comes out is a pattern for `format_html`, which escapes what it
fills in. Nothing of what was filled in is kept.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import count
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cachexia_portal.delivery.settled import language_and_places

#: More forms than any part of a page has; reached only where settings change all the time, in tests.
MOST_FORMS = 400
#: Stands where a text belongs. Nothing in it needs escaping, and nobody can guess it.
BLANK = f"blank-{secrets.token_hex(16)}"
PLACE = re.compile(rf"{BLANK}-(\d+)-")
FILLED = object()  # in a form, where there is a text

Value = str | bool | int | Sequence["Value"]


class PreparedTemplate:
    """`PreparedTemplate("pages/search/entry.html").filled(title=…, sections=[(url, heading), …])`.

    Each text is a blank, also those in lists. The template may show it as it is and ask whether there is
    one, and do nothing else with it: no filter, no comparison. Everything else that it is given, and
    which texts are empty, is the form: for each form it is rendered once.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.patterns: dict[Hashable, str] = {}

    def filled(self, **values: Value) -> SafeString:
        texts: list[str] = []
        forms = tuple([(name, _form_of(value, texts)) for name, value in values.items()])
        form = language_and_places(), forms
        pattern = self.patterns.get(form)
        if pattern is None or settings.DEBUG:
            if len(self.patterns) >= MOST_FORMS:
                self.patterns.clear()
            pattern = self.patterns[form] = self._pattern(forms)
        return format_html(pattern, *texts, "")  # the last is used nowhere: a form may have no blank

    def _pattern(self, forms: tuple[tuple[str, Any], ...]) -> str:
        numbers = count()
        html = get_template(self.name).render({name: _with_blanks(form, numbers) for name, form in forms})
        return PLACE.sub(r"{\1}", html.replace("{", "{{").replace("}", "}}"))


class PreparedAddress:
    """`PreparedAddress(lambda slug: Article(slug=slug).get_absolute_url(), TEXT).filled("what-helps")`.

    The blanks are `NUMBER` and `TEXT`, for numbers and slugs, which stand in an address as they are.
    """

    def __init__(self, build: Callable[..., str], *blanks: int | str) -> None:
        self.build = build
        self.blanks = blanks
        self.patterns: dict[Hashable, str] = {}

    def filled(self, *values: int | str) -> str:
        where = language_and_places()
        pattern = self.patterns.get(where)
        if pattern is None:
            pattern = self.build(*self.blanks)
            for number, blank in enumerate(self.blanks):
                pattern = pattern.replace(str(blank), f"{{{number}}}")
            self.patterns[where] = pattern
        return pattern.format(*values)


def _form_of(value: Value, texts: list[str]) -> Any:
    """What a template must know of a value; the texts in it go to `texts`, in their order."""
    if isinstance(value, str):
        if not value:
            return ""
        texts.append(value)
        return FILLED
    if isinstance(value, Sequence):
        return tuple([_form_of(one, texts) for one in value])
    return value


def _with_blanks(form: Any, numbers: Iterator[int]) -> Any:
    """A value of this form, in which each text is a numbered blank."""
    if form is FILLED:
        return f"{BLANK}-{next(numbers)}-"
    return [_with_blanks(one, numbers) for one in form] if isinstance(form, tuple) else form
