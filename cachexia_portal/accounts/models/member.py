"""The member: one person, whose row is emptied and never deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cachexia_portal import erasures, events, outbox
from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION, TERMS_VERSION
from cachexia_portal.accounts.models.taken_name import TakenName
from cachexia_portal.accounts.names import skeleton, tidy
from cachexia_portal.erasures.models import Kind
from cachexia_portal.help.countries import country_name

if TYPE_CHECKING:
    from cachexia_portal.accounts.models.credential import Credential


class Relation(models.TextChoices):
    """Whom the member cares for; shown beside an anonymous post."""

    PARTNER = "partner", _("Husband, wife or partner")
    PARENT = "parent", _("Parent")
    CHILD = "child", _("Son or daughter")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Another relative")
    FRIEND = "friend", _("Friend or neighbour")
    BEREAVED = "bereaved", _("Someone who has died")
    PATIENT = "patient", _("I am the patient")
    PROFESSIONAL = "professional", _("I work in care")
    UNSAID = "", _("Rather not say")


class AccountClosed(Exception):
    """The account was closed meanwhile; nothing is written to its row any more."""

    def __init__(self) -> None:
        super().__init__(_("This account is closed, so nothing was kept."))


class MemberQuerySet(models.QuerySet["Member"]):
    def locked(self, member: Member) -> Member:
        """Return the row as it is now, and keep it so until the transaction ends.

        What a member writes, their consent and the closing come one after the other. Raises `AccountClosed`.
        """
        row = self.select_for_update(no_key=True).filter(pk=member.pk, closed_at=None).first()
        if row is None:
            raise AccountClosed
        return row

    def of_this_site(self) -> MemberQuerySet:
        """Leave the invented people out, unless this is a demonstration."""
        return self if settings.IS_DEMO_SITE else self.filter(is_demo=False)

    def never_confirmed(self) -> MemberQuerySet:
        """Sign-ups that are open and whose address nobody has confirmed."""
        confirmed = self.model.objects.filter(emailaddress__verified=True)
        return self.filter(closed_at=None, emailaddress__isnull=False).exclude(pk__in=confirmed)

    def holding(self, role: str) -> MemberQuerySet:
        """Those who hold a role and may use it."""
        return self.of_this_site().filter(is_active=True, groups__name=role)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """Make a member whose display name, if one is given, is entered as taken."""
        member: Member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        with transaction.atomic(using=self._db):
            if member.display_name:
                TakenName.objects.take(member.display_name)
            member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Member:
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """One person. The row is never deleted; closing an account empties it."""

    email: models.EmailField[str | None, str | None] = models.EmailField(
        _("e-mail address"), unique=True, null=True
    )
    display_name = models.CharField(_("name shown to others"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    relation = models.CharField(_("whom they care for"), max_length=20, choices=Relation, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)

    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    adult_confirmed_at = models.DateTimeField(null=True, editable=False)
    terms_version = models.CharField(max_length=20, blank=True, editable=False)
    terms_accepted_at = models.DateTimeField(null=True, editable=False)
    health_consent_version = models.CharField(max_length=20, blank=True, editable=False)
    health_consent_at = models.DateTimeField(null=True, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_member_per_address"),
            models.UniqueConstraint(
                "display_name", condition=~models.Q(display_name=""), name="one_member_per_name"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | models.Q(
                    email=None,
                    display_name="",
                    country="",
                    relation="",
                    time_zone="",
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
                name="a_closed_member_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.byline

    @property
    def byline(self) -> str:
        """The name that others read; a closed account is a former member."""
        return self.display_name or str(_("A former member") if self.closed_at else _("A member"))

    @property
    def country_name(self) -> str:
        """The country's usual name; empty if none was chosen."""
        return country_name(self.country)

    @property
    def zone(self) -> tzinfo:
        """The time zone for what only this member sees; the site's, if none was chosen."""
        return ZoneInfo(self.time_zone) if self.time_zone else timezone.get_default_timezone()

    @property
    def may_sign_in(self) -> bool:
        """Whether any way in is open; an invented person has none on a live site."""
        return self.is_active and (settings.IS_DEMO_SITE or not self.is_demo)

    def get_session_auth_hash(self) -> str:
        """Sign a session: a new password or a new address ends every other one.

        That of an invented person holds in demo mode only.
        """
        return self._signed_for_session(super().get_session_auth_hash(), settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with the keys before this one, so that a new key signs nobody out."""
        made = super().get_session_auth_fallback_hash()
        for key, own in zip(settings.SECRET_KEY_FALLBACKS, made, strict=True):
            yield self._signed_for_session(own, key)

    def _signed_for_session(self, own: str, key: str) -> str:
        text = f"{own}{self.email}"
        signed = salted_hmac("accounts.session", text, secret=key, algorithm="sha256").hexdigest()
        return f"{settings.SITE_MODE}-{signed}" if self.is_demo else signed

    @property
    def has_health_consent(self) -> bool:
        """Whether the consent for health data stands, in the wording of today."""
        return self.health_consent_at is not None and self.health_consent_version == HEALTH_CONSENT_VERSION

    def is_in(self, role: str) -> bool:
        """Whether the member holds a role; being a superuser is not holding one."""
        return self.is_active and self.groups.filter(name=role).exists()

    def credential_on(self, day: date) -> Credential | None:
        """Return the credential that is valid on that day, the one lasting longest first."""
        return next(
            (each for each in self.credentials.order_by("-expires_on") if each.is_valid_on(day)), None
        )

    def accept_terms(self) -> None:
        """Note that an adult accepted the terms as they stand; saving is the caller's."""
        self.adult_confirmed_at = self.terms_accepted_at = timezone.now()
        self.terms_version = TERMS_VERSION

    @transaction.atomic
    def give_health_consent(self) -> None:
        """Store that, when and to which wording the member consented. Raises `AccountClosed`."""
        self._write(health_consent_at=timezone.now(), health_consent_version=HEALTH_CONSENT_VERSION)
        events.record("consented", self, by=self, to_state=HEALTH_CONSENT_VERSION)

    @transaction.atomic
    def withdraw_health_consent(self) -> None:
        """End the consent at once; what becomes of the posts is the caller's to settle first."""
        before = self.health_consent_version
        self._write(health_consent_at=None, health_consent_version="")
        events.record("consent_withdrawn", self, by=self, from_state=before)
        erasures.record(Kind.HEALTH_CONSENT_ENDED, self.pk)

    @transaction.atomic
    def rename(self, name: str) -> None:
        """Take a new name; the old one stays taken. Raises `NameTaken` or `AccountClosed`."""
        name = tidy(name)
        if skeleton(name) != skeleton(self.display_name):
            TakenName.objects.take(name)
        self._write(display_name=name)

    def describe(self, **columns: str) -> None:
        """Keep what the member says of themselves. Raises `AccountClosed`."""
        self._write(**columns)

    def keep_address(self, email: str) -> None:
        """Change the address and no other column. Raises `AccountClosed`, or `IntegrityError` if it is taken."""
        self._write(email=email)

    def keep_password(self, password: str | None) -> None:
        """Change the password and no other column. Raises `AccountClosed`."""
        self.set_password(password)
        self._write(password=self.password)

    def _write(self, **columns: Any) -> None:
        """Write into the row of an open account: an emptied one stays empty, however old this copy is."""
        if not type(self).objects.filter(pk=self.pk, closed_at=None).update(**columns):
            raise AccountClosed
        for column, value in columns.items():
            setattr(self, column, value)

    @transaction.atomic
    def close(self, *, by: Member | None = None) -> None:
        """Empty the row and end every way in; what was decided keeps its author.

        Sessions that nobody noted end too: each carries a digest of the password and the address.
        """
        from allauth.account.models import EmailAddress  # all three point here
        from allauth.mfa.models import Authenticator

        from cachexia_portal.accounts.models.open_session import OpenSession

        for credential in self.credentials.all():
            credential.empty()
        if self.email:
            outbox.forget(self.email)
        EmailAddress.objects.filter(user=self).delete()
        Authenticator.objects.filter(user=self).delete()
        OpenSession.objects.filter(member=self).end()
        self.unwanted_mails.all().delete()
        self.groups.clear()
        self.user_permissions.clear()
        self._empty_columns()
        events.record("closed", self, by=by or self)
        erasures.record(Kind.ACCOUNT_CLOSED, self.pk)

    def _empty_columns(self) -> None:
        self.email = None
        self.display_name = self.country = self.relation = self.time_zone = ""
        self.health_consent_version = self.terms_version = ""
        self.health_consent_at = self.terms_accepted_at = self.adult_confirmed_at = self.last_login = None
        self.is_active = self.is_staff = self.is_superuser = False
        self.closed_at = timezone.now()
        self.set_unusable_password()
        self.save()
