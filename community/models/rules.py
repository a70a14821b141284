"""House rules, which a refusal points at, and the replies that moderators keep ready."""

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


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def in_use(self) -> CannedReplyQuerySet:
        return self.filter(is_active=True)


class CannedReply(models.Model):
    """Words that moderators start from; each is sent with a line of their own."""

    title = models.CharField(_("name in the list"), max_length=80, unique=True)
    text = models.TextField(_("what the writer reads"), max_length=2_000)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        default_permissions = ("view", "add", "change")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
