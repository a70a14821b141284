"""A list of words, typed one on each line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_LINES = 60
LONGEST_LINE = 80


class LinesField(forms.CharField):
    """Gives a list without empty lines and repetitions; refuses what no list of names is."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One on each line."))
        options.setdefault("widget", AdminTextareaWidget(attrs={"rows": 4}))
        super().__init__(max_length=MOST_LINES * (LONGEST_LINE + 2), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value)
        lines = [" ".join(line.split()) for line in typed.splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if too_long := next((name for name in names if len(name) > LONGEST_LINE), None):
            raise ValidationError(
                _("“%(begin)s…” is longer than %(most)d characters."),
                params={"begin": too_long[:20], "most": LONGEST_LINE},
            )
        if len(names) > MOST_LINES:
            raise ValidationError(_("These are more than %(most)d lines."), params={"most": MOST_LINES})
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != (initial or []))
        except ValidationError:
            return True
