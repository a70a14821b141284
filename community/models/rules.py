"""House rules: what a refusal points at, and what the public page lists."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class HouseRuleQuerySet(models.QuerySet["HouseRule"]):
    def in_force(self) -> HouseRuleQuerySet:
        return self.filter(is_active=True)


class HouseRule(models.Model):
    """One short rule in plain words. Never deleted: decisions point at it."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("rule"), max_length=100)
    text = models.TextField(_("what it means"))
    is_active = models.BooleanField(_("in force"), default=True)

    objects = HouseRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        default_permissions = ("view", "change")
        ordering = ["number"]

    def __str__(self) -> str:
        return gettext("House rule %(number)d: %(title)s") % {"number": self.number, "title": self.title}
