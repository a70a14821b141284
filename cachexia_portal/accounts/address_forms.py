"""The forms of changing an address: the new one, and the six digits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.forms import OneCode, say_what_is_wrong_with_an_address
from cachexia_portal.accounts.models import Member


class NewAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("The new e-mail address"),
        help_text=_("Other members never see it. We send six digits to it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        say_what_is_wrong_with_an_address(self.fields["email"])

    def clean_email(self) -> str:
        """Take any address but one's own; who else has it is told to nobody."""
        email: str = self.cleaned_data["email"].lower()
        if email == self.member.email:
            raise forms.ValidationError(_("This is your address already."))
        return email


class MailedCodeForm(OneCode, forms.Form):
    code = forms.CharField(max_length=20)
