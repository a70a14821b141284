"""What readers report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .review import ItemKind, ReviewItem

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

REPORT_LENGTH = 2_000


class ReportType(models.TextChoices):
    """What is the matter."""

    WORRIED = "worried", _("I am worried about the person who wrote it")
    HARM = "harm", _("It could harm someone’s health")
    ABOUT_ME = "about_me", _("It is about me, or someone I know")
    PRIVATE = "private", _("It shows private details, such as a name or number")
    IMPERSONATION = "impersonation", _("It pretends to be by someone else")
    UNKIND = "unkind", _("It is unkind")
    SELLING = "selling", _("It is selling something")
    OUT_OF_DATE = "out_of_date", _("It is out of date, or does not match its source")
    OTHER = "other", _("Something else")


#: The item that a report opens; the others open one of kind `report`.
ITEM_KINDS = {
    ReportType.WORRIED: ItemKind.SAFETY,
    ReportType.PRIVATE: ItemKind.PRIVACY,
    ReportType.ABOUT_ME: ItemKind.PRIVACY,
}


class ReportQuerySet(models.QuerySet["Report"]):
    def by(self, reporter: Member) -> ReportQuerySet:
        """What this person reported: for `/me/` only."""
        found = self if settings.IS_DEMO_SITE else self.filter(item__revision__post__is_demo=False)
        return found.filter(reporter=reporter)


class Report(models.Model):
    """One person's report of the words that they saw. The item says what came of it."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports")
    type = models.CharField(max_length=20, choices=ReportType)
    words = models.TextField(_("what you noticed"), blank=True)  # may be emptied
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "reporter"], name="one_report_per_person_and_item"),
            models.CheckConstraint(name="a_report_has_a_known_type", condition=Q(type__in=ReportType.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} ({self.pk})"
