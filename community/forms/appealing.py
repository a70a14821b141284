"""Asking somebody else to look at a decision again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.fields import PlainTextField

APPEAL_LENGTH = 2_000


class AppealForm(forms.Form):
    words = PlainTextField(
        label=_("Why do you think so?"),
        help_text=_("Whoever looks at it again reads this beside your post."),
        max_length=APPEAL_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6}),
    )
