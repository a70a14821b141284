"""What editors typed: earlier texts of a revision, and words not yet saved by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .revisions import Revision


class PastText(models.Model):
    """The words of a revision as they stood at one version, kept when they were written over.

    Two editors who began from the same text can see it beside both of theirs.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="past_texts")
    version = models.PositiveIntegerField()
    words = models.JSONField()  # the fields of Revision.WORDS by name

    class Meta:
        verbose_name = _("earlier text")
        constraints = [
            models.UniqueConstraint(fields=("revision", "version"), name="one_past_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}, {self.version}"


class Autosave(models.Model):
    """One editor's unsaved words on one revision: their own, seen by nobody else, without effect."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="autosaves")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_version = models.PositiveIntegerField()
    words = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("autosave")
        constraints = [models.UniqueConstraint(fields=("revision", "editor"), name="one_autosave_per_editor")]

    def __str__(self) -> str:
        return f"{self.revision_id}, {self.editor_id}"
