"""From a draft to the live page: each act is one function, each change of state one `move`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights, workflow
from articles.models import Approval, Article, Revision
from articles.workflow import Status, TransitionRefused

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a revision from being published, its field, and what to do."""

    field: str
    sentence: str
    remedy: str


class PublishRefused(Exception):
    """The checklist is not through; `problems` says what is missing, each with its field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(f"{problem.sentence} {problem.remedy}" for problem in problems))
        self.problems = problems


def submit_for_review(revision: Revision, *, by: Member, note: str = "") -> None:
    """Hand a draft to the reviewers; its words are complete enough to be read."""
    _refuse_if_any(problems_of_words(revision))
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
    if revision.is_demo:
        revision.move(workflow.APPROVE, by=by, note=note)
        return
    if by.is_demo or credential.is_demo:
        raise TransitionRefused(_("A demonstration credential approves demonstration texts only."))
    approval = _record_verdict(revision, by, Approval.Verdict.APPROVED)
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
    Article.objects.select_for_update().get(pk=revision.article_id)
    if not workflow.PUBLISH.open_to(by, revision):
        raise TransitionRefused(revision.refusal_of(workflow.PUBLISH, by))
    _refuse_if_any(publish_problems(revision))
    published = Revision.objects.filter(article=revision.article_id, status=Status.PUBLISHED)
    for live in published.exclude(pk=revision.pk):
        if revision.is_demo and not live.is_demo:
            raise TransitionRefused(_("A demonstration text does not take the place of a real one."))
        live.move(workflow.SUPERSEDE, by=by)
    revision.move(workflow.PUBLISH, by=by, note=note, published_at=timezone.now())


def withdraw(revision: Revision, *, by: Member, note: str) -> None:
    """Take a live text off the site at once."""
    revision.move(workflow.WITHDRAW, by=by, note=note)


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


def problems_of_words(revision: Revision) -> list[Problem]:
    """The tier of the words: what a reader of the page would miss."""
    wanted = {
        "title": Problem("title", _("The page has no title."), _("Write a title.")),
        "summary": Problem("summary", _("The page has no summary."), _("Write one or two sentences.")),
        "body": Problem("body", _("The page has no text."), _("Write the text.")),
    }
    return [problem for field, problem in wanted.items() if not getattr(revision, field).strip()]


def publish_problems(revision: Revision) -> list[Problem]:
    """The tier of publishing: words, rights, and an approval of exactly this content."""
    return [*problems_of_words(revision), *_rights_problems(revision), *_approval_problems(revision)]


def _rights_problems(revision: Revision) -> list[Problem]:
    if revision.source is None:
        return []
    reason = rights.why_not(rights.Use.REPUBLISH, revision.source)
    if reason is None:
        return []
    return [Problem("source", _("The source may not be republished."), reason)]


def _approval_problems(revision: Revision) -> list[Problem]:
    if revision.is_demo:
        return []
    approval, digest = revision.approval, revision.content_digest()
    if (
        approval is None
        or approval.verdict != Approval.Verdict.APPROVED
        or approval.revision_id != revision.pk
    ):
        return [Problem("approval", _("Nobody has approved this text."), _("Ask a medical reviewer."))]
    if not digest == approval.content_hash == revision.approved_hash == revision.content_hash:
        remedy = _("Take it back to draft and submit it again.")
        return [Problem("approval", _("The text changed after it was approved."), remedy)]
    if revision.was_written_by(approval.reviewer):
        return [Problem("approval", _("The reviewer wrote part of it."), _("Ask another medical reviewer."))]
    return []


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


def _refuse_if_any(problems: list[Problem]) -> None:
    if problems:
        raise PublishRefused(problems)
