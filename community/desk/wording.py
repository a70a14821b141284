"""The words of the desk that are not a model's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.models import ItemKind
from community.workflow import Verb

if TYPE_CHECKING:
    from community.models import ReviewItem

Label = str | Promise

#: What the checks found, by the category of the finding.
FOUND: dict[str, Label] = {
    "self_harm": _("May be thinking of ending a life"),
    "medical_emergency": _("May be an emergency"),
    "personal_data": _("Private details"),
    "dangerous_advice": _("Advice that may harm"),
    "spam": _("Selling"),
    "abuse": _("Unkind words"),
    "grief": _("Grief"),
}
PILLS = {
    "self_harm": "late",
    "medical_emergency": "late",
    "personal_data": "wait",
    "dangerous_advice": "wait",
}
KIND_PILLS: dict[str, str] = {
    ItemKind.SAFETY: "late",
    ItemKind.PRIVACY: "late",
    ItemKind.REPORT: "wait",
    ItemKind.APPEAL: "info",
}

#: Each choice of the decision form, and what follows from it.
CHOICES: dict[str, tuple[Label, Label]] = {
    Verb.PUBLISH: (_("Publish it as it is"), _("Everybody can read it at once.")),
    Verb.COVER: (
        _("Publish with private details covered"),
        _("What you choose below is replaced by a mark. Nothing else changes, and the writer is told."),
    ),
    Verb.ASK_CHANGE: (
        _("Ask for a change"),
        _("It goes back to the writer with their words kept. Say what to change."),
    ),
    Verb.REFUSE: (_("Do not publish"), _("Needs a house rule and a reason. The writer can appeal.")),
    Verb.HIDE: (_("Hide it"), _("Nobody can read it any more. Needs a house rule and a reason.")),
    Verb.RESTORE: (_("Show it again"), _("Everybody can read it at once.")),
    Verb.KEEP: (_("Leave it as it is"), _("Nothing changes on the site.")),
    Verb.ESCALATE: (_("Ask an administrator to decide"), _("It stays open, and leaves your turn.")),
}
KEEP_BY_KIND: dict[str, tuple[Label, Label]] = {
    ItemKind.SAFETY: (
        _("I have looked after this"),
        _("Somebody who can help knows. The post itself is decided on its own."),
    ),
    ItemKind.APPEAL: (_("Do not publish"), _("It stays as it was decided. Say why, for the writer.")),
}
KEEP_HIDDEN: tuple[Label, Label] = (_("Keep it hidden"), _("It stays as it was decided."))
KEEP_COVERED: tuple[Label, Label] = (_("Keep the details covered"), _("It stays as it was decided. Say why."))
AFTER_ALL: tuple[Label, Label] = (_("Publish it after all"), _("Everybody can read it at once."))
UNCOVERED: tuple[Label, Label] = (
    _("Publish it as it was sent"),
    _("The marks go, and everybody can read the details at once."),
)
#: What leaving it as it was is called, by the decision that is questioned.
KEEP_BY_APPEALED: dict[str, tuple[Label, Label]] = {Verb.HIDE: KEEP_HIDDEN, Verb.COVER: KEEP_COVERED}


def choice(verb: str, item: ReviewItem) -> tuple[Label, Label]:
    """The label of a choice about this item, and the line under it."""
    appeal = getattr(item, "appeal", None)
    appealed = appeal.decision.verb if appeal else ""
    if item.kind == ItemKind.APPEAL and verb == Verb.PUBLISH:
        return UNCOVERED if appealed == Verb.COVER else AFTER_ALL
    if verb == Verb.KEEP and appealed in KEEP_BY_APPEALED:
        return KEEP_BY_APPEALED[appealed]
    if verb == Verb.KEEP and item.kind in KEEP_BY_KIND:
        return KEEP_BY_KIND[item.kind]
    return CHOICES[verb]


def found(code: str) -> Label:
    """A category as people read it; one that is not known any more as it was stored."""
    return FOUND.get(code, code.replace("_", " "))
