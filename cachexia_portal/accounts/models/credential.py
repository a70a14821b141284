"""What a clinician may say of their training, once two people have checked it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from cachexia_portal.accounts.models.member import Member


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


class Credential(models.Model):
    """One entry in a professional register.

    entered ── "I checked the register" ──▶ checked ── "I confirm" ──▶ verified ──▶ ended

    The two who check are different people, and neither is the person. From the
    first check on, changing a field takes the check back; once verified the
    fields stay as they are, and only the end can be brought forward.
    """

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

    def can_be_checked_by(self, person: Member) -> bool:
        return self.checked_on is None and self.ended_on is None and self._is_another_verifier(person)

    def can_be_confirmed_by(self, person: Member) -> bool:
        waiting = self.checked_on is not None and self.confirmed_on is None and self.ended_on is None
        return waiting and person.pk != self.checked_by_id and self._is_another_verifier(person)

    def _is_another_verifier(self, person: Member) -> bool:
        return person.pk != self.member_id and holds_verifying(person)

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

    @transaction.atomic
    def end(self, *, by: Member) -> None:
        """End it today; answers given before keep what was true when they were given."""
        self._write(Q(ended_on=None), ended_on=timezone.localdate())
        events.record("credential_ended", self, by=by, to_state="ended")

    def take_check_back(self) -> None:
        """A changed field has to be checked again, by anybody who may."""
        if self.is_verified:
            raise CredentialRefused(_("A verified credential is not changed. End it and enter a new one."))
        self.checked_by = self.checked_on = None

    def empty(self) -> None:
        """Forget who it was about, when the account closes."""
        self.number = self.public_name = self.letters = ""
        self.ended_on = self.ended_on or timezone.localdate()
        self.save(update_fields=["number", "public_name", "letters", "ended_on"])

    def _write(self, still: Q, **columns: object) -> None:
        """Write the columns if nobody was quicker; the loser of a race is refused."""
        if not type(self).objects.filter(still, pk=self.pk).update(**columns):
            raise CredentialRefused(_("Somebody else was quicker. Open the page again."))
        for column, value in columns.items():
            setattr(self, column, value)


def holds_verifying(person: Member) -> bool:
    """Whether the person verifies by role; a superuser does not hold it by being one."""
    from cachexia_portal.accounts.roles import VERIFIERS

    return person.is_in(VERIFIERS)
