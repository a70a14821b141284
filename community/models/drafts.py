"""Unsent words, and nothing else: their only home."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .posts import Post

if TYPE_CHECKING:
    from datetime import datetime

    from cachexia_portal.accounts.models import Member

KEPT_FOR_VISITORS = timedelta(hours=24)


class DraftQuerySet(models.QuerySet["Draft"]):
    def by(self, author: Member) -> DraftQuerySet:
        return self.filter(author=author)

    def of_token(self, digest: str, now: datetime) -> DraftQuerySet:
        """A visitor's, while it is kept: the end is looked at here, and not left to a sweep."""
        return self.filter(token_digest=digest, saved_at__gt=now - KEPT_FOR_VISITORS).exclude(token_digest="")

    def expired(self, now: datetime) -> DraftQuerySet:
        return self.filter(author=None, saved_at__lte=now - KEPT_FOR_VISITORS)


class Draft(models.Model):
    """A member's, saved as they write; or a visitor's from "look it over" on, for 24 hours."""

    class Form(models.TextChoices):
        QUESTION = "question", _("A question")
        ANSWER = "answer", _("An answer")
        REPLY = "reply", _("A reply")
        EDIT = "edit", _("A change to a post")
        STORY = "story", _("A story")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    token_digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the random token
    form = models.CharField(max_length=10, choices=Form)
    about = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="drafts")
    fields = models.JSONField(default=dict)  # what was typed, by the form's field names
    sequence = models.PositiveIntegerField(default=1)  # an older one never writes over a newer one
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="a_draft_is_a_members_or_a_visitors",
                condition=(Q(author__isnull=False, token_digest="")) | (Q(author=None) & ~Q(token_digest="")),
            ),
            models.UniqueConstraint(
                fields=["token_digest"], condition=~Q(token_digest=""), name="one_draft_per_token"
            ),
            models.UniqueConstraint(
                fields=["author", "form", "about"],
                condition=Q(about__isnull=False),
                name="one_draft_per_member_and_place",
            ),
            models.CheckConstraint(
                name="a_draft_has_a_place",
                condition=Q(form__in=["question", "story"], about__isnull=True)
                | (~Q(form__in=["question", "story"]) & Q(about__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} ({self.saved_at:%Y-%m-%d})"
