"""The outbox, the leases and the heartbeat of the work that runs beside the web."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

LEASE = timedelta(minutes=10)  # longer than any hand-over to a mail server takes
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
ADDRESS_KEPT = timedelta(days=30)
CLOCK_MAY_BE_OFF = timedelta(minutes=5)  # between two machines


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not sent")


class Dropped(models.TextChoices):
    """Why a mail was not sent; it stands where the last error would."""

    UNWANTED = "unwanted", _("Its reader does not want mails of this kind")
    BLOCKED = "blocked", _("Mail to this address comes back, or was reported as unwanted")


class Delivery(models.TextChoices):
    """What the mail provider said afterwards; empty where it said nothing."""

    BOUNCED = "bounced", _("Came back")
    COMPLAINED = "complained", _("Reported as unwanted")

    @property
    def is_bounce(self) -> bool:
        return self is Delivery.BOUNCED


class MailQuerySet(models.QuerySet["Mail"]):
    def enqueue(
        self,
        key: str,
        to: str,
        subject: str,
        text: str,
        *,
        due_at: datetime | None = None,
        kind: str = "",
        stop_path: str = "",
    ) -> None:
        """One row per key; the second of two calls is not an error and changes nothing."""
        now = timezone.now()
        mail = self.model(
            key=key,
            to_address=to,
            subject=" ".join(subject.split()),
            text=text,
            due_at=due_at or now,
            created_at=now,
            kind=kind,
            stop_path=stop_path,
        )
        self.bulk_create([mail], ignore_conflicts=True)

    def due(self, now: datetime) -> MailQuerySet:
        """Waiting, its time has come, and no sender holds it; the oldest first.

        No hold lasts longer than the longest pause: one that ends later was written
        before the clock was set back, and holds nothing.
        """
        impossible = Q(leased_until__gt=now + LONGEST_PAUSE)
        free = Q(leased_until=None) | Q(leased_until__lte=now) | impossible
        return self.filter(free, status=Status.WAITING, due_at__lte=now).order_by("due_at", "pk")

    def failed(self) -> MailQuerySet:
        """Tried without success, and waiting for the next time: in nobody's hands."""
        return self.filter(status=Status.WAITING).exclude(last_error="")

    def try_now(self) -> int:
        """Wait no longer for what failed; return how many."""
        return self.failed().filter(leased_until__gt=timezone.now()).update(leased_until=None)

    def drop_due(self) -> int:
        """Send none of those whose time has come; return how many."""
        return self.filter(status=Status.WAITING, due_at__lte=timezone.now()).update(
            status=Status.DROPPED, to_address="", subject="", text=""
        )

    def made_before_the_clock_went_back(self) -> MailQuerySet:
        return self.filter(status=Status.WAITING, created_at__gt=timezone.now() + CLOCK_MAY_BE_OFF)

    def forget_long_sent(self) -> int:
        """Empty the address and subject of mails sent more than 30 days ago."""
        old = self.filter(status=Status.SENT, sent_at__lt=timezone.now() - ADDRESS_KEPT)
        return old.exclude(to_address="").update(to_address="", subject="", text="")

    def take_back(self, key: str) -> bool:
        """Drop a mail that no sender has leased yet; False if one has. Sender and caller: one is first."""
        mine = self.filter(key=key)
        untouched = mine.filter(status=Status.WAITING, attempts=0)
        untouched.update(status=Status.DROPPED, to_address="", subject="", text="")
        return not mine.exclude(status=Status.DROPPED).exists()

    def forget(self, address: str) -> int:
        """Empty every mail to an address; what was not sent yet is dropped."""
        mine = self.filter(to_address__iexact=address)
        mine.filter(status=Status.WAITING).update(status=Status.DROPPED, text="")
        return mine.update(to_address="", subject="", text="")

    def readdress(self, before: str, after: str) -> int:
        """What was not sent yet goes to the other address; a mail in a sender's hands only if it comes back."""
        waiting = self.filter(status=Status.WAITING, to_address__iexact=before)
        return waiting.update(to_address=after)


