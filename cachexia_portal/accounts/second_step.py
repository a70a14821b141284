"""Which devices a member has, and where one of them must be shown."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

TYPE = Authenticator.Type
DEVICES = (TYPE.TOTP, TYPE.WEBAUTHN)
# Each of these opens the staff pages; recovery codes alone are no device.
SECOND_STEPS = (*DEVICES, TYPE.RECOVERY_CODES)


def owns_app(member: Any) -> bool:
    """Whether the member has set up an app that shows six digits."""
    return Authenticator.objects.filter(user=member, type=TYPE.TOTP).exists()


def owns_second_step(member: Any) -> bool:
    """Whether the member has a device; recovery codes alone are none."""
    return Authenticator.objects.filter(user=member, type__in=DEVICES).exists()


def must_show_device(member: Any) -> bool:
    """Whether a code or a password alone is not enough at the sign-in.

    A passkey is one more way in for members, and a lost phone shuts nobody out.
    Who set up the app asked for a second step; the staff need one of either kind.
    """
    return owns_second_step(member) if member.is_staff else owns_app(member)
