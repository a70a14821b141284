"""What the top of the site keeps: messages to the society, what it says itself, and the starter ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member


class Subject(models.TextChoices):
    """What a message is about, in the writer's words."""

    GUIDE = "guide", _("Something in a guide is wrong or unclear")
    POST = "post", _("Something that a person wrote here")
    PRIVACY = "privacy", _("Privacy, or something about me on this site")
    ACCOUNT = "account", _("Signing in, or my account")
    YOUNG = "young", _("I am under 18")
    ACCESS = "access", _("Something is hard to use or to read")
    HELP_LINE = "help_line", _("A phone number on the help page")
    OTHER = "other", _("Something else")


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def unanswered(self) -> ContactMessageQuerySet:
        return self.filter(answered_at=None)

    def written_before(self, moment: datetime) -> ContactMessageQuerySet:
        return self.filter(created_at__lt=moment, emptied_at=None)

    def empty(self) -> int:
        """Take out what was typed; that a message came, and who answered it, stays."""
        return self.update(name="", email="", message="", emptied_at=timezone.now())


class ContactMessage(models.Model):
    """What somebody wrote to the society. Nothing is kept of where it came from."""

    subject = models.CharField(_("what it is about"), max_length=20, choices=Subject)
    message = models.TextField(_("message"), max_length=5_000, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    created_at = models.DateTimeField(_("came in"), default=timezone.now, editable=False, db_index=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
        editable=False,
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    emptied_at = models.DateTimeField(_("emptied"), null=True, editable=False)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact message")
        verbose_name_plural = _("contact messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="an_answered_message_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at=None) | Q(name="", email="", message=""),
                name="an_emptied_message_holds_no_words",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Message %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """The page for staff; nobody else has one."""
        return reverse("admin:pages_contactmessage_change", args=[self.pk])

    def mark_answered(self, *, by: Member) -> bool:
        """Note who answered; False if somebody else had done so already."""
        now = timezone.now()
        marked = type(self).objects.unanswered().filter(pk=self.pk).update(answered_by=by, answered_at=now)
        self.refresh_from_db(fields=["answered_by", "answered_at"])
        return bool(marked)


class StarterRow(models.Model):
    """That a starter row was laid down once, so that it is never laid down again."""

    key = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    laid_down_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("starter row")

    def __str__(self) -> str:
        return self.key


class SiteNotice(models.Model):
    """A sentence from the society above every page, from a moment to a moment."""

    text = models.CharField(_("what it says"), max_length=300)
    begins_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    taken_down_at = models.DateTimeField(_("taken down"), null=True, editable=False)

    class Meta:
        verbose_name = _("site notice")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_site_notice_ends_after_it_begins",
                condition=Q(ends_at__gt=models.F("begins_at")),
                violation_error_message=_("The end comes after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class StatementQuerySet(models.QuerySet["Statement"]):
    def that_count(self) -> StatementQuerySet:
        """On a live site an invented person has said nothing."""
        return self if settings.IS_DEMO_SITE else self.filter(written_by__is_demo=False)

    def about(self, wanted: Iterable[str]) -> StatementQuerySet:
        return self.filter(about__in=wanted)


class Statement(models.Model):
    """What only the society knows, in its own words, where a fixed page leaves room for it. Plain text."""

    class About(models.TextChoices):
        HOSTING = "hosting", _("Privacy: who hosts this site and carries its e-mail, and in which countries")
        LAWS = "laws", _("Privacy: on which laws each use of people’s data rests")
        FUNDERS = "funders", _("Who pays for this site: who gives the society money, and about how much")
        COUNTRY_OF_LAW = "country_of_law", _("Terms: which country’s law applies")

    about = models.CharField(_("about"), max_length=20, choices=About, unique=True)
    text = models.TextField(_("what it says"), max_length=3_000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written"), auto_now=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of the society")
        verbose_name_plural = _("statements of the society")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_statement_is_about_something_known",
                condition=Q(about__in=["hosting", "laws", "funders", "country_of_law"]),
            ),
            models.CheckConstraint(name="a_statement_has_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return str(self.get_about_display())
