"""What is said about a topic or a word: written, checked by a clinician, taken back.

The only writer of `HealthWording`. Each act is guarded by the version that the person
saw; whoever comes second is told so, and nothing of theirs is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import GlossaryTerm, HealthWording, Topic, WordingApproval
from cachexia_portal import events

if TYPE_CHECKING:
    from datetime import date

    from cachexia_portal.accounts.models import Credential, Member
    from cachexia_portal.events.models import Event

WRITE, APPROVE = "articles.change_healthwording", "articles.approve_healthwording"
BEGUN, REWRITTEN, APPROVED, TAKEN_BACK = "begin", "edit", "approve", "take_back"
Explained = Topic | GlossaryTerm
Status = HealthWording.Status


class ExplainingRefused(Exception):
    """Not carried out; the sentence says why and what would help."""


@transaction.atomic
def begin(explained: Explained, text: str, caution: str = "", *, by: Member | None = None) -> HealthWording:
    """Store the first wording of a topic or a word, as a draft. What a demo person writes is a demo row."""
    wording = _new(explained, text, caution)
    wording.is_demo = by is not None and by.is_demo
    wording.edited_by = by
    wording.save(force_insert=True)
    _record(BEGUN, wording, by)
    return wording


@transaction.atomic
def show_as_demo(draft: HealthWording) -> HealthWording:
    """A copy that a demonstration site shows without an approval; the draft stays. Refused on a live site."""
    if not settings.IS_DEMO_SITE:
        raise ExplainingRefused(_("This is a live site: nothing invented is shown on it."))
    wording = _new(_explained(draft), draft.text, draft.caution)
    wording.is_demo, wording.status = True, Status.APPROVED
    wording.save(force_insert=True)
    return wording


@transaction.atomic
def rewrite(wording: HealthWording, *, text: str, caution: str = "", by: Member, seen_version: int) -> None:
    """Store changed words. An approved wording goes back to draft, without its approval.

    The same words again change nothing.
    """
    if refusal := why_not_rewrite(wording, by):
        raise ExplainingRefused(refusal)
    changed = _of_now(wording, seen_version)
    if (changed.text, changed.caution) == (text, caution):
        return
    before, changed.text, changed.caution = changed.status, text, caution
    _write(
        changed,
        **_as_draft(changed),
        text=text,
        caution=caution,
        edited_by=by,
        edited_at=timezone.now(),
    )
    _record(REWRITTEN, changed, by, from_state=before)
    wording.refresh_from_db()


@transaction.atomic
def approve(wording: HealthWording, *, by: Member, seen_version: int) -> None:
    """Approve exactly these words, with a credential that is valid today and speaks on the topic.

    A demo wording is approved without a row: no demo approvals exist.
    """
    day = timezone.localdate()
    seen = _of_now(wording, seen_version)
    if refusal := why_not_approve(seen, by, day):
        raise ExplainingRefused(refusal)
    if seen.content_hash != seen.content_digest():
        raise ExplainingRefused(_("What it explains has just been renamed. Please read it again."))
    approval = None if seen.is_demo else _record_approval(seen, by, day)
    digest = "" if approval is None else approval.content_hash
    _write(seen, status=Status.APPROVED, approval=approval, approved_hash=digest)
    _record(APPROVED, seen, by, from_state=Status.DRAFT)
    wording.refresh_from_db()


@transaction.atomic
def take_back(wording: HealthWording, *, by: Member, seen_version: int) -> None:
    """Take an approved wording off the site at once; its approval counts no more."""
    if not may_take_back(wording, by):
        raise ExplainingRefused(_("Your role may not do this."))
    seen = _of_now(wording, seen_version)
    if not seen.is_approved:
        raise ExplainingRefused(_("It is a draft already, so readers do not see it."))
    _write(seen, **_as_draft(seen))
    _record(TAKEN_BACK, seen, by, from_state=Status.APPROVED)
    wording.refresh_from_db()


def renamed(explained: Explained, *, by: Member | None) -> None:
    """Bring the wordings of a renamed topic or word back to draft, in the caller's transaction.

    A name that says the same as before changes nothing.
    """
    for wording in explained.wordings.select_for_update(of=("self",)).select_related("topic", "term"):
        if wording.content_digest() == wording.content_hash:
            continue
        before = wording.status
        _write(wording, **_as_draft(wording))
        _record(REWRITTEN, wording, by, from_state=before)


def why_not_rewrite(wording: HealthWording, member: Member) -> str:
    """The sentence that says why this person may not change the words; empty if they may."""
    if not member.has_perm(WRITE):
        return _("Your role may not do this.")
    if member.is_demo and not wording.is_demo:
        return _("This wording is a real one. On a demonstration, change the demonstration wording.")
    return ""


def why_not_approve(wording: HealthWording, member: Member, day: date) -> str:
    """The sentence that says why this person may not approve it that day; empty if they may.

    Being a superuser changes nothing here but the permission.
    """
    if not member.has_perm(APPROVE):
        return _("Only medical reviewers approve what the site explains.")
    if wording.is_approved:
        return _("It is approved already, as it stands.")
    if not wording.text.strip():
        return _("There is nothing to approve yet: the text is empty.")
    if was_written_by(wording, member):
        return _("You wrote or edited this wording. Somebody else has to check it.")
    return _why_not_qualified(wording, member, day)


def may_take_back(wording: HealthWording, member: Member) -> bool:
    """Editors and reviewers may, and nobody invented touches a real one."""
    allowed = member.has_perm(WRITE) or member.has_perm(APPROVE)
    return allowed and (wording.is_demo or not member.is_demo)


def was_written_by(wording: HealthWording, member: Member) -> bool:
    """Did this person write any of it, or name what it explains? Such a person does not approve it."""
    theirs = events.history_of(wording).filter(actor=member, verb__in=(BEGUN, REWRITTEN))
    return wording.edited_by_id == member.pk or theirs.exists()


def history(wording: HealthWording) -> list[str]:
    """What was done with it, oldest first, each as a sentence."""
    return [_sentence(event) for event in events.history_of(wording)]


def _why_not_qualified(wording: HealthWording, member: Member, day: date) -> str:
    if not any(each.is_valid_on(day) for each in member.credentials.all()):
        return _("You have no credential that is valid today. A verifier can check one for you.")
    speaking = _credentials_for(wording, member, day)
    if not speaking:
        return _("This topic is for other fields of practice than those of your credential.")
    if not any(each.public_name for each in speaking):
        return _("The record names who checked it, and your credential has no public name yet.")
    if not wording.is_demo and (member.is_demo or all(each.is_demo for each in speaking)):
        return _("A demonstration credential approves demonstration wordings only.")
    return ""


def _credentials_for(wording: HealthWording, member: Member, day: date) -> list[Credential]:
    """Those of this person that count that day and speak on the topic; on a word any may speak."""
    valid = [each for each in member.credentials.order_by("-expires_on") if each.is_valid_on(day)]
    if wording.topic is None:
        return valid
    return [each for each in valid if set(each.fields) & set(wording.topic.fields)]


def _record_approval(wording: HealthWording, by: Member, day: date) -> WordingApproval:
    speaking = _credentials_for(wording, by, day)
    credential = next(each for each in speaking if each.public_name and not each.is_demo)
    return WordingApproval.objects.create(
        wording=wording,
        reviewer=by,
        credential=credential,
        credential_snapshot=credential.snapshot(),
        content_hash=wording.content_hash,
    )


def _new(explained: Explained, text: str, caution: str) -> HealthWording:
    place = {"topic": explained} if isinstance(explained, Topic) else {"term": explained}
    wording = HealthWording(**place, text=text, caution=caution)
    wording.content_hash = wording.content_digest()
    return wording


def _explained(wording: HealthWording) -> Explained:
    explained = wording.explained
    assert explained is not None  # a constraint of the table
    return explained


def _of_now(wording: HealthWording, seen_version: int) -> HealthWording:
    """The stored row, held until the end of the transaction; refused if it is not the one that was seen."""
    rows = HealthWording.objects.select_for_update(of=("self",)).select_related("topic", "term")
    now = rows.get(pk=wording.pk)
    if now.version != seen_version:
        raise ExplainingRefused(who_was_first(now))
    return now


def who_was_first(wording: HealthWording) -> str:
    """One sentence for the person who came second: who did what, and when."""
    last = events.history_of(wording).last()
    done = _sentence(last) if last else _("Somebody changed it")
    return _("%(event)s. Your action was not carried out.") % {"event": done}


def _as_draft(wording: HealthWording) -> dict[str, Any]:
    digest = wording.content_digest()
    return {"status": Status.DRAFT, "approval": None, "approved_hash": "", "content_hash": digest}


def _write(wording: HealthWording, **columns: Any) -> None:
    """Write the columns if the version is still the one that was read."""
    mine = HealthWording.objects.filter(pk=wording.pk, version=wording.version)
    if not mine.update(**columns, version=F("version") + 1):
        raise ExplainingRefused(who_was_first(wording))
    for column, value in columns.items():
        setattr(wording, column, value)


def _record(verb: str, wording: HealthWording, by: Member | None, *, from_state: str = "") -> None:
    events.record(
        verb, wording, by=by, from_state=from_state, to_state=wording.status, digest=wording.content_hash
    )


def _sentence(event: Event) -> str:
    said = {
        BEGUN: _("wrote the first words"),
        REWRITTEN: _("saved a change"),
        APPROVED: _("approved it"),
        TAKEN_BACK: _("took the approval back"),
    }
    return _("%(who)s %(did)s (%(when)s)") % {
        "who": event.actor or _("The site"),
        "did": said.get(event.verb, event.verb),
        "when": timezone.localtime(event.at).strftime("%d.%m.%Y %H:%M %Z"),
    }
