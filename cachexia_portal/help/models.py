"""Help lines, and the approvals of health words on pages that are shown before them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .countries import country_choices, country_name

RECHECK_AFTER = timedelta(days=90)
DIALLED = re.compile(r"\+?[0-9][0-9 ()-]*")
ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(/[!-~]*)?")


def today() -> date:
    """The day in the site's own zone."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class HelpRefused(Exception):
    """An act that the rules of this page do not allow; its text is for the person who tried."""


class Kind(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency number")
    CRISIS = "crisis", _("Crisis line")
    CANCER = "cancer", _("Cancer line")


class Channel(models.TextChoices):
    CALL = "call", _("call")
    TEXT = "text", _("text")
    CHAT = "chat", _("chat at")


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def shown(self) -> HelpLineQuerySet:
        """What the page lists."""
        return self.filter(retired_at=None).order_by("country", "kind", "position", "channel", "pk")

    def unchecked(self) -> HelpLineQuerySet:
        return self.shown().filter(checked_on=None)

    def stale_on(self, day: date) -> HelpLineQuerySet:
        """Shown as checked, but not for 90 days."""
        return self.shown().filter(checked_on__lte=day - RECHECK_AFTER)


class HelpLine(models.Model):
    """One number (or chat address) in one country. Retired, never deleted.

    Two people check it: the first looks, the second confirms, and only then does
    the page show a date: the day of the first look. A second round leaves the
    last finished check on the page until it is finished itself.
    """

    starter_key = models.CharField(max_length=60, unique=True, null=True, blank=True, editable=False)
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    channel = models.CharField(_("channel"), max_length=4, choices=Channel)
    name = models.CharField(_("name"), max_length=80)
    number = models.CharField(_("number, or address of the chat"), max_length=80)
    hours = models.CharField(_("hours, in words"), max_length=120, blank=True)
    hours_zone = models.CharField(_("time zone of the hours"), max_length=50, blank=True)
    languages = models.CharField(_("languages, in words"), max_length=120, blank=True)
    site_url = models.URLField(
        _("site of those who run it"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    position = models.PositiveSmallIntegerField(_("place in its country"), default=0)

    first_check_on = models.DateField(_("looked at on"), null=True, editable=False)
    first_check_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_on = models.DateField(_("checked on"), null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, editable=False)
    retired_at = models.DateTimeField(_("taken off the page"), null=True, editable=False)

    objects = HelpLineQuerySet.as_manager()

    #: What a check is about: when one of these changes, the check is void.
    CHECKED_FIELDS = (
        "country", "kind", "channel", "name", "number", "hours", "hours_zone", "languages", "site_url",
    )  # fmt: skip
    #: What an approval of the page's text covers.
    APPROVED_FIELDS = ("country", "kind", "channel", "name", "number", "hours", "hours_zone")

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        constraints = [
            models.CheckConstraint(
                name="help_line_checked_by_two_people",
                condition=Q(checked_on=None, checked_by=None, confirmed_by=None)
                | Q(checked_on__isnull=False, checked_by__isnull=False, confirmed_by__isnull=False)
                & ~Q(checked_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="help_line_first_check_has_person_and_day",
                condition=Q(first_check_on__isnull=True, first_check_by__isnull=True)
                | Q(first_check_on__isnull=False, first_check_by__isnull=False),
            ),
            models.CheckConstraint(name="help_line_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="help_line_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(name="help_line_has_a_number", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"{self.country_name}: {self.name}, {self.get_channel_display()} {self.number}"

    def clean(self) -> None:
        """A number that a telephone can dial; a chat address that a browser can open."""
        self.number = self.number.strip()
        if self.channel == Channel.CHAT and not ADDRESS.fullmatch(self.number):
            raise ValidationError({"number": _("Write the address of the chat like this: example.org/chat")})
        if self.channel in (Channel.CALL, Channel.TEXT) and not DIALLED.fullmatch(self.number):
            raise ValidationError(
                {"number": _("Use digits, spaces, hyphens, brackets and a + in front only.")}
            )

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def is_checked(self) -> bool:
        return self.checked_on is not None

    @property
    def digits(self) -> str:
        """The number as a telephone wants it."""
        return re.sub(r"[^0-9+]", "", self.number)

    @property
    def dial_address(self) -> str:
        """Where the number leads; empty for a chat, whose address is shown as text."""
        scheme = {Channel.CALL.value: "tel", Channel.TEXT.value: "sms"}.get(self.channel)
        return f"{scheme}:{self.digits}" if scheme and self.digits else ""

    @property
    def safe_site_url(self) -> str:
        return self.site_url if re.match(r"https?://", self.site_url) else ""

    @property
    def stale_from(self) -> date | None:
        """The first day on which its check is 90 days old."""
        return self.checked_on + RECHECK_AFTER if self.checked_on else None

    @property
    def checked_content(self) -> tuple[str, ...]:
        return tuple(getattr(self, field) for field in self.CHECKED_FIELDS)

    @property
    def approved_content(self) -> tuple[str, ...]:
        return tuple(getattr(self, field) for field in self.APPROVED_FIELDS)

    def is_stale_on(self, day: date) -> bool:
        return self.stale_from is not None and self.stale_from <= day

    def can_be_checked_by(self, person: Any) -> bool:
        return self.first_check_by_id in (None, person.pk)

    def can_be_confirmed_by(self, person: Any) -> bool:
        return self.first_check_by_id not in (None, person.pk)

    @transaction.atomic
    def save_edit(self, *, by: Any) -> None:
        """Store what staff typed. New words void the check and name the editor.

        Raises HelpRefused when somebody else changed the line since it was read.
        """
        before = HelpLine.objects.select_for_update().filter(pk=self.pk, version=self.version).first()
        if self.pk and before is None:
            raise HelpRefused(_("Somebody else changed this line a moment ago. Open it again to see how."))
        if before is None or before.checked_content != self.checked_content:
            self._void_check()
            self._note_edit(by)
            self.save()
        else:
            self.save(update_fields=["position"])

    def record_check(self, *, by: Any) -> None:
        """The first person has called, or looked at the operator's site, today."""
        free = Q(first_check_by=None) | Q(first_check_by=by)
        self._act(free, first_check_by=by, first_check_on=today())

    def confirm_check(self, *, by: Any) -> None:
        """A second person has done so too: from now on the page shows the date."""
        by_another = Q(first_check_by__isnull=False) & ~Q(first_check_by=by)
        self._act(
            by_another,
            checked_on=F("first_check_on"),
            checked_by=F("first_check_by"),
            confirmed_by=by,
            first_check_on=None,
            first_check_by=None,
        )

    def retire(self, *, by: Any) -> None:
        """Take it off the page; the row stays."""
        self._change_place(Q(retired_at=None), timezone.now(), by)

    def restore(self, *, by: Any) -> None:
        """Put it back on the page."""
        self._change_place(Q(retired_at__isnull=False), None, by)

    def _change_place(self, allowed: Q, retired_at: Any, by: Any) -> None:
        now = timezone.now()
        self._act(allowed, retired_at=retired_at, edited_by=by, edited_at=now, version=F("version") + 1)

    def _act(self, allowed: Q, **changes: Any) -> None:
        """One act on the line as it was read: the loser of a race is refused."""
        moved = HelpLine.objects.filter(allowed, pk=self.pk, version=self.version).update(**changes)
        if not moved:
            raise HelpRefused(
                _("That was not done: the line has changed, or the other check has to be somebody else's.")
            )
        self.refresh_from_db()

    def _void_check(self) -> None:
        self.first_check_on = self.first_check_by = None
        self.checked_on = self.checked_by = self.confirmed_by = None

    def _note_edit(self, by: Any) -> None:
        self.edited_by, self.edited_at, self.version = (
            by,
            timezone.now(),
            self.version + (self.pk is not None),
        )


class FixedPageApprovalQuerySet(models.QuerySet["FixedPageApproval"]):
    def of(self, page: str, text_hash: str) -> FixedPageApproval | None:
        """The latest approval of exactly this text."""
        return self.filter(page=page, text_hash=text_hash).order_by("at", "pk").last()


class FixedPageApproval(models.Model):
    """A medical reviewer has read exactly this text of a fixed page.

    Added and read, nothing else: the database refuses to change or delete one.
    """

    class Page(models.TextChoices):
        HELP = "help", _("When to get help")
        MISSION = "mission", _("Why this site exists")
        YOUNG_CARERS = "young_carers", _("If you are under 18")
        WORRY = "worry", _("If a post worries you")

    page = models.CharField(_("page"), max_length=20, choices=Page, default=Page.HELP, editable=False)
    text_hash = models.CharField(_("hash of the text"), max_length=64, editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("reviewer")
    )
    credential_snapshot = models.JSONField(_("credential on that day"), editable=False)
    at = models.DateTimeField(_("approved at"), default=timezone.now, editable=False)

    objects = FixedPageApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval of a fixed page")
        verbose_name_plural = _("approvals of fixed pages")
        constraints = [
            models.CheckConstraint(name="fixed_page_approval_names_a_text", condition=~Q(text_hash="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()}, {self.at:%Y-%m-%d}"
