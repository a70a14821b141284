"""What a clinician is called in public: a person's own name, and the letters after it.

Unlike the made-up names of members these are true names, so a title is welcome.
What the eye passes over, addresses, and the roles of this site are not.
"""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.names import ADDRESS, INVISIBLE, PILED_MARKS, is_in_one_script, skeleton

MARKS_IN_A_NAME = frozenset(" -'’.,")
MARKS_AMONG_LETTERS = frozenset(" -'’.,()/&+")
# What this site says of people. The badge says it, and only once two people have checked.
SAID_BY_THE_SITE = ["verified", "moderator", "administrator", "official", "our staff"]
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def tidy_line(text: str) -> str:
    """Return the text in one line with single spaces, composed as most people type it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_line(text: str) -> None:
    """Raise `ValidationError` for signs that show nothing, or that turn the reading round."""
    piled = PILED_MARKS.search(unicodedata.normalize("NFD", text))
    if piled or INVISIBLE.search(text) or any(unicodedata.category(sign) in UNSEEN for sign in text):
        raise ValidationError(_("Please use letters, numbers and ordinary signs only."), code="characters")


def check_public_name(name: str) -> None:
    """Raise `ValidationError` with a sentence for the person if this cannot stand as a name."""
    check_line(name)
    if ADDRESS.search(name) or not all(_is_letter(sign) or sign in MARKS_IN_A_NAME for sign in name):
        raise ValidationError(
            _("Please use letters, spaces, full stops, commas, hyphens and apostrophes only."),
            code="characters",
        )
    if sum(sign.isalpha() for sign in name) < 2:
        raise ValidationError(_("A name needs at least two letters."), code="short")
    _check_script(name)
    if _speaks_for_the_site(name):
        raise ValidationError(
            _("This could be read as a role on this site. Please give your own name."), code="role"
        )


def check_letters(letters: str) -> None:
    """Raise `ValidationError` if this cannot stand as the letters after a name."""
    check_line(letters)
    if ADDRESS.search(letters) or not all(
        _is_letter(sign) or sign.isdecimal() or sign in MARKS_AMONG_LETTERS for sign in letters
    ):
        raise ValidationError(
            _("Please use letters, numbers, spaces, and signs such as commas and brackets only."),
            code="characters",
        )
    _check_script(letters)
    if _speaks_for_the_site(letters):
        raise ValidationError(_("Please give the letters of your training only."), code="role")


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "L" or unicodedata.category(sign) in {"Mn", "Mc"}


def _check_script(text: str) -> None:
    if not is_in_one_script(text):
        raise ValidationError(_("Please keep to the letters of one alphabet."), code="scripts")


def _speaks_for_the_site(text: str) -> bool:
    house = [name for name in (settings.SITE_NAME, settings.ORGANISATION) if name]
    words = {skeleton(word) for word in re.split(r"[\W_]+", text) if word}
    said = [skeleton(each) for each in [*SAID_BY_THE_SITE, *house]]
    return any(each in words or each == skeleton(text) for each in said)
