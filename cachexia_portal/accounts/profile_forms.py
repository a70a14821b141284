"""The forms of the profile: one for each act."""

from __future__ import annotations

from typing import Any

from django import forms

from cachexia_portal.accounts.fields import CountryField, DisplayNameField, RelationField, TimeZoneField
from cachexia_portal.accounts.forms import NAME_IS_TAKEN
from cachexia_portal.accounts.models import Member, NameTaken


class ProfileForm(forms.Form):
    """Some columns of the member's own row."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(member, name)

    def save(self) -> bool:
        """Write the columns; return whether that was possible."""
        self.member.describe(**self.cleaned_data)
        return True


class NameForm(ProfileForm):
    display_name = DisplayNameField()

    def save(self) -> bool:
        """Take the new name, or say at the field that it is taken."""
        try:
            self.member.rename(self.cleaned_data["display_name"])
        except NameTaken:
            self.add_error("display_name", NAME_IS_TAKEN)
            return False
        return True


class AboutForm(ProfileForm):
    relation = RelationField()
    country = CountryField()


class TimeZoneForm(ProfileForm):
    time_zone = TimeZoneField()