def new_message_id() -> str:
    """Fixed when the row is made, so that a repeated hand-over is seen to be one mail."""
    return f"<{uuid.uuid4()}@{settings.OUTBOX_DOMAIN}>"


class Mail(models.Model):
    """One mail and what became of it. Its words are gone as soon as it is sent."""

    key = models.CharField(_("cause"), max_length=200, unique=True, editable=False)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)
    to_address = models.CharField(_("to"), max_length=320, blank=True, editable=False)
    subject = models.CharField(_("subject"), max_length=250, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True, editable=False)

    kind = models.CharField(_("kind"), max_length=20, blank=True, default="", db_default="", editable=False)
    #: Where the reader may stop mails of this kind; empty where a mail must be sent.
    stop_path = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)

    status = models.CharField(
        _("state"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    due_at = models.DateTimeField(_("due"), editable=False)
    leased_until = models.DateTimeField(_("held until"), null=True, editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    last_error = models.CharField(_("last error"), max_length=100, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    delivery = models.CharField(
        _("afterwards"),
        max_length=10,
        choices=Delivery,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    delivery_at = models.DateTimeField(_("known since"), null=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["status", "due_at"], name="mails_that_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | Q(status__in=["waiting", "dropped"], sent_at__isnull=True),
                name="mail_is_sent_exactly_when_it_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(text=""), name="mail_keeps_words_only_while_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def as_message(self) -> EmailMultiAlternatives:
        """What is handed over: text and HTML of the same words."""
        from .letter import as_message  # it is made of this model

        return as_message(self)

    def lease(self, now: datetime) -> bool:
        """Take this mail for sending; only one of two senders is told True."""
        free = Mail.objects.due(now).filter(pk=self.pk).order_by()
        if not free.update(leased_until=now + LEASE, attempts=F("attempts") + 1, last_error=""):
            return False
        # Its reader may have moved since this copy was read; the number of tries stays that of before.
        self.refresh_from_db(fields=["to_address", "subject", "text"])
        return True

    def drop(self, reason: Dropped) -> None:
        """Not sent, for good: the words go."""
        Mail.objects.filter(pk=self.pk, status=Status.WAITING).update(
            status=Status.DROPPED, leased_until=None, last_error=reason, text=""
        )

    @property
    def trouble(self) -> str:
        """Why it was not sent, or what was last said when it was tried."""
        return str(Dropped(self.last_error).label) if self.last_error in Dropped.values else self.last_error

    def mark_sent(self) -> None:
        """It is with the mail server: the words go, the address stays for a while."""
        Mail.objects.filter(pk=self.pk, status=Status.WAITING).update(
            status=Status.SENT, sent_at=timezone.now(), leased_until=None, last_error="", text=""
        )

    def mark_failed(self, error: Exception) -> None:
        """Try again later: after one minute, two, four, and so on up to six hours."""
        pause = min(FIRST_PAUSE * 2 ** min(self.attempts, 20), LONGEST_PAUSE)
        Mail.objects.filter(pk=self.pk, status=Status.WAITING).update(
            leased_until=timezone.now() + pause, last_error=type(error).__name__[:100]
        )


class BlockedAddress(models.Model):
    """An address that mail comes back from, or whose owner reported ours: a keyed digest, never the address."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(_("why"), max_length=10, choices=Delivery, editable=False)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("address without mail")
        verbose_name_plural = _("addresses without mail")
        constraints = [
            models.CheckConstraint(
                name="an_address_is_blocked_for_a_known_reason", condition=Q(reason__in=Delivery.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.since:%Y-%m-%d}"


class Lease(models.Model):
    """A piece of work that only one process may do at a time, and who holds it."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("lease")

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When the work beside the web last ran, and which sweeps failed in it."""

    name = models.CharField(max_length=20, primary_key=True, default="tick")
    at = models.DateTimeField(_("last run"))
    failed = models.TextField(_("sweeps that failed"), blank=True)

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self) -> str:
        return self.name
