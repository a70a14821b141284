"""The switches of "Mails you get"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import Member


class MailChoicesForm(forms.Form):
    """One switch for each kind that this member may get."""

    kinds = forms.MultipleChoiceField(
        label=_("Write to me"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(kind.value, kind.label) for kind in mail_choices.kinds_for(member)]
        kinds.initial = mail_choices.wanted_kinds(member)

    def save(self) -> None:
        mail_choices.choose(self.member, self.cleaned_data["kinds"])
