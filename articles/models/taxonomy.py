"""What the site's words are about: topics, kinds of cancer, and the words it explains.

These rows hold names, which are public. What is said about them is health wording
and stands in `HealthWording`, where it waits for its approval.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models.credential import known_fields


class Topic(models.Model):
    """A subject that guides and questions are filed under."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    keywords = models.JSONField(_("words that point to it"), default=list, blank=True)
    fields = models.JSONField(
        _("fields of practice that may speak on it"), default=list, validators=[known_fields]
    )

    class Meta:
        verbose_name = _("topic")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])


class CancerType(models.Model):
    """A kind of cancer that a guide or a question may be about."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    also = models.JSONField(_("other names"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        verbose_name = _("cancer type")
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class GlossaryTerm(models.Model):
    """A word that readers meet in letters and on wards."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    term = models.CharField(_("word"), max_length=80)
    pronunciation = models.CharField(_("how to say it"), max_length=80, blank=True)
    also_called = models.JSONField(_("also called"), default=list, blank=True)
    misspellings = models.JSONField(_("spellings people try"), default=list, blank=True)
    see_also = models.ManyToManyField("self", symmetrical=False, blank=True, verbose_name=_("see also"))

    class Meta:
        verbose_name = _("glossary term")
        ordering = (Lower("term"), "pk")

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"{reverse('articles:glossary')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"word-{self.slug}"

    def names(self) -> list[Any]:
        """Every way a reader may know it, the usual one first."""
        return [self.term, *self.also_called, *self.misspellings]


def synonyms(words: object) -> None:
    """Refuse anything that is not a list of at least two different words."""
    texts = words if isinstance(words, list) else []
    told = {text.casefold() for text in texts if isinstance(text, str) and text.strip()}
    if len(told) < 2 or len(told) != len(texts):
        raise ValidationError(_("Give at least two words, each once."))


class SynonymGroup(models.Model):
    """Words that people use for the same thing. Whoever searches for one finds the others too."""

    words = models.JSONField(_("words"), default=list, validators=[synonyms])
    note = models.CharField(_("note for the team"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        default_permissions = ("view", "add", "change")
        ordering = ("pk",)

    def __str__(self) -> str:
        return ", ".join(str(word) for word in self.words[:4])
