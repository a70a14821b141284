"""What storytellers agreed to, as data: which words they read, for which uses, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member


class WhoKnows(models.TextChoices):
    """Whom the story is about, and whether they know."""

    OWN = "own", _("It is my own story")
    KNOWS = "knows", _("They know, and are happy for it to be shared")
    CANNOT_BE_ASKED = "cannot_be_asked", _("They cannot be asked, and I believe they would not mind")
    DIED = "died", _("They have died")


class StoryConsentQuerySet(models.QuerySet["StoryConsent"]):
    def live(self) -> StoryConsentQuerySet:
        """Neither ended nor over: the clock is looked at when it is read, and it is the database's."""
        return self.filter(ended_at__isnull=True, ends_at__gt=Now())

    def by(self, member: Member) -> StoryConsentQuerySet:
        return self.filter(post__author=member)


class StoryConsent(models.Model):
    """One consent to one story. What was agreed never changes: a change is a new row, and this one ends."""

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Taken back")
        REPLACED = "replaced", _("Replaced by a newer one")

    post = models.ForeignKey("community.Post", on_delete=models.PROTECT, related_name="consents")
    wording = models.CharField(max_length=20)  # which words of the form were read
    who_knows = models.CharField(_("the person in the story"), max_length=20, choices=WhoKnows)
    on_this_site = models.BooleanField(_("on this site"), default=False)
    in_search_engines = models.BooleanField(_("in search engines"), default=False)
    in_print = models.BooleanField(_("in printed leaflets"), default=False)
    for_teaching = models.BooleanField(_("for teaching"), default=False)
    years = models.PositiveSmallIntegerField(_("for how long"), default=1)
    given_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects = StoryConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to a story")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(ended_at__isnull=True), name="one_consent_in_force_per_story"
            ),
            models.CheckConstraint(
                name="search_engines_only_find_what_the_site_shows",
                condition=Q(in_search_engines=False) | Q(on_this_site=True),
            ),
            models.CheckConstraint(name="a_consent_is_for_one_or_two_years", condition=Q(years__in=[1, 2])),
            models.CheckConstraint(name="a_consent_ends_later", condition=Q(ends_at__gt=F("given_at"))),
            models.CheckConstraint(
                name="a_consent_ends_in_a_known_way",
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=["withdrawn", "replaced"]),
            ),
            models.CheckConstraint(
                name="it_is_known_who_knows_of_the_story", condition=Q(who_knows__in=WhoKnows.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(ended_at__isnull=True), name="consents_that_end_next"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.given_at:%Y-%m-%d}"
