"""What the member wrote, sent or not, and what was decided about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member
from community import told
from community.models import (
    Appeal,
    Draft,
    Mark,
    Post,
    PostRevision,
    Report,
    ReviewReason,
    StoryConsent,
)

from .row import Named, Row, Rows, columns

POST = (
    "id", "kind", "parent", "question", "shown_as", "relation", "lane", "credential", "wants",
    "content_notes", "noindex", "created_at", "published_at", "hidden_at", "is_demo",
)  # fmt: skip
REVISION = (
    "number", "status", "title", "body", "basis", "source", "when_to_call", "covers", "created_at",
)  # fmt: skip
CONSENT = (
    "post", "wording", "who_knows", "on_this_site", "in_search_engines", "in_print", "for_teaching",
    "years", "given_at", "ends_at", "ended_at", "ending", "reminded_at",
)  # fmt: skip


def posts(member: Member) -> Rows:
    found = Post.objects.filter(author=member).select_related("cancer_type").order_by("pk")
    for post in found.prefetch_related("revisions", "topics"):
        yield {
            **columns(post, *POST),
            "topics": sorted(Named(topic.slug, topic.name) for topic in post.topics.all()),
            "cancer_type": Named(cancer.slug, cancer.name) if (cancer := post.cancer_type) else "",
        }


def revisions(member: Member) -> Rows:
    for revision in PostRevision.objects.filter(post__author=member).order_by("post", "number"):
        yield {"post": revision.post_id, "id": revision.pk, **columns(revision, *REVISION)}


def drafts(member: Member) -> Rows:
    for draft in Draft.objects.filter(author=member).order_by("pk"):
        yield columns(draft, "form", "about", "fields", "saved_at")


def consents(member: Member) -> Rows:
    for consent in StoryConsent.objects.by(member).order_by("pk"):
        yield columns(consent, *CONSENT)


def marks(member: Member) -> Rows:
    for mark in Mark.objects.filter(member=member).order_by("pk"):
        yield columns(mark, "post", "kind", "created_at")


def reports(member: Member) -> Rows:
    found = Report.objects.filter(reporter=member).select_related("item__revision").order_by("pk")
    for report in found:
        yield {
            "id": report.pk,
            "post": report.item.revision.post_id,
            **columns(report, "type", "words", "created_at"),
            "outcome": report.item.outcome,
        }


def appeals(member: Member) -> Rows:
    found = Appeal.objects.filter(item__revision__post__author=member).select_related("item__revision")
    for appeal in found.order_by("pk"):
        yield {
            "id": appeal.pk,
            "post": appeal.item.revision.post_id,
            **columns(appeal, "decision", "words"),
            "created_at": appeal.item.created_at,
            "outcome": appeal.item.outcome,
        }


def decisions(member: Member) -> Rows:
    """As the pages of their posts tell them: without what is the desk's own business."""
    for decision in told.decisions_on_posts_of(member):
        row: Row = {
            "id": decision.pk,
            "post": decision.item.revision.post_id,
            "revision": decision.item.revision.number,
            **columns(decision, "verb", "from_state", "to_state", "at"),
            "house_rule": decision.house_rule.number if decision.house_rule else None,
            "note": decision.text or "",
        }
        yield row


def findings(member: Member) -> Rows:
    found = ReviewReason.objects.filter(item__revision__post__author=member).select_related("item__revision")
    for reason in found.order_by("pk"):
        yield {
            "post": reason.item.revision.post_id,
            "revision": reason.item.revision.number,
            "kind": reason.code,
            **columns(reason, "strength", "part"),
            "at": reason.item.created_at,
        }


SECTIONS = (
    (
        "posts",
        _("Your posts"),
        _("Of the posts around yours only the numbers are here: their words are other people's."),
        posts,
    ),
    ("revisions", _("Every version of your words"), "", revisions),
    ("drafts", _("Your drafts"), "", drafts),
    ("consents", _("What you agreed to for your stories"), "", consents),
    (
        "marks",
        _("“This helped me”, “I am going through this too”, “Thank you”"),
        _("The ones you gave. Who gave them to you is told to nobody."),
        marks,
    ),
    ("reports", _("What you reported"), "", reports),
    ("appeals", _("What you asked somebody else to look at again"), "", appeals),
    (
        "decisions",
        _("What was decided about your posts, and what was written to you"),
        _(
            "Notes that the team wrote for itself, who reported a post, and the words of a report are not here: "
            "they are about other people too."
        ),
        decisions,
    ),
    (
        "findings",
        _("What automatic checks noticed in your posts"),
        _("They ask a person to look sooner, or offer help. They decide nothing."),
        findings,
    ),
)
