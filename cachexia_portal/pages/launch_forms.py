"""The form for opening and closing the doors by hand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import MessageField

LONGEST_REASON = 1_000


class DoorsForm(forms.Form):
    reason = MessageField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        help_text=_("For the team. It is kept with your name and the time."),
        error_messages={"required": _("Write a few words, so that the others know why.")},
    )
