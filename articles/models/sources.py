"""Documents as they were imported: the bytes, what they claim, and their blocks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rights(models.TextChoices):
    """What may be done with a text or a picture; `unknown` counts as reserved."""

    OWN = "own", _("Our own")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    OPEN = "open", _("Open licence")
    PERMISSION = "permission", _("With permission")
    RESERVED = "reserved", _("All rights reserved")
    UNKNOWN = "unknown", _("Not known")


class SourceDocument(models.Model):
    """One version of one imported file. Its bytes never change; the database refuses it.

    Dates, reviewer and status are the source's own claims. They start no clock
    of ours and decide nothing about what is public.
    """

    name = models.CharField(_("file name"), max_length=255)
    version = models.PositiveIntegerField(_("version of the file"), default=1)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)

    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=35, default="en")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    publisher_name = models.CharField(_("publisher"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=20, choices=Rights, default=Rights.UNKNOWN)
    rights_statement = models.CharField(_("rights, in the source's words"), max_length=500, blank=True)

    front_matter = models.JSONField(_("front matter as given"), default=dict)
    audience_level = models.CharField(_("claimed audience"), max_length=100, blank=True)
    cancer_types = models.JSONField(_("claimed cancer types"), default=list)
    citation = models.CharField(_("citation as given"), max_length=500, blank=True)
    source_type = models.CharField(_("type as given"), max_length=100, blank=True)
    source_status = models.CharField(_("status as given (without effect)"), max_length=100, blank=True)
    source_version = models.CharField(_("version as given"), max_length=100, blank=True)
    tags = models.JSONField(_("tags as given"), default=list)
    claimed_reviewer = models.CharField(_("claimed reviewer"), max_length=200, blank=True)
    claimed_credentials = models.CharField(_("claimed credentials"), max_length=200, blank=True)
    claimed_reviewed_on = models.DateField(_("claims to be reviewed on"), null=True)
    claimed_modified_on = models.DateField(_("claims to be changed on"), null=True)
    claimed_review_frequency = models.CharField(_("claimed review frequency"), max_length=100, blank=True)

    imported_at = models.DateTimeField(_("imported"), default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("source document")
        ordering = ("name", "-version")
        constraints = [
            models.UniqueConstraint(fields=("name", "version"), name="one_document_per_name_and_version"),
            models.CheckConstraint(
                condition=Q(rights__in=Rights.values), name="document_rights_are_known_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new document; a stored one is never written again."""
        if not self._state.adding:
            raise TypeError("A source document is never changed; a changed file is a new version.")
        super().save(*args, **kwargs)


class SourceBlock(models.Model):
    """One paragraph, heading or list item of a document, and the lines it came from."""

    class Kind(models.TextChoices):
        FRONT_MATTER = "front_matter", _("Front matter")
        TITLE = "title", _("Title")
        HEADING = "heading", _("Heading")
        PARAGRAPH = "paragraph", _("Paragraph")
        LEAD_IN = "lead_in", _("Lead-in")
        BULLET_ITEM = "bullet_item", _("Bulleted item")
        NUMBERED_ITEM = "numbered_item", _("Numbered item")
        DEFINITION_ITEM = "definition_item", _("Definition")
        FIGURE = "figure", _("Picture")
        CAPTION = "caption", _("Caption")
        CREDIT = "credit", _("Credit")
        SIDEBAR = "sidebar", _("Sidebar")
        REVIEWER = "reviewer", _("Reviewer")
        DATE = "date", _("Date")
        RIGHTS = "rights", _("Rights line")
        DISCLAIMER = "disclaimer", _("Disclaimer")
        REFERENCE = "reference", _("Reference")
        LINK = "link", _("Link")
        LABEL = "label", _("Label")

    document = models.ForeignKey(SourceDocument, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.PositiveSmallIntegerField(_("level"), null=True)
    text = models.TextField(_("text"), blank=True)
    first_line = models.PositiveIntegerField(_("first line"))
    last_line = models.PositiveIntegerField(_("last line"))
    rights = models.CharField(_("rights of its own"), max_length=20, choices=Rights, null=True)
    stripped = models.CharField(_("left out because"), max_length=200, null=True)

    class Meta:
        verbose_name = _("block")
        ordering = ("document", "position")
        constraints = [
            models.UniqueConstraint(fields=("document", "position"), name="one_block_per_position"),
            models.CheckConstraint(
                condition=Q(first_line__gte=1, last_line__gte=F("first_line")), name="source_lines_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.first_line}–{self.last_line}"
