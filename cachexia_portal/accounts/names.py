"""Which names a member may take, and when two names look the same.

A name is a promise to readers: the same name is always the same person, and a
name never claims a role. So names are compared by their *skeleton*: what is
left when everything that the eye passes over is taken away.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = 2, 40
MARKS_BETWEEN_WORDS = frozenset(" -'’._")
DIGITS_OF_A_PHONE_NUMBER = 7

# Letters and marks by category that nevertheless show nothing.
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
PILED_MARKS = re.compile("[\u0300-\u036f]{3}")
ADDRESS = re.compile(r"@|://|\w\.\w{2,}")
PARTS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")

# Scripts that are written together in one language.
SCRIPTS_OF_ONE_LANGUAGE = (
    {"HAN", "HIRAGANA", "KATAKANA"},
    {"HAN", "HANGUL"},
    {"HAN", "BOPOMOFO"},
)

# Refused wherever they stand in a name, joined with other letters or not.
ROLE_WORDS = [
    "doctor",
    "docteur",
    "physician",
    "surgeon",
    "consultant",
    "clinician",
    "moderator",
    "administrator",
    "official",
    "verified",
    "professional",
    "professor",
    "therapist",
    "pharmacist",
    "dietitian",
    "dietician",
    "nutritionist",
    "psychologist",
    "oncologist",
    "counsellor",
    "counselor",
    "webmaster",
    "helpline",
    "healthcare",
]
# Refused as a word or as the beginning of a word.
ROLE_BEGINNINGS = [
    "admin",
    "nurse",
    "medic",
    "medico",
    "medecin",
    "arzt",
    "editor",
    "reviewer",
    "verifier",
    "expert",
]
# Refused as a whole word only: they stand inside ordinary names.
TITLES = [
    "dr",
    "drs",
    "doc",
    "md",
    "rn",
    "np",
    "gp",
    "mod",
    "mods",
    "prof",
    "staff",
    "support",
    "sysop",
    "root",
    "team",
    "helper",
    "system",
]
# What the site itself writes where a name would stand.
SAID_BY_THE_SITE = [
    "anonymous",
    "anon",
    "guest",
    "deleted",
    "a member",
    "member",
    "former member",
    "a former member",
    "caregiver",
    "a caregiver",
    "a patient",
    "the patient",
    "the person who asked",
    "the author",
    "the site",
    "the team",
    "demo",
]

LOOK_ALIKES = str.maketrans({"0": "o", "1": "l", "i": "l"})
DIGITS_FOR_LETTERS = str.maketrans("34578", "eastb")


def tidy(name: str) -> str:
    """Return the name as it is stored: NFKC, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def skeleton(name: str) -> str:
    """Return what is left of a name for the eye; names with the same skeleton are one name.

    Unicode's table of confusable characters, case, accents, spaces, punctuation,
    and the pairs that look alike in most typefaces: 0 and o; 1, l and i; rn and m; vv and w.
    """
    shown = _plain(name).translate(LOOK_ALIKES)
    return shown.replace("rn", "m").replace("vv", "w")


def check_name(name: str) -> None:
    """Raise `ValidationError` with a sentence for the person if the name cannot be taken."""
    name = tidy(name)
    _check_shape(name)
    _check_characters(name)
    _check_contact(name)
    if claims_a_role(name):
        raise ValidationError(
            _(
                "This name could be read as a role here, such as a doctor or a moderator. Please choose another."
            ),
            code="role",
        )
    if not is_in_one_script(name):
        raise ValidationError(_("Please keep to the letters of one alphabet."), code="scripts")


def claims_a_role(name: str) -> bool:
    """Say whether a reader could take the name for staff, a clinician or the site itself."""
    plain = _plain(name).translate(DIGITS_FOR_LETTERS)
    looks = {skeleton(name), skeleton(plain)}
    words = [word for part in PARTS.split(tidy(name)) if (word := _plain(part))]
    initials = "".join(word for word in words if len(word) == 1)
    return (
        any(_look(word) in look for word in _names_of_the_house() for look in looks)
        or any(look == skeleton(said) for said in _said_by_the_site() for look in looks)
        or any(word.rstrip("0123456789") in TITLES for word in [*words, initials])
        or any(_begins_with_a_role(word) for word in [*words, "".join(words)])
    )


