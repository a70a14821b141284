"""What was taken away, by the number of its row: never words, never people's names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Every act after which something may never be shown again."""

    ACCOUNT_CLOSED = "account_closed", _("An account was closed")
    TAKEN_DOWN = "taken_down", _("A post was taken down by its author")
    WITHOUT_NAME = "without_name", _("A post is shown without its author's name")
    FORGOTTEN = "forgotten", _("Search engines were asked to forget a post")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("The consent to show a story was withdrawn")
    USES_WITHDRAWN = "uses_withdrawn", _("A story may be used for less than before")
    HEALTH_CONSENT_ENDED = "health_consent_ended", _("The consent for health data was withdrawn")
    HIDDEN = "hidden", _("A moderator hid a post")
    GUIDE_WITHDRAWN = "guide_withdrawn", _("A guide was withdrawn")
    URGENT_NOTICE = "urgent_notice", _("An urgent notice was set above a guide")


#: Of which rows the number is.
OF_MEMBERS = (Kind.ACCOUNT_CLOSED, Kind.HEALTH_CONSENT_ENDED)
OF_CONSENTS = (Kind.CONSENT_WITHDRAWN,)
OF_POSTS = (Kind.TAKEN_DOWN, Kind.WITHOUT_NAME, Kind.FORGOTTEN, Kind.HIDDEN, Kind.USES_WITHDRAWN)
OF_REVISIONS = (Kind.GUIDE_WITHDRAWN,)
OF_ARTICLES = (Kind.URGENT_NOTICE,)


class Erasure(models.Model):
    """One such act, written in its transaction; a line in the log outside the backup repeats it."""

    kind = models.CharField(_("what"), max_length=20, choices=Kind, editable=False)
    subject_id = models.BigIntegerField(_("of which row"), editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    logged_at = models.DateTimeField(_("in the log since"), null=True, editable=False)

    class Meta:
        verbose_name = _("erasure")
        indexes = [
            models.Index(fields=["at"], name="erasures_not_in_the_log", condition=Q(logged_at=None)),
        ]
        constraints = [
            models.CheckConstraint(name="an_erasure_is_of_a_known_kind", condition=Q(kind__in=Kind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
