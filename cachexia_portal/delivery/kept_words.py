"""Giving typed words back on a page that could not take them."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

SECRET = re.compile(r"passw|code|token|secret|otp|csrf|recovery|signature|credential", re.IGNORECASE)
#: Fields that a page fills in, not a person.
MACHINE = re.compile(
    r"^_|^(next|version|sequence|action|kind|parent|index|select_across|submit|theme|text_size)$"
    r"|^(seen|seen_version|transition|act|sha256)$"
    r"|(^|[-_])id$|_FORMS$|-DELETE$|-ORDER$",
)
#: Fields of which a person picks a value, not types one: as "partner" or "name" they would stand in the way of the words.
PICKED = re.compile(
    r"^(relation|shown_as|lane|basis|wants|cancer_type|topics|content_notes|type|subject)$"
    r"|^(who_knows|on_this_site|in_search_engines|in_print|for_teaching|years)$"
    r"|^(decision|found|saved_reply|house_rule|kinds|country|about)$",
)
LONGEST_NAME = 40


def kept_words(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, as (label, text): never a password, a code or a token.

    For the pages that refuse a form (expired token, read-only, too many, signed
    out). Reads no database.
    """
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except UnreadablePostError:
        return []
    return [
        (_label(name), text)
        for name, texts in fields
        if is_typed(name)
        for text in texts
        if text.strip() and text != "on"
    ]


def is_typed(name: str) -> bool:
    """Whether a field of this name holds words of a person, and none that are secret."""
    return not (SECRET.search(name) or MACHINE.search(name) or PICKED.search(name))


def _label(name: str) -> str:
    known = {
        "title": _("Title"),
        "body": _("Your words"),
        "text": _("Your words"),
        "words": _("Your words"),
        "message": _("Your message"),
        "note": _("Your note"),
        "reason": _("Your reason"),
        "source": _("Your source"),
        "when_to_call": _("When to call"),
        "email": _("Your e-mail address"),
        "name": _("Your name"),
        "display_name": _("Your display name"),
    }
    plain = name.rpartition("-")[2]
    return known.get(plain) or plain.replace("_", " ").strip().capitalize()[:LONGEST_NAME] or _("Your words")
