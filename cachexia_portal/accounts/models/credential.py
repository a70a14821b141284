"""What a clinician may say of their training, once two people have checked it."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events, outbox
from cachexia_portal.accounts.models.member import Member
from cachexia_portal.help.countries import country_name


class Profession(models.TextChoices):
    PHYSICIAN = "physician", _("Doctor")
    NURSE = "nurse", _("Nurse")
    DIETITIAN = "dietitian", _("Dietitian")
    PHARMACIST = "pharmacist", _("Pharmacist")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    PHYSIOTHERAPIST = "physiotherapist", _("Physiotherapist")
    RESEARCHER = "researcher", _("Researcher")


class FieldOfPractice(models.TextChoices):
    """The fields that a topic can name as the ones that may speak on it."""

    MEDICINE = "medicine", _("Medicine")
    NURSING = "nursing", _("Nursing")
    NUTRITION = "nutrition", _("Nutrition")
    PHARMACY = "pharmacy", _("Pharmacy")
    PALLIATIVE_CARE = "palliative_care", _("Palliative care")
    PSYCHOLOGY = "psychology", _("Psychology")
    SOCIAL_WORK = "social_work", _("Social work")
    PHYSIOTHERAPY = "physiotherapy", _("Physiotherapy")
    RESEARCH = "research", _("Research")


class Ending(models.TextChoices):
    """How one came to its end; nothing stands there while it is open, or once it has run out."""

    WITHDRAWN = "withdrawn", _("Taken back by the member")
    REFUSED = "refused", _("Not verified")
    ENDED = "ended", _("Ended")


# What the member asks for counts for a year, unless the verifiers enter another day.
COUNTS_FOR = timedelta(days=365)
# So long before the end a member may apply anew, and no day is lost between the two.
ANEW_BEFORE_THE_END = timedelta(days=90)


class CredentialRefused(Exception):
    """The step is not open to this person, or no longer open at all."""


def known_fields(value: object) -> None:
    """Refuse anything that is not a list of fields of practice."""
    if not isinstance(value, list) or not value or any(each not in FieldOfPractice.values for each in value):
        raise ValidationError(_("Choose at least one field of practice from the list."))


class CredentialQuerySet(models.QuerySet["Credential"]):
    def of_this_site(self) -> CredentialQuerySet:
        """Leave the invented ones out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def valid_on(self, day: date) -> CredentialQuerySet:
        """Keep those that count on that day; a demo one never counts on a live site."""
        begun = self.of_this_site().filter(confirmed_on__lte=day, expires_on__gte=day)
        return begun.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def waiting(self) -> CredentialQuerySet:
        """Keep those that nobody has decided on yet."""
        return self.filter(confirmed_on=None, ended_on=None)


