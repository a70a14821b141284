"""The form behind the one-time link for the first administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.fields import DisplayNameField
from cachexia_portal.accounts.forms import PASSWORD_HINT
from cachexia_portal.accounts.models import Member


class FirstAdministratorForm(forms.Form):
    """A name, unless the person has an account already, and a password."""

    display_name = DisplayNameField()
    password = forms.CharField(
        label=_("A password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Please choose a password.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        if Member.objects.filter(email=email).exists():
            del self.fields["display_name"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Member(email=self.email))
        return password
