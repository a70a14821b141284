"""What readers are told of an article's history, and the addresses it had before."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .revisions import Revision


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    def of_this_site(self) -> PublicChangeQuerySet:
        """Leave the invented ones out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def visible_to(self, user: Any) -> PublicChangeQuerySet:
        """The notes of guides that may be read, and why a withdrawn one was withdrawn."""
        shown = models.Q(article__in=Article.objects.visible_to(user).values("pk"))
        gone = models.Q(
            article__in=Article.objects.withdrawn().values("pk"), kind=PublicChange.Kind.WITHDRAWN
        )
        return self.of_this_site().filter(shown | gone)


class PublicChange(models.Model):
    """One line of a guide's public history: what changed and when, never an old text."""

    class Kind(models.TextChoices):
        FIRST = "first", _("First published")
        UPDATED = "updated", _("Updated")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    article = models.ForeignKey(Article, models.PROTECT, related_name="public_changes")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    note = models.CharField(_("note"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("public change")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.article}, {self.get_kind_display()}"


class OldAddress(models.Model):
    """An address that a guide had before; it leads to the guide for good."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="old_addresses")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("old address")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.slug
