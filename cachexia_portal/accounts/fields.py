"""Form fields that several forms of this app share."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Relation
from cachexia_portal.accounts.names import LONGEST, check_name, tidy
from cachexia_portal.help.countries import country_choices

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class DisplayNameField(forms.CharField):
    """A name that follows the rules of names; whether it is free is the form's to ask."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("A name for others to see"),
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            error_messages={"required": _("Please choose a name. It need not be a real one.")},
            **options,
        )

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        check_name(value)


class RelationField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        wanted = [("", _("Rather not say")), *((value, label) for value, label in Relation.choices if value)]
        super().__init__(label=_("Who do you care for?"), choices=wanted, required=False, **options)


class CountryField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Country"), choices=_countries, required=False, **options)


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Time zone"), choices=_time_zones, required=False, **options)


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Rather not say")), *country_choices()]


def _time_zones() -> list[tuple[str, Any]]:
    zones = sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS)
    return [("", _("As the site")), *((zone, zone.replace("_", " ")) for zone in zones)]
