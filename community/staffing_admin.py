"""The staffed hours and the closed days, which honest times are made from."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.fields import REGIONS

from . import honest_times
from .models import ClosedDay, StaffedHours


class Timetable(admin.ModelAdmin):
    """Rows that pages speak of: a change is seen at once in this process, within minutes in all."""

    formfield_overrides = {
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    }
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        honest_times.look_again()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        honest_times.look_again()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        honest_times.look_again()


class StaffedHoursForm(forms.ModelForm):
    zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = StaffedHours
        fields = ["weekday", "begins", "ends", "zone"]
        help_texts = {"ends": _("Past midnight, enter two rows. 23:59 counts as midnight.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "zone" in self.fields:  # whoever may only look has no field
            zone: Any = self.fields["zone"]
            zone.initial = self.instance.zone
            zone.choices = [(name, name.replace("_", " ")) for name in _zones(self.instance.zone)]


@admin.register(StaffedHours)
class StaffedHoursAdmin(Timetable):
    form = StaffedHoursForm
    list_display = ["weekday", "begins", "ends", "zone"]
    list_display_links = ["weekday", "begins"]


@admin.register(ClosedDay)
class ClosedDayAdmin(Timetable):
    list_display = ["day", "reason"]
    ordering = ["-day"]


def _zones(chosen: str) -> list[str]:
    """Those with a place in their name, the site's own, and the one that stands there."""
    placed = {name for name in available_timezones() if name.split("/")[0] in REGIONS}
    return sorted(placed | {"UTC", settings.TIME_ZONE, chosen})
