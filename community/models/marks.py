"""Small things that members do to posts: "This helped me", "I am going through this too"."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .posts import Post


class Mark(models.Model):
    """One member's mark on one post. Who made it is shown to nobody; the counts from five up."""

    class Kind(models.TextChoices):
        HELPED = "helped", _("This helped me")
        ME_TOO = "me_too", _("I am going through this too")
        THANKS = "thanks", _("Thank you")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["post", "member", "kind"], name="one_mark_per_member"),
            models.CheckConstraint(
                name="a_mark_has_a_known_kind", condition=Q(kind__in=["helped", "me_too", "thanks"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id}"
