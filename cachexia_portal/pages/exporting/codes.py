"""What a code is called on the readable page. The file for machines keeps the code."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import FieldOfPractice
from cachexia_portal.help.countries import COUNTRIES
from cachexia_portal.screening.rule import Category, Strength
from community.models import ContentNote
from community.workflow import Outcome

from .every_model import HELD

if TYPE_CHECKING:
    from django.utils.functional import Promise

Names = dict[str, "str | Promise"]

#: Said to whoever wrote the words, at whatever hour: gentler than the desk says it to its moderators.
FOUND: Names = {
    Category.SELF_HARM: _("Words about not wanting to go on"),
    Category.MEDICAL_EMERGENCY: _("Words about what may not be able to wait"),
    Category.PERSONAL_DATA: _("Private details"),
    Category.DANGEROUS_ADVICE: _("Advice that may harm"),
    Category.SPAM: _("Selling"),
    Category.ABUSE: _("Unkind words"),
    Category.GRIEF: _("Grief"),
}
#: What happened with an account, a credential, a post or a consent; of a post, what no decision says.
HAPPENED: Names = {
    "consented": _("agreed that health data are kept"),
    "consent_withdrawn": _("took the agreement about health data back"),
    "address_changed": _("changed the e-mail address"),
    "closed": _("closed the account"),
    "role_given": _("gave a role"),
    "role_taken": _("took a role away"),
    "first_administrator_appointed": _("became the first administrator"),
    "revealed": _("looked at what is covered"),
    "credential_applied": _("applied for a credential"),
    "credential_entered": _("entered the credential"),
    "credential_changed": _("changed the credential"),
    "credential_checked": _("checked the credential"),
    "credential_confirmed": _("confirmed the credential"),
    "credential_refused": _("refused the credential"),
    "credential_withdrawn": _("took the credential back"),
    "credential_ended": _("ended the credential"),
    "consent_given": _("agreed that the story is shown"),
    "consent_replaced": _("changed what was agreed to for the story"),
    "consent_ended": _("took the agreement to the story back"),
    "sent": _("sent it"),
    "take_back": _("took it back"),
    "give_up": _("took it back"),
    "let_go": _("took it back"),
    "take_down": _("took it down"),
    "replace_waiting": _("sent a newer version"),
    "replace_asked": _("sent a newer version"),
    "supersede": _("put a newer version in its place"),
    "reinstate": _("published it after all"),
    "undo_publish": _("undid the publishing"),
}
SURE: Names = {Strength.LIKELY: _("likely"), Strength.POSSIBLE: _("possible")}


def in_words(column: str, code: str) -> str:
    """What people call it; what is no code of that column is given back as it is, a verb as words."""
    plain = code.replace("_", " ") if column == "verb" else code
    return str(_names()[column].get(code, plain))


@cache
def _names() -> dict[str, Names]:
    """By column, from the choices of the models themselves, and of columns that hold lists."""
    found: dict[str, Names] = defaultdict(dict)
    for label in HELD:
        for field in apps.get_model(label)._meta.concrete_fields:
            found[field.name].update(field.flatchoices)
    found["kind"].update(FOUND)
    found["strength"].update(SURE)
    found["verb"].update(HAPPENED)
    found["subject_kind"].update(
        {each._meta.label_lower: each._meta.verbose_name or "" for each in apps.get_models()}
    )
    found["fields"].update(FieldOfPractice.choices)
    found["content_notes"].update(ContentNote.choices)
    found["outcome"].update(Outcome.choices)
    found["country"].update(COUNTRIES)
    return found