class Credential(models.Model):
    """One entry in a professional register.

    entered ── "I checked the register" ──▶ checked ── "I confirm" ──▶ verified ──▶ ended
       └──────────── taken back by the member, or not verified ──▶ ended

    The member applies, or a verifier enters it. The two who check are different
    people, and neither is the person. From the first check on, changing a field
    takes the check back; once verified the fields stay as they are, and only the
    end can be brought forward. Every write raises the version, and every write
    and every step names the version that was seen.
    """

    ENTERED = (
        "profession",
        "fields",
        "country",
        "register",
        "number",
        "public_name",
        "letters",
        "expires_on",
    )

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="credentials")
    profession = models.CharField(_("profession"), max_length=20, choices=Profession)
    fields = models.JSONField(_("fields of practice"), default=list, validators=[known_fields])
    country = models.CharField(_("country of the register"), max_length=2)
    register = models.CharField(_("register"), max_length=120)
    number = models.CharField(_("register number"), max_length=60, blank=True)
    public_name = models.CharField(_("name shown with answers"), max_length=80, blank=True)
    letters = models.CharField(_("letters after the name"), max_length=40, blank=True)
    expires_on = models.DateField(_("valid until"))

    checked_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    checked_on = models.DateField(_("checked"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, editable=False)
    ended_on = models.DateField(_("ended"), null=True, editable=False)
    ending = models.CharField(_("why it ended"), max_length=20, choices=Ending, blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied for"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        permissions = [("verify_credential", "Can check a credential against its register")]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("member")),
                name="nobody_checks_their_own_credential",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("member")),
                name="nobody_confirms_their_own_credential",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("checked_by")),
                name="a_credential_is_verified_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None)
                | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="a_check_has_a_person_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_on__gte=F("checked_on"),
                    checked_by__isnull=False,
                    expires_on__gte=F("confirmed_on"),
                ),
                name="a_confirmation_follows_a_check",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(confirmed_on=None) | Q(ended_on__gte=F("confirmed_on")),
                name="a_credential_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ending="") | Q(ended_on__isnull=False),
                name="what_has_an_ending_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_profession_display()} ({self.country})"

    @property
    def is_verified(self) -> bool:
        """Whether two people have verified it, at any time."""
        return self.confirmed_on is not None

    def is_valid_on(self, day: date) -> bool:
        """Whether it counts on that day: read from the dates, with nothing swept."""
        if self.is_demo and not settings.IS_DEMO_SITE:
            return False
        began = self.confirmed_on is not None and self.confirmed_on <= day
        return began and day <= self.expires_on and (self.ended_on is None or day < self.ended_on)

    def snapshot(self) -> dict[str, str]:
        """Return what may be kept and shown beside a decision; never the number."""
        return {
            "public_name": self.public_name,
            "letters": self.letters,
            "profession": self.profession,
            "country": self.country,
            "register": self.register,
            "checked_on": self.checked_on.isoformat() if self.checked_on else "",
        }

    @property
    def standing(self) -> str:
        """Where it stands today, as one word; each has a sentence of its own for the member."""
        if self.ended_on is not None:
            return self.ending or Ending.ENDED
        if self.is_verified:
            return "verified" if timezone.localdate() <= self.expires_on else "expired"
        return "checked" if self.checked_on else "waiting"

    @property
    def standing_template(self) -> str:
        """The words for the member about where it stands."""
        return f"accounts/credential/{self.standing}.html"

    @property
    def badge_words(self) -> str:
        """What the badge says; one that was invented says so."""
        said = _("Verified %(profession)s (demo)") if self.is_demo else _("Verified %(profession)s")
        return str(said) % {"profession": self.get_profession_display().lower()}

    @property
    def counts_today(self) -> bool:
        return self.is_valid_on(timezone.localdate())

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided on it yet."""
        return not self.is_verified and self.ended_on is None

    @property
    def field_names(self) -> list[str]:
        """The fields of practice by their names."""
        return [str(FieldOfPractice(value).label) for value in self.fields]

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    def can_be_checked_by(self, person: Member) -> bool:
        return self.checked_on is None and self.ended_on is None and self._is_another_verifier(person)

    def can_be_confirmed_by(self, person: Member) -> bool:
        waiting = self.checked_on is not None and self.confirmed_on is None and self.ended_on is None
        return waiting and person.pk != self.checked_by_id and self._is_another_verifier(person)

    def can_be_refused_by(self, person: Member) -> bool:
        return self.is_waiting and self._is_another_verifier(person)

    def can_be_ended_by(self, person: Member) -> bool:
        return self.is_verified and self.ended_on is None and self._is_another_verifier(person)

    def _is_another_verifier(self, person: Member) -> bool:
        return person.pk != self.member_id and holds_verifying(person)

    @transaction.atomic
    def enter(self, *, by: Member) -> None:
        """Store it for the first time: the member's own application, or a verifier's entry."""
        self.applied_at = timezone.now() if by.pk == self.member_id else None
        self.save(force_insert=True)
        events.record("credential_applied" if self.applied_at else "credential_entered", self, by=by)

    @transaction.atomic
    def correct(self, *, by: Member) -> None:
        """Write the fields as they now stand here; an earlier check is taken back."""
        if self.is_verified:
            raise CredentialRefused(_("A verified credential is not changed. End it and enter a new one."))
        columns = {name: getattr(self, name) for name in self.ENTERED}
        self._write(Q(confirmed_by=None, ended_on=None), **columns, checked_by=None, checked_on=None)
        events.record("credential_changed", self, by=by, to_state="entered")

    @transaction.atomic
    def check_register(self, *, by: Member) -> None:
        """Say that the register was looked at; the first of two people."""
        if not self.can_be_checked_by(by):
            raise CredentialRefused(_("Another verifier has to check this one."))
        today = timezone.localdate()
        self._write(Q(checked_by=None, ended_on=None), checked_by=by, checked_on=today)
        events.record("credential_checked", self, by=by, from_state="entered", to_state="checked")

    @transaction.atomic
    def confirm(self, *, by: Member) -> None:
        """Say so a second time; from now on the credential is verified."""
        if not self.can_be_confirmed_by(by):
            raise CredentialRefused(_("Another verifier has to confirm this one."))
        today = timezone.localdate()
        if self.expires_on < today:
            raise CredentialRefused(_("This credential has run out. Enter the new date first."))
        still_checked = Q(checked_by=self.checked_by_id, confirmed_by=None, ended_on=None)
        self._write(still_checked, confirmed_by=by, confirmed_on=today)
        events.record("credential_confirmed", self, by=by, from_state="checked", to_state="verified")
        self._tell_member()

    @transaction.atomic
    def refuse(self, *, by: Member, reason: str) -> None:
        """Say that it cannot be verified, and why; the member reads the reason and may apply anew."""
        if not self.can_be_refused_by(by):
            raise CredentialRefused(_("Another verifier has to decide on this one."))
        self._write(Q(confirmed_by=None, ended_on=None), **self._ended(Ending.REFUSED))
        refused = events.record("credential_refused", self, by=by, to_state="ended")
        events.keep_note(refused, reason, audience="author")
        self._tell_member()

    @transaction.atomic
    def withdraw(self, *, by: Member) -> None:
        """Take an application back before anybody has decided; the number is forgotten at once."""
        if by.pk != self.member_id:
            raise CredentialRefused(_("Only the member can take this back."))
        self._write(Q(confirmed_by=None, ended_on=None), **self._ended(Ending.WITHDRAWN), number="")
        events.record("credential_withdrawn", self, by=by, to_state="ended")

    @transaction.atomic
    def end(self, *, by: Member, reason: str = "") -> None:
        """End it today; answers given before keep what was true when they were given.

        `reason` is for the member to read.
        """
        self._write(Q(ended_on=None), **self._ended(Ending.ENDED))
        ended = events.record("credential_ended", self, by=by, to_state="ended")
        events.keep_note(ended, reason, audience="author")
        self._tell_member()

    @staticmethod
    def _ended(ending: Ending) -> dict[str, object]:
        return {"ended_on": timezone.localdate(), "ending": ending}

    def empty(self) -> None:
        """Forget who it was about, when the account closes; what was written to them goes too."""
        self.number = self.public_name = self.letters = ""
        self.ended_on = self.ended_on or timezone.localdate()
        self.save(update_fields=["number", "public_name", "letters", "ended_on"])
        for event in events.history_of(self):
            for note in event.notes.all():
                note.empty()

    def _tell_member(self) -> None:
        """Mail those who applied that something was decided; what it was, their own page says."""
        if not (self.applied_at and self.member.email):
            return
        outbox.enqueue(
            f"credential:{self.pk}:{self.version}",
            self.member.email,
            gettext("Your credential on %(site)s") % {"site": settings.SITE_NAME},
            render_to_string(
                "accounts/mail/credential_decided.txt",
                {"address": settings.SITE_URL + reverse("accounts:credential")},
            ),
        )

    def _write(self, still: Q, **columns: object) -> None:
        """Write the columns if this is the version that was seen; the loser of a race is refused."""
        seen = Q(pk=self.pk, version=self.version)
        if not type(self).objects.filter(still & seen).update(**columns, version=self.version + 1):
            raise CredentialRefused(_("Somebody else was quicker. Open the page again."))
        for column, value in columns.items():
            setattr(self, column, value)
        self.version += 1


def holds_verifying(person: Member) -> bool:
    """Whether the person verifies by role; a superuser does not hold it by being one."""
    from cachexia_portal.accounts.roles import VERIFIERS

    return person.is_in(VERIFIERS)
