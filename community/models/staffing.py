"""When people are there to read."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def known_zone(name: str) -> None:
    """Refuse what is not the name of a time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/London."))


def site_zone() -> str:
    return str(settings.TIME_ZONE)


class StaffedHours(models.Model):
    """One stretch of a week in which somebody is at the desk. One past midnight is two rows."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    zone = models.CharField(_("time zone"), max_length=60, default=site_zone, validators=[known_zone])

    class Meta:
        verbose_name = _("staffed hours")
        verbose_name_plural = _("staffed hours")
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(
                name="staffed_hours_end_after_they_begin",
                condition=Q(ends__gt=F("begins")),
                violation_error_message=_(
                    "The end comes after the beginning. Past midnight, enter two rows."
                ),
            ),
            models.CheckConstraint(name="a_weekday_is_known", condition=Q(weekday__lte=6)),
            models.UniqueConstraint(fields=["weekday", "begins", "zone"], name="staffed_hours_stand_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins:%H:%M}–{self.ends:%H:%M} ({self.zone})"


class ClosedDay(models.Model):
    """A day on which nobody is at the desk, whatever the week says."""

    day = models.DateField(_("day"), unique=True)
    reason = models.CharField(_("why, for the team"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("closed day")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
