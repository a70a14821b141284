"""What people confirmed before the launch, and the doors of the community. Both are added to and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Confirmed(models.TextChoices):
    """What only a person can know."""

    TEST_MAIL = "test_mail", _("A test mail has arrived")
    BACKUP_RESTORED = "backup_restored", _("A backup was restored once, to try it")
    HOUSE_RULES = "house_rules", _("The house rules are ours")
    PRIVACY_PAGE = "privacy_page", _("The privacy page says what we do")
    MISSION = "mission", _("“Why this site exists” says why")
    HOW_WE_CHECK = "how_we_check", _("“How we check what you read” says what we do")
    TERMS = "terms", _("The terms are ours")
    ACCESSIBILITY = "accessibility", _("“Accessibility” says what is so")
    FUNDING = "funding", _("“Who pays for this site” says who does")
    YOUNG_CARERS = "young_carers", _("“If you are under 18” is in our words")


class Confirmation(models.Model):
    """An administrator said so. Of words, only of exactly these: their digest is kept."""

    what = models.CharField(_("what"), max_length=20, choices=Confirmed, editable=False)
    words_digest = models.CharField(_("digest of the words"), max_length=64, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("confirmation before the launch")
        constraints = [
            models.CheckConstraint(name="a_known_thing_is_confirmed", condition=Q(what__in=Confirmed.values)),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"


class Cause(models.TextChoices):
    """Why the doors were opened or closed."""

    READY = "ready", _("Everything on the list was true for the first time")
    RESTORED = "restored", _("The site was restored from a backup")
    BY_HAND = "by_hand", _("An administrator decided it")


class Doors(models.Model):
    """From when on people may write here, or may not. The newest row counts; without one they may not."""

    are_open = models.BooleanField(_("open"), editable=False)
    cause = models.CharField(_("why"), max_length=10, choices=Cause, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("launch checklist")
        verbose_name_plural = _("launch checklist")
        constraints = [
            models.CheckConstraint(
                name="the_doors_move_for_a_known_cause",
                condition=Q(cause="ready", are_open=True, by=None)
                | Q(cause="restored", are_open=False, by=None)
                | Q(cause="by_hand", by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{'open' if self.are_open else 'closed'} ({self.cause})"
