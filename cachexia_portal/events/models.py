"""Events and the notes that belong to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> EventQuerySet:
        """The events of one stored row."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


def _without(mark: str) -> Q:
    """No code column contains this mark."""
    condition = Q()
    for column in ("verb", "subject_kind", "from_state", "to_state", "digest"):
        condition &= ~Q(**{f"{column}__contains": mark})
    return condition


class Event(models.Model):
    """One thing that happened. The database refuses to change or delete the row."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("what"), max_length=40, editable=False)
    subject_kind = models.CharField(_("of which kind of row"), max_length=60, editable=False)
    subject_id = models.BigIntegerField(_("of which row"), editable=False)
    from_state = models.CharField(_("from"), max_length=40, blank=True, editable=False)
    to_state = models.CharField(_("to"), max_length=40, blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="events_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                # Codes have neither: what a person typed, or an address, is refused.
                condition=_without(" ") & _without("@"),
                name="event_holds_codes_not_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"


class EventNote(models.Model):
    """The words of an event. They may be emptied; the row stays."""

    class Audience(models.TextChoices):
        AUTHOR = "author", _("The person concerned")
        TEAM = "team", _("The team")

    event = models.ForeignKey(Event, models.PROTECT, related_name="notes", editable=False)
    audience = models.CharField(_("for"), max_length=10, choices=Audience, editable=False)
    text = models.TextField(_("words"), blank=True, editable=False)

    class Meta:
        verbose_name = _("note of an event")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["author", "team"]), name="event_note_has_a_known_audience"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.event_id}"

    def empty(self) -> None:
        """Take the words away for good."""
        type(self).objects.filter(pk=self.pk).update(text="")
        self.text = ""
