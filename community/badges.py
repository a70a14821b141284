"""What stands beside the name over an answer: whose knowledge it is, and what of it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal.help.countries import country_name

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Credential

    from .models import Post

RESTS_ON = {
    "source": _("It rests on a source that is named here."),
    "consensus": _("It rests on what colleagues in the field agree on."),
    "experience": _("It rests on the writer’s own experience at work."),
}


@dataclass(frozen=True)
class Badge:
    """`look` and `icon` are names of the style sheet and the sprite; the rest is what is read."""

    look: str
    icon: str
    text: str
    letters: str = ""
    country: str = ""
    checked: str = ""


def of(post: Post) -> Badge:
    """From the day on which it is asked. A demo badge says that it is one; nobody is verified by it."""
    if post.is_clinical and post.credential:
        return _clinical(post.credential)
    if post.is_from_society:
        return Badge("badge-staff", "leaf", gettext("From the society"))
    return Badge("badge-lived", "people", gettext("Lived experience"))


def rests_on(basis: str) -> str:
    """A sentence for readers; nothing for words without a basis."""
    return str(RESTS_ON.get(basis, ""))


def _clinical(credential: Credential) -> Badge:
    return Badge(
        "badge-clinician",
        "seal",
        _verified(credential) % {"profession": credential.get_profession_display().lower()},
        letters=credential.letters,
        country=country_name(credential.country),
        checked=_checked(credential),
    )


def _verified(credential: Credential) -> str:
    """An answer keeps what was true on the day it was written."""
    if credential.is_demo:
        return gettext("Verified %(profession)s (demo)")
    if credential.is_valid_on(timezone.localdate()):
        return gettext("Verified %(profession)s")
    return gettext("Verified %(profession)s when this was written")


def _checked(credential: Credential) -> str:
    words = gettext("Registration checked against the register “%(register)s” on %(day)s.")
    if credential.is_demo:
        words = gettext("Demo: nobody checked anything. Invented register “%(register)s”, %(day)s.")
    day = date_format(credential.checked_on, "j F Y") if credential.checked_on else ""
    return words % {"register": credential.register, "day": day}
