"""Which mails a member does not want. What must be said (codes, an address that changes) is never among them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models.member import Member


class MailKind(models.TextChoices):
    """The kinds of mail that one may stop, in the words of the page where one does."""

    DECISIONS = "decisions", _("When something was decided about what I wrote")
    STORIES = "stories", _("Before the time of my story ends")
    DESK = "desk", _("For moderators: when something waits at the desk")
    REVIEWS = "reviews", _("For reviewers: when a guide is due to be checked again")
    HELP_LINES = "help_lines", _("For the team: when phone numbers are due to be checked")


class UnwantedMail(models.Model):
    """A member stopped one kind of mail. No row: it is sent."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="unwanted_mails", editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind, editable=False)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("unwanted mail")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="a_kind_of_mail_is_stopped_once"),
            models.CheckConstraint(
                name="a_known_kind_of_mail_is_stopped", condition=Q(kind__in=MailKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind}"
