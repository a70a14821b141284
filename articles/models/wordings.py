"""What the site says about a topic or a word, and who approved exactly that."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential

from .taxonomy import GlossaryTerm, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable


class HealthWordingQuerySet(models.QuerySet["HealthWording"]):
    def of_this_site(self) -> HealthWordingQuerySet:
        """Leave the invented ones out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def visible_to(self, user: Any) -> HealthWordingQuerySet:
        """Approved as they stand, the same for everybody; demo ones on a demo site only.

        A draft is seen by name only: by the topic or the word that it would explain.
        """
        approved = self.of_this_site().filter(status=HealthWording.Status.APPROVED)
        return approved.filter(Q(is_demo=True) | Q(approved_hash=F("content_hash"), approval__isnull=False))


class HealthWording(models.Model):
    """One explanation of one topic or one word. Written by `articles.explaining` alone.

    draft ──approve──▶ approved ──(its words change)──▶ draft
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")

    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="wordings", editable=False)
    term = models.ForeignKey(GlossaryTerm, models.PROTECT, null=True, related_name="wordings", editable=False)
    text = models.TextField(_("text"), max_length=600, help_text=_("Plain words, one to three sentences."))
    caution = models.CharField(_("a word of care below it"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    content_hash = models.CharField(max_length=64, editable=False)
    approval = models.ForeignKey(
        "articles.WordingApproval", models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    # No editor: the text came with the site (its starter library).
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = HealthWordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("health wording")
        ordering = ("topic__position", "term__term", "pk")
        permissions = [("approve_healthwording", "Can approve health wording")]
        constraints = [
            models.CheckConstraint(
                name="wordings_explain_one_thing",
                condition=Q(topic__isnull=False, term__isnull=True)
                | Q(topic__isnull=True, term__isnull=False),
            ),
            models.UniqueConstraint(fields=("topic", "is_demo"), name="one_wording_of_a_topic"),
            models.UniqueConstraint(fields=("term", "is_demo"), name="one_wording_of_a_term"),
            models.CheckConstraint(
                name="approved_wordings_are_approved_as_they_stand",
                condition=~Q(status="approved")
                | Q(is_demo=True)
                | Q(approval__isnull=False, approved_hash=F("content_hash")),
            ),
            models.CheckConstraint(
                name="demo_wordings_have_no_approval", condition=Q(is_demo=False) | Q(approval__isnull=True)
            ),
            models.CheckConstraint(name="wordings_have_a_hash", condition=~Q(content_hash="")),
        ]

    def __str__(self) -> str:
        return str(self.explained)

    @property
    def explained(self) -> Topic | GlossaryTerm | None:
        return self.topic or self.term

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.APPROVED

    def content_digest(self) -> str:
        """The hash an approval is bound to: what is explained, how it is said, and the text."""
        return digest_of([str(self.explained), *self._as_said(), self.text, self.caution])

    def _as_said(self) -> Iterable[str]:
        return [self.term.pronunciation, *self.term.also_called] if self.term else []


class WordingApproval(models.Model):
    """A reviewer approved exactly this wording. Never changed, never deleted."""

    wording = models.ForeignKey(HealthWording, models.PROTECT, related_name="approvals")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    credential_snapshot = models.JSONField(_("credential of that day"))
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("approval of a wording")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.wording}, {self.credential_snapshot.get('public_name', '')}"


def digest_of(words: list[Any]) -> str:
    """One hash for a list of words, the same on every machine."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
