"""People, made as rows: who they are is their role, nothing else."""

from __future__ import annotations

import time
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cachexia_portal.accounts import roles
from cachexia_portal.accounts.agreements import HEALTH_CONSENT_VERSION, TERMS_VERSION
from cachexia_portal.accounts.models import Credential, Member

BACKEND = "cachexia_portal.accounts.recognising.MemberBackend"


def make_member(name: str, *role_names: str, **fields) -> Member:
    """A signed-up adult; with a role also one of the staff."""
    now = timezone.now()
    wanted = {
        "display_name": name,
        "country": "US",
        "relation": "partner",
        "is_staff": bool(role_names),
        "adult_confirmed_at": now,
        "terms_version": TERMS_VERSION,
        "terms_accepted_at": now,
        "health_consent_version": HEALTH_CONSENT_VERSION,
        "health_consent_at": now,
        **fields,
    }
    address = f"{name.lower().replace(' ', '.')}@example.org"
    member = Member.objects.create_user(wanted.pop("email", address), **wanted)
    _confirm_address(member)
    for role in role_names:
        member.groups.add(_group(role))
    return member


def _confirm_address(member: Member) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


def _group(name: str):
    from django.contrib.auth.models import Group

    if not Group.objects.filter(name=name).exists():
        roles.make_roles()
    return Group.objects.get(name=name)


def give_credential(member: Member, *verifiers: Member, **fields) -> Credential:
    """A credential checked by one verifier and confirmed by another, valid for a year."""
    first, second = verifiers
    today = timezone.localdate()
    wanted = {
        "profession": "doctor",
        "fields": ["medicine", "nutrition", "nursing"],
        "country": "US",
        "register": "State medical board",
        "number": f"REG-{member.pk:06}",
        "public_name": f"Dr {member.display_name}",
        "letters": "MD",
        "checked_by": first,
        "checked_on": today,
        "confirmed_by": second,
        "confirmed_on": today,
        "expires_on": today + timedelta(days=365),
        **fields,
    }
    return Credential.objects.create(member=member, **wanted)


def sign_in(client: Client, member: Member) -> Client:
    """Sign in as after the second factor, which staff also own a device for."""
    client.force_login(member, backend=BACKEND)
    records = [{"method": "password", "at": time.time(), "email": member.email}]
    if member.is_staff:
        records.append({"method": "mfa", "at": time.time(), "type": "totp", "id": _device_of(member).pk})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def asked_once_more(client: Client) -> Client:
    """As after the page that asks a moment ago for the password or the device."""
    session = client.session
    session["account_authentication_methods"][-1]["reauthenticated"] = True
    session.save()
    return client


def _device_of(member: Member):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    device = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    return device or TOTP.activate(member, generate_totp_secret()).instance
