"""What an import found amiss in a document, and who dealt with it how."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .sources import SourceDocument


class DiagnosticQuerySet(models.QuerySet["Diagnostic"]):
    def unresolved(self) -> DiagnosticQuerySet:
        return self.filter(resolution="")

    def blocking(self) -> DiagnosticQuerySet:
        """Those that keep an article made of their document from being published."""
        return self.unresolved().filter(severity=Diagnostic.Severity.BLOCKING)


class Diagnostic(models.Model):
    """One finding about one line of a document. `articles.resolving` alone writes its resolution."""

    class Code(models.TextChoices):
        LIST_LOST = "LIST_LOST", _("A list is missing after a colon")
        HEADING_EMPTY = "HEADING_EMPTY", _("A heading without words")
        HEADING_MISSING = "HEADING_MISSING", _("A part without a heading")
        TITLE_DUPLICATE = "TITLE_DUPLICATE", _("More than one title")
        TITLE_GENERIC = "TITLE_GENERIC", _("A title that says nothing")
        TEXT_REPEATED = "TEXT_REPEATED", _("The same words twice")
        LABEL_DEAD = "LABEL_DEAD", _("A label that leads nowhere")
        IMAGE_ADDRESS = "IMAGE_ADDRESS", _("A picture address that will not last")
        IMAGE_THIRD_PARTY = "IMAGE_THIRD_PARTY", _("A picture that belongs to somebody else")
        REFERENCE_MULTIPLE = "REFERENCE_MULTIPLE", _("Several works in one entry")
        REFERENCE_UNCITED = "REFERENCE_UNCITED", _("Works that the text never cites")
        REVIEWER_NOT_A_PERSON = "REVIEWER_NOT_A_PERSON", _("A reviewer who is not a person")
        DATE_MISSING = "DATE_MISSING", _("No date")
        LICENCE_MISSING = "LICENCE_MISSING", _("No licence")
        SOURCE_MISSING = "SOURCE_MISSING", _("No address of the source")
        TAG_UNSUPPORTED = "TAG_UNSUPPORTED", _("A tag that the text does not bear out")
        TAG_MISSING = "TAG_MISSING", _("A subject without its tag")
        TIME_EXPIRED = "TIME_EXPIRED", _("A sentence that time has overtaken")
        TYPO_SUSPECTED = "TYPO_SUSPECTED", _("Perhaps a slip of the pen")
        LINK_RELATIVE = "LINK_RELATIVE", _("A link without its site")

    class Severity(models.TextChoices):
        BLOCKING = "blocking", _("Has to be resolved before publishing")
        WARNING = "warning", _("Look at this")
        NOTE = "note", _("For your information")

    class Resolution(models.TextChoices):
        PUT_RIGHT = "put_right", _("Put right in our text")
        LEFT_OUT = "left_out", _("Left out of our text")
        ACCEPTED = "accepted", _("Looked at, and fine as it is")

    document = models.ForeignKey(SourceDocument, models.CASCADE, related_name="diagnostics")
    position = models.PositiveIntegerField()
    code = models.CharField(_("code"), max_length=40, choices=Code)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity)
    line = models.PositiveIntegerField(_("line"), null=True)
    message = models.CharField(_("what was found"), max_length=500)
    resolution = models.CharField(_("how it was resolved"), max_length=20, choices=Resolution, blank=True)
    note = models.CharField(_("in words"), max_length=500, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    objects = DiagnosticQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnostic")
        ordering = ("document", "position")
        permissions = [("resolve_diagnostic", "Can resolve diagnostics")]
        constraints = [
            models.UniqueConstraint(fields=("document", "position"), name="one_diagnostic_per_position"),
            models.CheckConstraint(
                name="resolutions_have_a_person_and_a_time",
                condition=Q(resolution="", resolved_by=None, resolved_at=None)
                | ~Q(resolution="") & Q(resolved_by__isnull=False, resolved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.line}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new finding; a stored one is resolved by an act, never saved over."""
        if not self._state.adding:
            raise TypeError("A stored diagnostic is resolved with articles.resolving.")
        super().save(*args, **kwargs)

    @property
    def is_resolved(self) -> bool:
        return bool(self.resolution)

    @property
    def is_blocking(self) -> bool:
        return self.severity == self.Severity.BLOCKING and not self.is_resolved
