"""A file that waits to be looked at before it becomes a source document."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WaitingUploadQuerySet(models.QuerySet["WaitingUpload"]):
    def of(self, member: object) -> WaitingUploadQuerySet:
        """A person sees their own uploads only, and none that has run out."""
        return self.filter(uploaded_by=member, uploaded_at__gt=timezone.now() - WaitingUpload.KEPT_FOR)

    def run_out(self) -> WaitingUploadQuerySet:
        return self.filter(uploaded_at__lte=timezone.now() - WaitingUpload.KEPT_FOR)


class WaitingUpload(models.Model):
    """A large file between upload and import: understood and imported by the worker.

    waiting ──worker──▶ understood | refused;  understood ──confirm──▶ confirmed ──worker──▶ imported
    """

    KEPT_FOR = timedelta(hours=24)

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        UNDERSTOOD = "understood", _("Ready to look at")
        REFUSED = "refused", _("Refused")
        CONFIRMED = "confirmed", _("Waiting to be imported")
        IMPORTED = "imported", _("Imported")

    name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField()
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    reason = models.CharField(_("why it was refused"), max_length=500, blank=True)
    line = models.PositiveIntegerField(_("line"), null=True)
    document = models.ForeignKey("articles.SourceDocument", models.PROTECT, null=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = WaitingUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting upload")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
