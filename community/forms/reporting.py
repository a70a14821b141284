"""Reporting what somebody else wrote."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.fields import PlainTextField
from community.models import ReportType
from community.models.reports import REPORT_LENGTH

from .wording import CHOOSE


class ReportForm(forms.Form):
    NO_ROOM = _(
        "Together with what you told us before this is too long. Your first report is with us, "
        "and your new words are still here. Please shorten them."
    )

    type = forms.ChoiceField(
        label=_("What is the problem?"),
        choices=ReportType.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = PlainTextField(
        label=_("Tell us a little more, if you can"),
        max_length=REPORT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "input input-low", "rows": 5}),
    )
