"""The forms behind closing an account and behind the consent for health data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member


class CloseAccountForm(forms.Form):
    """What becomes of the posts, and a word typed by hand."""

    posts = forms.ChoiceField(
        label=_("What should happen to your posts?"),
        choices=[
            ("down", _("Take them down")),
            ("stay", _("Leave them for others, shown as from a former member")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what should happen to your posts.")},
    )
    confirmation = forms.CharField(
        label=_("Type the word CLOSE"),
        help_text=_("So that nobody closes an account by a slip of the hand."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please type the word CLOSE.")},
    )

    @property
    def takes_posts_down(self) -> bool:
        return bool(self.cleaned_data["posts"] == "down")

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed.strip().casefold() != str(_("CLOSE")).casefold():
            raise forms.ValidationError(_("Please type the word CLOSE."))
        return typed


class ConsentForm(forms.Form):
    """One named act, to give the consent or to take it back, and one box for it."""

    GIVE, WITHDRAW = "give", "withdraw"

    act = forms.ChoiceField(choices=[(GIVE, GIVE), (WITHDRAW, WITHDRAW)], widget=forms.HiddenInput)
    agrees = forms.BooleanField(error_messages={"required": _("Please tick the box first.")})

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_act = self.WITHDRAW if member.has_health_consent else self.GIVE
        self.fields["agrees"].label = (
            _("I take my consent back. My posts come down at once.")
            if member.has_health_consent
            else _("You may keep and show what I write here about health, mine or another person’s.")
        )

    def changes(self, member: Member) -> bool:
        """Whether the named act is still to be done; sent twice, or from an old page, it is not."""
        return bool((self.cleaned_data["act"] == self.GIVE) != member.has_health_consent)
