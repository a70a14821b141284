"""What keeps a revision from the page: each problem names its field, and what to do about it.

form     what the fields say by themselves; asked before the text is handed to a reviewer
preview  whether the marks of the text find what they point at; asked at the same moment
publish  rights, sources and the approval; asked when it goes live
warning  worth a look; stops nothing
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rendering, rights
from articles.models import (
    Approval,
    Article,
    Diagnostic,
    Figure,
    GlossaryTerm,
    Reference,
    Revision,
    Rights,
    SourceDocument,
    WordingApproval,
)
from articles.own_words import SharedRun, shared_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cachexia_portal.accounts.models import Credential

MOST_RUNS = 20  # named at once; when they are gone the rest is named
NEEDS_CREDIT = {Rights.OPEN, Rights.PERMISSION}


class Tier(Enum):
    FORM = "form"
    PREVIEW = "preview"
    PUBLISH = "publish"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing that is amiss, its field, and what to do."""

    field: str
    sentence: str
    remedy: str
    tier: Tier = Tier.FORM


class PublishRefused(Exception):
    """The checklist is not through; `problems` says what is missing, each with its field."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(f"{problem.sentence} {problem.remedy}" for problem in problems))
        self.problems = problems


def problems_of_words(revision: Revision) -> list[Problem]:
    """The tiers of form and preview: what a reader of the page would miss, and a reviewer too."""
    return [*_form(revision), *_of(Tier.PREVIEW, _preview(revision))]


def publish_problems(revision: Revision) -> list[Problem]:
    """Everything that keeps it from being published."""
    return [*problems_of_words(revision), *_publish(revision)]


def warnings(revision: Revision) -> list[Problem]:
    """What somebody should look at; it stops nothing."""
    return _of(Tier.WARNING, _warnings(revision))


def refuse_if_any(problems: list[Problem]) -> None:
    """Raise PublishRefused unless the list is empty."""
    if problems:
        raise PublishRefused(problems)


def _of(tier: Tier, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(problem, tier=tier) for problem in problems]


# --- Form -----------------------------------------------------------------------


def _form(revision: Revision) -> Iterator[Problem]:
    wanted = {
        "title": Problem("title", _("The page has no title."), _("Write a title.")),
        "summary": Problem("summary", _("The page has no summary."), _("Write one or two sentences.")),
        "body": Problem("body", _("The page has no text."), _("Write the text.")),
    }
    yield from (problem for field, problem in wanted.items() if not getattr(revision, field).strip())
    if not revision.change_note.strip() and was_published_before(revision):
        sentence = _("The page was public before, and nothing says what has changed.")
        yield Problem("change_note", sentence, _("Write one sentence for readers: what changed, and why."))
    yield from _numbers_twice(revision)
    for figure in revision.figures.all():
        yield from _problems_of_figure(figure)


def was_published_before(revision: Revision) -> bool:
    """Did readers see this page before, whatever became of it? An invented text counts for none but its like."""
    others = Revision.objects.filter(article=revision.article_id).exclude(pk=revision.pk)
    if not revision.is_demo:
        others = others.filter(is_demo=False)
    return others.exclude(published_at=None).exists()


def _numbers_twice(revision: Revision) -> Iterator[Problem]:
    remedy = _("Give each its own number.")
    sentences = {
        "references": _("Two sources have the number %(number)s."),
        "figures": _("Two pictures have the number %(number)s."),
        "quotations": _("Two quotations have the number %(number)s."),
    }
    for field, sentence in sentences.items():
        counted = Counter(row.position for row in getattr(revision, field).all())
        for number in sorted(number for number, times in counted.items() if times > 1):
            yield Problem(field, sentence % {"number": number}, remedy)


def _problems_of_figure(figure: Figure) -> Iterator[Problem]:
    number = {"number": figure.position}
    if bool(figure.alt.strip()) == figure.is_decorative:
        remedy = _("Say what it shows, or mark it as one that says nothing of its own, not both.")
        sentence = _("Picture %(number)s is not described for those who cannot see it.") % number
        yield Problem("figures", sentence, remedy)
    if figure.rights in NEEDS_CREDIT and not figure.credit.strip():
        sentence = _("Picture %(number)s does not say whose it is.") % number
        yield Problem("figures", sentence, _("Write the credit that its owner asks for."))


# --- Preview ----------------------------------------------------------------------


def _preview(revision: Revision) -> Iterator[Problem]:
    there = {
        field: {row.position for row in getattr(revision, field).all()}
        for field in ("references", "figures", "quotations")
    }
    marked = {
        "references": rendering.cited_numbers(revision.body),
        "figures": rendering.shown_figures(revision.body),
        "quotations": rendering.shown_quotations(revision.body),
    }
    sentences = {
        "references": _("The text cites source %(number)s, and there is none of that number."),
        "figures": _("The text shows picture %(number)s, and there is none of that number."),
        "quotations": _("The text shows quotation %(number)s, and there is none of that number."),
    }
    for field, sentence in sentences.items():
        for number in sorted(marked[field] - there[field]):
            yield Problem(
                field, sentence % {"number": number}, _("Add it, or take the mark out of the text.")
            )
    yield from _unknown_words(revision)


def _unknown_words(revision: Revision) -> Iterator[Problem]:
    marked = rendering.marked_words(revision.body)
    if not marked:
        return
    known = set(GlossaryTerm.objects.filter(slug__in=marked).values_list("slug", flat=True))
    for slug in marked:
        if slug not in known:
            sentence = _("The text marks the word “%(word)s”, and it is not in the glossary.") % {
                "word": slug
            }
            yield Problem("body", sentence, _("Add the word to the glossary, or take the mark out."))


# --- Publish ----------------------------------------------------------------------


def _publish(revision: Revision) -> list[Problem]:
    checks = (
        _problems_of_source,
        _unresolved,
        _problems_of_references,
        _barred_pictures,
        _barred_quotations,
        _copied_words,
        _problems_of_approval,
    )
    return _of(Tier.PUBLISH, (problem for check in checks for problem in check(revision)))


def _problems_of_source(revision: Revision) -> Iterator[Problem]:
    """A republished page shows its source's words; every other only names it, which is always allowed."""
    kind = revision.article.kind
    if revision.source is None:
        if kind != Article.Kind.ORIGINAL:
            remedy = _("Begin it again from the document that it is made of.")
            yield Problem("source", _("The page does not say which source it is made of."), remedy)
        return
    use = rights.Use.REPUBLISH if revision.article.is_republished else rights.Use.CITE
    if reason := rights.why_not(use, revision.source):
        yield Problem("source", _("The source may not be republished."), reason)


