"""People: members and the credentials of those who answer as clinicians."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> Member:
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields) -> Member:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> Member:
        return self.get(email__iexact=email)


class Member(AbstractBaseUser, PermissionsMixin):
    """One person. The row is never deleted; closing an account empties it."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True)
    display_name = models.CharField(_("name shown to others"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    relation = models.CharField(_("whom they care for"), max_length=20, choices=Relation, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)

    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    adult_confirmed_at = models.DateTimeField(null=True, editable=False)
    terms_version = models.CharField(max_length=20, blank=True, editable=False)
    terms_accepted_at = models.DateTimeField(null=True, editable=False)
    health_consent_version = models.CharField(max_length=20, blank=True, editable=False)
    health_consent_at = models.DateTimeField(null=True, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_member_per_address"),
        ]

    def __str__(self) -> str:
        return self.display_name or str(_("A former member") if self.closed_at else _("A member"))
