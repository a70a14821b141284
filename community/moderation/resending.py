"""An author's newer words for a post that was sent before, in whatever state it stands."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Member
from community.models import ItemKind, Post, PostRevision, ReviewItem
from community.workflow import REPLACE_ASKED, REPLACE_WAITING, Status, TransitionRefused, Verb

from . import consenting, lanes
from .consenting import Agreed
from .items import close_for_the_writer
from .locking import locked, locked_writer, newest_of, next_number
from .refusals import ChangedMeanwhile, MayNotWrite
from .sending import put_on_the_desk

#: How the words that newer ones replace leave; those in another state stay where they are.
LEAVING = {Status.SUBMITTED: REPLACE_WAITING, Status.CHANGES_REQUESTED: REPLACE_ASKED}
REPLACED_KINDS = (ItemKind.NEW, ItemKind.EDIT, ItemKind.APPEAL)


@transaction.atomic
def send_again(
    post: Post,
    *,
    by: Member,
    seen: int,
    title: str = "",
    body: str,
    basis: str = "",
    source: str = "",
    when_to_call: str = "",
    consent: Agreed | None = None,
) -> PostRevision:
    """Put newer words on the desk. What is public stays public until they are approved.

    `seen` is the number of the version that the form was made from. Waiting words are replaced and
    keep their place in the queue; the same words twice are one version. A story whose consent has
    ended needs a new one. Raises `MayNotWrite`, `ChangedMeanwhile`, or `TransitionRefused` for
    anybody but the author.
    """
    by = locked_writer(by)
    post = locked(post)
    words = _checked_words(
        post, by, title=title, body=body, basis=basis, source=source, when_to_call=when_to_call
    )
    newest = newest_of(post)
    if newest.status in (Status.SUBMITTED, Status.APPROVED) and _are_the_same(newest, words):
        if consent:
            _agree_again(post, consent)
        return newest
    if newest.number > seen:
        raise ChangedMeanwhile(newest)
    _agree_again(post, consent)
    place = _take_the_place_of(newest, by)
    kind = ItemKind.EDIT if post.published_revision_id else ItemKind.NEW
    revision = post.revisions.create(number=next_number(post), **words)
    put_on_the_desk(revision, kind, **place)
    return revision


def _checked_words(post: Post, by: Member, **words: str) -> dict[str, str]:
    if post.author_id != by.pk:
        raise TransitionRefused(_("Only its author changes a post."))
    if post.question_id:
        words["title"] = ""
    lanes.check_words(post.lane, words)
    if post.question and post.is_clinical and lanes.clinical_credential_for(by, post.question) is None:
        raise MayNotWrite(_("A clinical answer needs a checked credential for the topics of this question."))
    return words


def _agree_again(post: Post, consent: Agreed | None) -> None:
    """What stands is changed under `/me/`; here it is given anew where none stands."""
    if not post.is_story or consenting.is_live(post):
        return
    if consent is None:
        raise TransitionRefused(_("Your consent has ended, so this was not sent. Please agree again."))
    consenting.give(post, consent)


def _are_the_same(revision: PostRevision, words: dict[str, str]) -> bool:
    return all(getattr(revision, field) == text for field, text in words.items())


def _take_the_place_of(earlier: PostRevision, by: Member) -> dict[str, Any]:
    """Move what waited out of the way; whoever changes waiting words does not go to the end of the queue."""
    before = Status(earlier.status)
    if before in LEAVING:
        earlier.move(LEAVING[before], by=by)
    place: dict[str, Any] = {}
    if before == Status.APPROVED:
        return place
    for item in ReviewItem.objects.open().filter(revision=earlier, kind__in=REPLACED_KINDS):
        item.revision = earlier
        close_for_the_writer(item, Verb.REPLACE, by=by, before=before)
        if item.kind != ItemKind.APPEAL:
            place = {"created_at": item.created_at, "escalated_at": item.escalated_at}
    return place
