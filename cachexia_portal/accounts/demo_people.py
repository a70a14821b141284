"""Invented people for a demonstration, with sign-ins that follow from the secret key.

Nothing of theirs is stored in the clear anywhere: whoever runs the site can
work the passwords out again, and nobody else can.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cachexia_portal.accounts.models import Credential, Member, TakenName
from cachexia_portal.accounts.models.taken_name import own_digest_of
from cachexia_portal.accounts.roles import (
    ADMINISTRATORS,
    EDITORS,
    MEDICAL_REVIEWERS,
    MODERATORS,
    VERIFIERS,
    make_roles,
)

DOMAIN = "demo.example"
CREDENTIAL_LASTS = timedelta(days=365)


@dataclass(frozen=True)
class DemoPerson:
    """One invented person. `practice` is profession, letters and fields of a demo credential."""

    label: str
    address: str
    name: str
    relation: str = ""
    role: str = ""
    practice: tuple[str, str, tuple[str, ...]] | None = None

    @property
    def email(self) -> str:
        return f"{self.address}@{DOMAIN}"

    @property
    def password(self) -> str:
        """The password, worked out from the secret key."""
        return base64.b32encode(_derived("password", self.email))[:16].decode().lower()

    @property
    def totp_secret(self) -> str:
        """The secret of the demo device; only staff have one."""
        return base64.b32encode(_derived("totp", self.email)[:20]).decode() if self.role else ""


DEMO_PEOPLE = (
    DemoPerson("caregiver", "caregiver", "Wren Hollis", relation="partner"),
    DemoPerson("second caregiver", "second-caregiver", "Juniper Vale", relation="parent"),
    DemoPerson("patient", "patient", "Rowan Teale", relation="patient"),
    DemoPerson(
        "verified clinician",
        "clinician",
        "Tamsin Okell",
        relation="professional",
        practice=("dietitian", "RD", ("nutrition",)),
    ),
    DemoPerson(
        "second clinician",
        "social-worker",
        "Bram Ellery",
        relation="professional",
        practice=("social_worker", "MSW", ("social_work", "psychology")),
    ),
    DemoPerson("editor", "editor", "Edith Larkin", role=EDITORS),
    DemoPerson(
        "medical reviewer",
        "medical-reviewer",
        "Ansel Pryde",
        role=MEDICAL_REVIEWERS,
        practice=("physician", "MD", ("medicine", "palliative_care", "nutrition")),
    ),
    DemoPerson("moderator", "moderator", "Maren Holt", role=MODERATORS),
    DemoPerson("second moderator", "second-moderator", "Tobias Fenn", role=MODERATORS),
    DemoPerson("verifier", "verifier", "Vesna Marsh", role=VERIFIERS),
    DemoPerson("second verifier", "second-verifier", "Corin Ashby", role=VERIFIERS),
    DemoPerson("administrator", "administrator", "Alma Brandt", role=ADMINISTRATORS),
)


@transaction.atomic
def make_demo_people() -> list[Member]:
    """Make whoever is missing, and nobody twice. The caller asks whether this is a demo site."""
    make_roles()
    members = [_member_for(person) for person in DEMO_PEOPLE]
    verifiers = [
        member for member, person in zip(members, DEMO_PEOPLE, strict=True) if person.role == VERIFIERS
    ]
    for member, person in zip(members, DEMO_PEOPLE, strict=True):
        if person.practice and not member.credentials.exists():
            _give_credential(member, person, *verifiers)
    return members


def sign_in_lines() -> list[str]:
    """Return one line a person: role, e-mail, password, and the secret of the device."""
    return [
        "  ".join(filter(None, [person.label, person.email, person.password, person.totp_secret]))
        for person in DEMO_PEOPLE
    ]


@transaction.atomic
def remove_demo_people() -> None:
    """Take the invented people away.

    Their rows are emptied like those of every closed account, because the record of
    what was done is never changed; nothing invented is left in them. Names come free.
    """
    Credential.objects.filter(is_demo=True).delete()
    TakenName.objects.filter(digest__in=[own_digest_of(person.name) for person in DEMO_PEOPLE]).delete()
    for member in Member.objects.filter(is_demo=True, closed_at=None):
        member.close()
    Member.objects.filter(is_demo=True).update(is_demo=False)


def code_of_now(email: str) -> str | None:
    """Return the six digits that a demo person's device shows now; None for anybody else."""
    from allauth.mfa.totp.internal import auth

    device = Authenticator.objects.filter(
        user__email=email.lower(), user__is_demo=True, type=Authenticator.Type.TOTP
    ).first()
    if device is None or not settings.IS_DEMO_SITE:
        return None
    *_earlier, counter, _later = auth.yield_hotp_counters_from_time()
    return auth.format_hotp_value(auth.hotp_value(decrypt(device.data["secret"]), counter))


def _member_for(person: DemoPerson) -> Member:
    member = Member.objects.filter(email=person.email).first()
    if member:
        return member
    member = Member.objects.create_user(
        person.email,
        person.password,
        display_name=person.name,
        relation=person.relation,
        country=settings.HOME_COUNTRY,
        is_staff=bool(person.role),
        is_demo=True,
    )
    member.accept_terms()
    member.save()
    member.give_health_consent()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    if person.role:
        member.groups.add(Group.objects.get(name=person.role))
        TOTP.activate(member, person.totp_secret)
    return member


def _give_credential(member: Member, person: DemoPerson, first: Member, second: Member) -> None:
    assert person.practice is not None
    profession, letters, fields = person.practice
    today = timezone.localdate()
    credential = Credential.objects.create(
        member=member,
        profession=profession,
        fields=list(fields),
        country=settings.HOME_COUNTRY,
        register="Demonstration register",
        number="DEMO-0000",
        public_name=person.name,
        letters=letters,
        expires_on=today + CREDENTIAL_LASTS,
        is_demo=True,
    )
    credential.check_register(by=first)
    credential.confirm(by=second)


def _derived(purpose: str, email: str) -> bytes:
    return salted_hmac(f"accounts.demo.{purpose}", email, algorithm="sha256").digest()
