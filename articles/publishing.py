"""From a draft to the live page: each act is one function, each change of state one `move`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import searchable, workflow
from articles.addresses import AddressRefused, change_address, paths_of, why_not_address
from articles.checklist import (
    Problem,
    PublishRefused,
    problems_of_words,
    publish_problems,
    refuse_if_any,
    was_published_before,
)
from articles.models import Approval, Article, PublicChange, Revision
from articles.workflow import Status, TransitionRefused
from cachexia_portal import erasures, events
from cachexia_portal.delivery.purging import purge
from cachexia_portal.erasures.models import Kind

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

LONGEST_EXPLANATION = 2000
__all__ = [
    "ACTS",
    "AddressRefused",
    "Problem",
    "PublishRefused",
    "approve",
    "change_address",
    "discard",
    "problems_of_words",
    "publish",
    "publish_problems",
    "reopen",
    "request_changes",
    "set_urgent_notice",
    "start_revision_from",
    "submit_for_review",
    "why_not_address",
    "withdraw",
]


def submit_for_review(revision: Revision, *, by: Member, note: str = "") -> None:
    """Hand a draft to the reviewers; its words are complete enough to be read."""
    refuse_if_any(problems_of_words(revision))
    revision.move(workflow.SUBMIT, by=by, note=note)


@transaction.atomic
def approve(revision: Revision, *, by: Member, note: str = "") -> None:
    """Approve exactly this content, with a credential that is valid today.

    A demo revision is approved without an approval row: no demo approvals exist.
    """
    credential = by.credential_on(timezone.localdate())
    if credential is None:
        raise TransitionRefused(_("You have no credential that is valid today, so you cannot approve this."))
    if not credential.public_name:
        raise TransitionRefused(
            _("The page names who checked it, and your credential has no public name yet.")
        )
    _refuse_unready(revision, workflow.APPROVE, by)
    if revision.is_demo:
        revision.move(workflow.APPROVE, by=by, note=note)
        return
    if by.is_demo or credential.is_demo:
        raise TransitionRefused(_("A demonstration credential approves demonstration texts only."))
    approval = _record_verdict(revision, by, Approval.Verdict.APPROVED)
    if approval.content_hash != revision.content_hash:
        raise TransitionRefused(
            _("This is no longer the text that was submitted. Ask for changes, so that it is saved again.")
        )
    stamp = {"approval": approval, "approved_hash": approval.content_hash}
    revision.move(workflow.APPROVE, by=by, note=note, **stamp)


@transaction.atomic
def request_changes(revision: Revision, *, by: Member, note: str) -> None:
    """Send it back with a reason that its author reads."""
    if not revision.is_demo:
        _record_verdict(revision, by, Approval.Verdict.CHANGES_REQUESTED)
    revision.move(workflow.REQUEST_CHANGES, by=by, note=note)


def reopen(revision: Revision, *, by: Member, note: str = "") -> None:
    """Take an approved text back to draft; its approval no longer counts."""
    revision.move(workflow.REOPEN, by=by, note=note)


def discard(revision: Revision, *, by: Member, note: str) -> None:
    """End a text that was never published; the row stays."""
    revision.move(workflow.DISCARD, by=by, note=note)


@transaction.atomic
def publish(revision: Revision, *, by: Member, note: str = "") -> None:
    """Put an approved revision live in place of the one before it, in one transaction."""
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    if not workflow.PUBLISH.open_to(by, revision):
        raise TransitionRefused(revision.refusal_of(workflow.PUBLISH, by))
    refuse_if_any(publish_problems(revision))
    kind = revision.change_kind if was_published_before(revision) else PublicChange.Kind.FIRST
    published = Revision.objects.filter(article=revision.article_id, status=Status.PUBLISHED)
    for live in published.exclude(pk=revision.pk):
        if revision.is_demo and not live.is_demo:
            raise TransitionRefused(_("A demonstration text does not take the place of a real one."))
        live.move(workflow.SUPERSEDE, by=by)
    now = timezone.now()
    revision.move(workflow.PUBLISH, by=by, note=note, published_at=now)
    purge(paths_of(article))
    Article.objects.filter(pk=revision.article_id).update(withdrawn_at=None)
    if kind == PublicChange.Kind.FIRST:
        set_urgent_notice(article, "", by=by)  # one from before was about an invented text
    searchable.refresh_article(article.pk)
    _tell_readers(revision, kind, "" if kind == PublicChange.Kind.FIRST else revision.change_note)


@transaction.atomic
def withdraw(revision: Revision, *, by: Member | None, note: str) -> None:
    """Take a live text off the site at once; `note` is what readers are told in its place.

    One editor may do it alone; None is the site, which repeats after a restore what one did. The next publication brings the address back.
    """
    note = note.strip()
    if len(note) > LONGEST_EXPLANATION:
        raise TransitionRefused(_("The explanation is too long. Readers need a few sentences."))
    article = Article.objects.select_for_update().get(
        pk=revision.article_id
    )  # as in `publish`, before its texts
    revision.move(workflow.WITHDRAW, by=by, note=note)
    erasures.record(Kind.GUIDE_WITHDRAWN, revision.pk)
    purge(paths_of(article))
    Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now())
    searchable.refresh_article(article.pk)
    _tell_readers(revision, PublicChange.Kind.WITHDRAWN, note)


@transaction.atomic
def set_urgent_notice(article: Article, notice: str, *, by: Member | None) -> None:
    """Put one of the fixed notices above the text at once, or lift it with "".

    One editor, or the site after a restore, may do it alone: no words of their own appear. Raises TransitionRefused when the
    role is missing, the notice is none of the fixed ones, or somebody else was quicker.
    """
    if by and not by.has_perm(workflow.PUBLISH.permission):
        raise TransitionRefused(_("Your role may not do this."))
    if notice and notice not in Article.UrgentNotice.values:
        raise TransitionRefused(_("Choose one of the fixed notices."))
    before = article.urgent_notice
    if notice == before:
        return
    if not Article.objects.filter(pk=article.pk, urgent_notice=before).update(urgent_notice=notice):
        raise TransitionRefused(_("Somebody else changed the notice. Open the page again."))
    if notice:
        erasures.record(Kind.URGENT_NOTICE, article.pk)
    purge(paths_of(article))
    verb = "set_urgent_notice" if notice else "lift_urgent_notice"
    events.record(verb, article, by=by, from_state=before, to_state=notice)
    article.urgent_notice = notice


ACTS: dict[str, Any] = {
    workflow.SUBMIT.name: submit_for_review,
    workflow.APPROVE.name: approve,
    workflow.REQUEST_CHANGES.name: request_changes,
    workflow.REOPEN.name: reopen,
    workflow.DISCARD.name: discard,
    workflow.PUBLISH.name: publish,
    workflow.WITHDRAW.name: withdraw,
}


@transaction.atomic
def start_revision_from(live: Revision, *, by: Member) -> Revision:
    """A new draft with the live words; the live text stays as it is."""
    article = Article.objects.select_for_update().get(pk=live.article_id)
    newest = article.newest_revision()
    draft = Revision(
        article=article,
        number=newest.number + 1 if newest else 1,
        source=live.source,
        author=by,
        is_demo=by.is_demo,
        **{**live.words(), "change_note": ""},
    )
    draft.start(live.copied(), topics=live.topics.all(), cancer_types=live.cancer_types.all())
    return draft


def _tell_readers(revision: Revision, kind: str, note: str) -> None:
    """One line of the article's public history."""
    PublicChange.objects.create(
        article_id=revision.article_id, revision=revision, kind=kind, note=note, is_demo=revision.is_demo
    )


def _refuse_unready(revision: Revision, transition: workflow.Transition, by: Member) -> None:
    """Whoever may not make the move hears that first; then what is missing."""
    if not transition.open_to(by, revision):
        raise TransitionRefused(revision.refusal_of(transition, by))
    refuse_if_any(problems_of_words(revision))


def _record_verdict(revision: Revision, by: Member, verdict: str) -> Approval:
    credential = by.credential_on(timezone.localdate())
    return Approval.objects.create(
        revision=revision,
        reviewer=by,
        credential=credential,
        credential_snapshot=credential.snapshot() if credential else {},
        content_hash=revision.content_digest(),
        verdict=verdict,
    )