def sources_of(revision: Revision) -> set[int]:
    """The keys of the documents that a revision rests on: its own, and those it quotes."""
    own = {revision.source_id} if revision.source_id else set()
    return own | set(revision.quotations.values_list("block__document", flat=True))


def _unresolved(revision: Revision) -> Iterator[Problem]:
    documents = SourceDocument.objects.filter(pk__in=sources_of(revision))
    waiting = Diagnostic.objects.blocking().filter(document__in=documents)
    for diagnostic in waiting.select_related("document").defer("document__content"):
        words = {"source": diagnostic.document, "line": diagnostic.line or 1, "found": diagnostic.message}
        sentence = _("Something in the source “%(source)s” is unresolved, line %(line)s: %(found)s") % words
        yield Problem("source", sentence, _("Open the source document and say how it was resolved."))


def _problems_of_references(revision: Revision) -> Iterator[Problem]:
    for reference in revision.references.filter(status=Reference.Status.RETRACTED):
        sentence = _("Source %(number)s was retracted.") % {"number": reference.position}
        yield Problem("references", sentence, _("Take it out, and see what the text still rests on."))


def _barred_pictures(revision: Revision) -> Iterator[Problem]:
    for figure in revision.figures.all():
        if reason := rights.why_not(rights.Use.SHOW, figure):
            sentence = _("Picture %(number)s may not be shown.") % {"number": figure.position}
            yield Problem("figures", sentence, reason)


def _barred_quotations(revision: Revision) -> Iterator[Problem]:
    quotations = revision.quotations.select_related("block__document").defer("block__document__content")
    for number, reason in rights.why_not_quoted(quotations).items():
        yield Problem("quotations", _("Quotation %(number)s may not be shown.") % {"number": number}, reason)


def _copied_words(revision: Revision) -> Iterable[Problem]:
    copied = (run for run in shared_runs(revision) if run.blocks)
    return (_problem_of_run(run) for run in islice(copied, MOST_RUNS))


def _problem_of_run(run: SharedRun) -> Problem:
    shown = run.words if len(run.words) <= 200 else f"{run.words[:200]} …"
    words = {"words": " ".join(shown.split()), "source": run.document, "line": run.line}
    sentence = _("These words stand in “%(source)s” too, line %(line)s: “%(words)s”") % words
    if run.is_barred:
        remedy = _("Say it in words of our own, or quote it with a mark.")
    else:
        remedy = _("Name the source: add it to the sources of this page. Or say it in words of our own.")
    return Problem(run.field, sentence, remedy)


def _problems_of_approval(revision: Revision) -> Iterator[Problem]:
    if revision.is_demo:
        return
    approval, digest = revision.approval, revision.content_digest()
    if (
        approval is None
        or approval.verdict != Approval.Verdict.APPROVED
        or approval.revision_id != revision.pk
    ):
        yield Problem("approval", _("Nobody has approved this text."), _("Ask a medical reviewer."))
    elif not digest == approval.content_hash == revision.approved_hash == revision.content_hash:
        remedy = _("Take it back to draft and submit it again.")
        yield Problem("approval", _("The text changed after it was approved."), remedy)
    elif revision.was_written_by(approval.reviewer):
        yield Problem("approval", _("The reviewer wrote part of it."), _("Ask another medical reviewer."))
    elif not is_backed(approval):
        sentence = _("The reviewer had no credential that counted on the day of the approval.")
        yield Problem("approval", sentence, _("Take it back to draft and ask for a new approval."))


def is_backed(approval: Approval | WordingApproval) -> bool:
    """Had the reviewer a credential of their own that counted that day, and is it kept what it said?

    One that ended later that day, after the approval, counted.
    """
    credential = approval.credential
    if credential is None or credential.is_demo or not approval.credential_snapshot.get("public_name"):
        return False
    return credential.member_id == approval.reviewer_id and _counted_on(
        timezone.localdate(approval.at), credential
    )


def _counted_on(day: date, credential: Credential) -> bool:
    began = credential.confirmed_on is not None and credential.confirmed_on <= day <= credential.expires_on
    return began and (credential.ended_on is None or day <= credential.ended_on)


# --- Warnings -----------------------------------------------------------------------


def _warnings(revision: Revision) -> Iterator[Problem]:
    if not revision.topics.exists():
        yield Problem("topics", _("No topic is chosen."), _("Choose one, so that readers find the page."))
    cited = rendering.cited_numbers(revision.body)
    for reference in revision.references.all():
        number = {"number": reference.position}
        if reference.position not in cited:
            sentence = _("The text does not cite source %(number)s.") % number
            yield Problem("references", sentence, _("Cite it where it belongs, or take it out."))
        if reference.status == Reference.Status.SUPERSEDED:
            sentence = _("There is newer work than source %(number)s.") % number
            yield Problem("references", sentence, _("Look whether the newer one says something else."))
