"""Form fields for members' words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import plain_text

TOO_LONG = _(
    "At most %(limit_value)d letters fit here, and this has %(show_value)d. Your words are all still here."
)


class PlainTextField(forms.CharField):
    """Plain text as its writer sees it: what nobody can see or store is taken out, no word is lost."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"class": "input", "rows": 9}))
        messages = {"max_length": TOO_LONG, **options.pop("error_messages", {})}
        super().__init__(max_length=max_length, strip=False, error_messages=messages, **options)

    def to_python(self, value: Any) -> str:
        return plain_text.clean(super().to_python(value) or "")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Given back as it was typed, but for what a page cannot carry."""
        return plain_text.without_unseen(data) if isinstance(data, str) else data


class OneLineField(PlainTextField):
    """Plain text on one line."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.TextInput(attrs={"class": "input"}), **options)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())
