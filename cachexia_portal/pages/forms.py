"""The form for writing to the society."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.addresses import UNFINISHED_ADDRESS, check_that_mail_can_go_there

from .models import ContactMessage, Subject


class MessageField(forms.CharField):
    """Plain text, its lines ended as a browser counts them against `maxlength`."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class ContactForm(forms.ModelForm):
    subject = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Subject.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about. “Something else” is fine.")},
    )
    message = MessageField(
        label=_("Your message"),
        max_length=5_000,
        help_text=_("Up to 5,000 characters. Please leave out full names, birth dates and hospital numbers."),
        error_messages={"required": _("Write a few words, so that we know what you need.")},
    )
    name = forms.CharField(
        label=_("A name to call you by"),
        max_length=80,
        required=False,
        help_text=_("It need not be your real one."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("Only if you would like an answer. It is used for that and for nothing else."),
        validators=[check_that_mail_can_go_there],
        error_messages={"invalid": UNFINISHED_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this box empty"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = ContactMessage
        fields = ["subject", "message", "name", "email"]

    def clean_website(self) -> str:
        """Machines fill every box. A person who did is told so, and loses nothing."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("This box is there to stop machines. Please empty it and send again.")
            )
        return ""
