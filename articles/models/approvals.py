"""Who approved exactly which text, with what training."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential

from .revisions import Revision


class Approval(models.Model):
    """What a medical reviewer decided about exactly this content. Never changed, never deleted."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="approvals")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The row tells when the credential ended; the snapshot keeps what it said on that day.
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, null=True, related_name="+")
    credential_snapshot = models.JSONField(_("credential of that day"))
    content_hash = models.CharField(max_length=64)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict, default=Verdict.APPROVED)
    at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("approval")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.credential_snapshot.get('public_name', '')}"
