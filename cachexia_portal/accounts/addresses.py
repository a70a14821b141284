"""E-mail addresses: what is wrong with one, said in one sentence."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

UNFINISHED_ADDRESS = _("That address looks unfinished. It usually ends in something like .com or .org")


def check_that_mail_can_go_there(address: str) -> None:
    """Refuse a domain that no mail can be addressed to: one that cannot be written in ASCII."""
    try:
        punycode(address.rpartition("@")[2])
    except UnicodeError as error:
        raise ValidationError(UNFINISHED_ADDRESS, code="invalid") from error