def is_in_one_script(name: str) -> bool:
    """Say whether all letters belong to one alphabet, or to one way of writing."""
    from confusable_homoglyphs.categories import unique_aliases

    scripts = unique_aliases(name) - {"COMMON", "INHERITED"}
    return len(scripts) <= 1 or any(scripts <= together for together in SCRIPTS_OF_ONE_LANGUAGE)


def _check_shape(name: str) -> None:
    letters = sum(character.isalpha() for character in name)
    if len(name) < SHORTEST or letters < SHORTEST:
        raise ValidationError(_("A name needs at least two letters."), code="short")
    if len(name) > LONGEST:
        raise ValidationError(_("This name is too long. Please keep it under 40 letters."), code="long")


def _check_characters(name: str) -> None:
    if not all(map(_may_stand_in_a_name, name)) or INVISIBLE.search(name) or PILED_MARKS.search(_apart(name)):
        raise ValidationError(
            _("Please use letters, numbers, spaces, full stops, hyphens and apostrophes only."),
            code="characters",
        )


def _check_contact(name: str) -> None:
    digits = sum(character.isdigit() for character in name)
    if ADDRESS.search(name) or digits >= DIGITS_OF_A_PHONE_NUMBER:
        raise ValidationError(
            _(
                "Please leave out e-mail addresses, web addresses and phone numbers. Everybody can see this name."
            ),
            code="contact",
        )


def _may_stand_in_a_name(character: str) -> bool:
    category = unicodedata.category(character)
    return character in MARKS_BETWEEN_WORDS or category[0] == "L" or category in {"Mn", "Mc", "Nd"}


def _begins_with_a_role(word: str) -> bool:
    look = _look(word.translate(DIGITS_FOR_LETTERS))
    return any(look.startswith(_look(role)) for role in ROLE_BEGINNINGS)


def _names_of_the_house() -> list[str]:
    house = [name for name in (settings.SITE_NAME, settings.ORGANISATION) if len(skeleton(name)) > 3]
    return [*ROLE_WORDS, *house]


def _said_by_the_site() -> list[str]:
    return [*SAID_BY_THE_SITE, settings.SITE_NAME, settings.ORGANISATION or settings.SITE_NAME]


@lru_cache(maxsize=512)
def _look(word: str) -> str:
    return skeleton(word)


def _plain(name: str) -> str:
    """Fold case, accents and foreign look-alikes; keep letters, their marks and digits."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = (character for character in _apart(folded) if _is_seen(character))
    return "".join(map(_familiar, kept))


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _is_seen(character: str) -> bool:
    if "\u0300" <= character <= "\u036f" or INVISIBLE.match(character):
        return False
    return unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=4096)
def _familiar(character: str) -> str:
    """Return the letter that stands for all that look like this one, a Latin one if there is one."""
    if character.isascii():
        return character
    return _as_latin(character) or _as_latin(character.upper()) or _first_of_its_kind(character)


def _as_latin(character: str) -> str:
    for other in _confusable_with(character):
        bare = "".join(filter(_is_seen, _apart(other.casefold())))
        if bare.isascii() and bare.isalnum():
            return bare
    return ""


def _first_of_its_kind(character: str) -> str:
    others = [other for other in _confusable_with(character) if len(other) == 1]
    if len(others) != 1:
        return character
    return others[0] if len(_confusable_with(others[0])) > 1 else min(character, others[0])


def _confusable_with(character: str) -> list[str]:
    # The table is large: it is read when the first name is checked, never at the start.
    from confusable_homoglyphs.confusables import confusables_data

    return [other["c"] for other in confusables_data.get(character, [])]
