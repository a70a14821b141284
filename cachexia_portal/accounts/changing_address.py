"""How a member comes to another e-mail address: one address always, and the old one is told."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal import events, outbox
from cachexia_portal.accounts.models import Member


class AddressTaken(Exception):
    """Somebody else came to have this address meanwhile."""


def is_taken(address: str) -> bool:
    """Whether any account has this address, confirmed or not."""
    has_it = Member.objects.filter(email__iexact=address).exists()
    return has_it or EmailAddress.objects.filter(email__iexact=address).exists()


@transaction.atomic
def change_address(member: Member, address: str) -> Member:
    """Give the member the address that was shown to be theirs, and tell the old one.

    The old address is free from now on; mail that waits goes to the new one. Raises `AddressTaken`, or `AccountClosed`.
    """
    member = Member.objects.locked(member)
    before = member.email
    if is_taken(address):
        raise AddressTaken
    EmailAddress.objects.filter(user=member).delete()
    try:
        with transaction.atomic():
            member.keep_address(address)
            EmailAddress.objects.create(user=member, email=address, verified=True, primary=True)
    except IntegrityError as error:
        raise AddressTaken from error
    changed = events.record("address_changed", member, by=member)
    if before:
        outbox.readdress(before, address)
        outbox.unblock(address)  # the digits that were sent there arrived
        _tell(before, f"address-changed:{changed.pk}")
    return member


def _tell(address: str, key: str) -> None:
    """A mail to the old address that names neither the new one nor what the site is about."""
    words = {"address": settings.SITE_URL + reverse("pages:contact"), "name": settings.SITE_NAME}
    subject = _("Your %(name)s account: something changed") % {"name": settings.SITE_NAME}
    outbox.enqueue(key, address, subject, render_to_string("accounts/mail/address_changed.txt", words))
