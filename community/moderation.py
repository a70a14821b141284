"""From somebody's words to a public page: every act that touches a post, its item and its notices.

Each act locks the post first, so that two people acting at once come one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal import events, outbox
from cachexia_portal.accounts.models import AccountClosed, Member

from .models import Audience, Decision, Kind, Lane, Post, PostRevision, ReviewItem, ShownAs
from .workflow import (
    PUBLISH,
    REFUSE,
    SUPERSEDE,
    TAKE_BACK,
    TAKE_DOWN,
    Outcome,
    Status,
    Transition,
    TransitionRefused,
    Verb,
)

if TYPE_CHECKING:
    from .models import HouseRule


class AlreadyDecided(TransitionRefused):
    """Somebody else was faster; `decision` says who did what when."""

    def __init__(self, item: ReviewItem) -> None:
        super().__init__(item.pk)
        self.item = item
        self.decision = item.decisions.select_related("who").last()


class MayNotWrite(TransitionRefused):
    """The account was closed, or the consent taken back, while the words were on their way."""


# --- What the author does -----------------------------------------------------


@transaction.atomic
def send_question(
    author: Member, *, title: str, body: str, shown_as: str = ShownAs.NAME, relation: str = ""
) -> Post:
    """Keep a question and put it on the desk. Sent twice by a double tap, it is one question.

    Raises `MayNotWrite`.
    """
    author = _locked_writer(author)
    waiting = _same_words_waiting(author, post__kind=Kind.QUESTION, title=title, body=body)
    if waiting:
        return waiting
    post = _new_post(author, kind=Kind.QUESTION, shown_as=shown_as, relation=relation)
    return _submit(post, title=title, body=body)


@transaction.atomic
def send_answer(
    author: Member, question: Post, *, body: str, shown_as: str = ShownAs.NAME, relation: str = ""
) -> Post:
    """Keep an answer from lived experience and put it on the desk. Raises `MayNotWrite`."""
    author = _locked_writer(author)
    waiting = _same_words_waiting(author, post__parent=question, body=body)
    if waiting:
        return waiting
    post = _new_post(
        author,
        kind=Kind.ANSWER,
        parent=question,
        question=question,
        lane=Lane.LIVED,
        shown_as=shown_as,
        relation=relation,
    )
    return _submit(post, title="", body=body)


@transaction.atomic
def withdraw(post: Post, *, by: Member) -> None:
    """Take a post back, waiting or live, at once and without a reason. Nothing to take back is no error."""
    post = _locked(post.pk)
    live = post.published_revision
    if live:
        post.take_down()
        live.move(TAKE_DOWN, by=by)
    _take_back_waiting(post, by=by)


@transaction.atomic
def withdraw_all_of(member: Member, *, by: Member) -> None:
    """Take back everything a member has sent: when they leave, or end their consent."""
    for post in _posts_of(member, by):
        withdraw(post, by=by)


@transaction.atomic
def withdraw_waiting_of(member: Member, *, by: Member) -> None:
    """Take back what nobody has decided yet: when a member leaves and their public posts stay."""
    for post in _posts_of(member, by):
        _take_back_waiting(_locked(post.pk), by=by)


# --- What a moderator does ----------------------------------------------------


@transaction.atomic
def publish(item: ReviewItem, *, by: Member, version: int, team_note: str = "") -> Decision:
    """Make these words public, in place of any the post showed before. Raises `AlreadyDecided`."""
    post = _lock_and_resolve(item, Outcome.PUBLISHED, version=version)
    _supersede_live_words(post, by=by)
    decision = _decide(item, Verb.PUBLISH, PUBLISH, by=by)
    post.show(item.revision)
    _keep_note(decision, Audience.TEAM, team_note)
    _tell_author(decision)
    return decision


@transaction.atomic
def refuse(
    item: ReviewItem, *, by: Member, version: int, house_rule: HouseRule, reason: str, team_note: str = ""
) -> Decision:
    """Do not publish, for a house rule and a reason that the author reads. Raises `AlreadyDecided`."""
    if not reason.strip():
        raise TransitionRefused("a refusal needs a reason")
    _lock_and_resolve(item, Outcome.REFUSED, version=version)
    decision = _decide(item, Verb.REFUSE, REFUSE, by=by, house_rule=house_rule)
    _keep_note(decision, Audience.AUTHOR, reason)
    _keep_note(decision, Audience.TEAM, team_note)
    _tell_author(decision)
    return decision


# --- The steps they share -----------------------------------------------------


def _locked_writer(author: Member) -> Member:
    """The member as they are now, locked: of two requests at once the second sees the first.

    Closing the account and ending the consent lock the same row.
    """
    try:
        writer = Member.objects.locked(author)
    except AccountClosed as closed:
        raise MayNotWrite(
            _(
                "This account was closed, so nothing was sent. Your words are still here if you want to copy them."
            )
        ) from closed
    if not writer.has_health_consent:
        raise MayNotWrite(
            _("You took back your consent for health data, so this was not sent. Your words are still here.")
        )
    return writer


def _same_words_waiting(author: Member, **same: object) -> Post | None:
    """Of a locked writer: what a double tap has sent already."""
    waiting = PostRevision.objects.filter(post__author=author, status=Status.SUBMITTED, **same)
    revision = waiting.select_related("post").first()
    return revision.post if revision else None


def _new_post(author: Member, **fields: object) -> Post:
    """What is written on a demonstration site belongs to the demonstration."""
    is_demo = author.is_demo or settings.IS_DEMO_SITE
    return Post.objects.create(author=author, is_demo=is_demo, **fields)


def _submit(post: Post, *, title: str, body: str) -> Post:
    revision = post.revisions.create(number=post.revisions.count() + 1, title=title, body=body)
    item = revision.review_items.create()
    events.record("sent", item, by=post.on_record(post.author), to_state=Status.SUBMITTED)
    return post


def _locked(post_id: int) -> Post:
    return Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post_id)


def _lock_and_resolve(item: ReviewItem, outcome: Outcome, *, version: int) -> Post:
    """Close the item as it was seen, or raise `AlreadyDecided`; then read the words afresh.

    Who may decide is the transition's to say; where it refuses, the item is open again.
    """
    post = _locked(item.revision.post_id)
    if not item.resolve(outcome, version=version):
        raise AlreadyDecided(item)
    item.revision = post.revisions.get(pk=item.revision_id)
    item.revision.post = post
    return post


def _supersede_live_words(post: Post, *, by: Member) -> None:
    live = post.published_revision
    if live:
        post.take_down()
        live.move(SUPERSEDE, by=by)


def _posts_of(member: Member, by: Member) -> QuerySet[Post]:
    if by.pk != member.pk:
        raise TransitionRefused("only their author takes posts back")
    return Post.objects.filter(author=member).order_by("pk")


def _take_back_waiting(post: Post, *, by: Member) -> None:
    """Of a locked post: close its open items and move its waiting words back to their author."""
    waiting = ReviewItem.objects.open().filter(revision__post=post, revision__status=Status.SUBMITTED)
    for item in waiting.select_related("revision__post"):
        item.resolve(Outcome.WITHDRAWN, version=item.version)
        _decide(item, Verb.WITHDRAW, TAKE_BACK, by=by)


def _decide(
    item: ReviewItem, verb: Verb, transition: Transition, *, by: Member, house_rule: HouseRule | None = None
) -> Decision:
    """Move the revision and keep the decision as a row that never changes."""
    item.revision.move(transition, by=by)
    return item.decisions.create(
        who=by,
        verb=verb,
        from_state=transition.source,
        to_state=transition.target,
        house_rule=house_rule,
    )


def _keep_note(decision: Decision, audience: Audience, text: str) -> None:
    if text.strip():
        decision.notes.create(audience=audience, text=text)


def _tell_author(decision: Decision) -> None:
    """A mail without a word of the post; nobody is written to after closing an account."""
    post = decision.item.revision.post
    if not post.author.email:
        return
    path = reverse("community:my_post", args=[post.pk])
    outbox.enqueue(
        f"community.decision.{decision.pk}",
        post.author.email,
        _("Your post has been read"),
        render_to_string("community/mail/post_read.txt", {"address": settings.SITE_URL + path}),
    )
