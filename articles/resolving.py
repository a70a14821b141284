"""What an import found amiss, dealt with: by whom, when and how. The only writer of a resolution."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Diagnostic
from cachexia_portal import events

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

PERMISSION = "articles.resolve_diagnostic"
RESOLVE, REOPEN = "resolve", "reopen"


class ResolvingRefused(Exception):
    """Nothing was written; the sentence says why, or who was first."""


@transaction.atomic
def resolve(diagnostic: Diagnostic, resolution: str, note: str, *, by: Member) -> None:
    """Say how a finding was dealt with; of two people at once the second is refused."""
    _refuse_others(by)
    if resolution not in Diagnostic.Resolution.values:
        raise ResolvingRefused(_("Choose how it was resolved."))
    if needs_note(diagnostic) and not note.strip():
        raise ResolvingRefused(_("Say in a few words what you did: this finding keeps guides from readers."))
    written = Diagnostic.objects.filter(pk=diagnostic.pk, resolution="").update(
        resolution=resolution, note=note.strip()[:500], resolved_by=by, resolved_at=timezone.now()
    )
    diagnostic.refresh_from_db()
    if not written:
        raise ResolvingRefused(who_was_first(diagnostic))
    event = events.record(RESOLVE, diagnostic, by=by, to_state=resolution)
    events.keep_note(event, diagnostic.note)  # stays readable when the finding is opened again


@transaction.atomic
def reopen(diagnostic: Diagnostic, *, by: Member, seen: datetime | None) -> None:
    """Take a resolution back; `seen` is when the one on the person's screen was made."""
    _refuse_others(by)
    before = diagnostic.resolution
    written = (
        Diagnostic.objects.filter(pk=diagnostic.pk, resolved_at=seen)
        .exclude(resolution="")
        .update(resolution="", note="", resolved_by=None, resolved_at=None)
    )
    diagnostic.refresh_from_db()
    if not written:
        raise ResolvingRefused(who_was_first(diagnostic))
    events.record(REOPEN, diagnostic, by=by, from_state=before)


def needs_note(diagnostic: Diagnostic) -> bool:
    """Has the person to say in words what was done?"""
    return diagnostic.severity == Diagnostic.Severity.BLOCKING


def who_was_first(diagnostic: Diagnostic) -> str:
    """One sentence for the person who came second."""
    last = events.history_of(diagnostic).last()
    if last is None:
        return _("Nobody has resolved this yet, so there is nothing to open again.")
    sentence = (
        _("%(who)s resolved this first (%(when)s). Your action was not carried out.")
        if last.verb == RESOLVE
        else _("%(who)s opened this again first (%(when)s). Your action was not carried out.")
    )
    return sentence % {
        "who": last.actor or _("The site"),
        "when": timezone.localtime(last.at).strftime("%d.%m.%Y %H:%M %Z"),
    }


def _refuse_others(by: Member) -> None:
    if not by.has_perm(PERMISSION):
        raise ResolvingRefused(_("Your role may not do this."))
