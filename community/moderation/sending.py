"""New words on their way to the desk. Sent twice by a double tap, they are one post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import CancerType, Topic
from cachexia_portal import events, launch
from cachexia_portal.accounts.models import Member
from community.models import ItemKind, Kind, Lane, Post, PostRevision, ReviewItem, ShownAs, Wants
from community.workflow import Status, TransitionRefused

from . import consenting, findings, lanes, small_teams
from .appearing import forget_in_search, show_without_name
from .consenting import Agreed
from .items import open_item
from .locking import locked, locked_writer, next_number
from .refusals import DoorsAreClosed, MayNotWrite


@transaction.atomic
def send_question(
    author: Member,
    *,
    title: str,
    body: str,
    shown_as: str = ShownAs.NAME,
    relation: str = "",
    topics: Iterable[Topic] = (),
    cancer_type: CancerType | None = None,
    wants: str = "",
    content_notes: Iterable[str] = (),
    noindex: bool = False,
) -> Post:
    """Keep a question and put it on the desk. Raises `MayNotWrite`."""
    author = locked_writer(author)
    waiting = _same_words_waiting(author, post__kind=Kind.QUESTION, title=title, body=body)
    if waiting:
        return _sent_again(waiting, shown_as, noindex=noindex)
    post = _new_post(
        author,
        kind=Kind.QUESTION,
        shown_as=shown_as,
        relation=relation,
        cancer_type=cancer_type,
        wants=wants,
        content_notes=list(content_notes),
        noindex=noindex,
    )
    post.topics.set(topics)
    return _send(post, title=title, body=body)


@transaction.atomic
def send_answer(
    author: Member,
    question: Post,
    *,
    body: str,
    lane: str = Lane.LIVED,
    shown_as: str = ShownAs.NAME,
    relation: str = "",
    basis: str = "",
    source: str = "",
    when_to_call: str = "",
) -> Post:
    """Keep an answer and put it on the desk, in the lane it was written for.

    Raises `MayNotWrite` where that lane is not open to this person or no answer is wanted, and
    `TransitionRefused` where a clinical answer does not say what it rests on and when to call.
    """
    author = locked_writer(author)
    words = {"body": body, "basis": basis, "source": source, "when_to_call": when_to_call}
    _check_that_answers_are_wanted(question)
    lanes.check_words(lane, words)
    lanes.check_appearance(lane, shown_as)
    waiting = _same_words_waiting(author, post__parent=question, post__lane=lane, body=body)
    if waiting:
        return _sent_again(waiting, shown_as)
    post = _new_post(
        author,
        kind=Kind.ANSWER,
        parent=question,
        question=question,
        lane=lane,
        credential=lanes.credential_of(author, question, lane),
        shown_as=shown_as,
        relation=relation,
    )
    return _send(post, **words)


@transaction.atomic
def send_reply(
    author: Member, answer: Post, *, body: str, shown_as: str = ShownAs.NAME, relation: str = ""
) -> Post:
    """Keep a reply to an answer and put it on the desk. Raises `MayNotWrite`; one level, so no reply to a reply."""
    if not answer.is_answer:
        raise TransitionRefused(_("A reply belongs under an answer."))
    author = locked_writer(author)
    waiting = _same_words_waiting(author, post__parent=answer, body=body)
    if waiting:
        return _sent_again(waiting, shown_as)
    post = _new_post(
        author,
        kind=Kind.REPLY,
        parent=answer,
        question_id=answer.question_id,
        shown_as=shown_as,
        relation=relation,
    )
    return _send(post, body=body)


@transaction.atomic
def send_story(
    author: Member,
    *,
    title: str,
    body: str,
    consent: Agreed,
    shown_as: str = ShownAs.NAME,
    relation: str = "",
    topics: Iterable[Topic] = (),
    content_notes: Iterable[str] = (),
) -> Post:
    """Keep a story with what its teller agrees to, and put it on the desk.

    Raises `MayNotWrite`, and `TransitionRefused` without a yes to this site. Sent twice, the later answers count.
    """
    author = locked_writer(author)
    waiting = _same_words_waiting(author, post__kind=Kind.STORY, title=title, body=body)
    if waiting:
        consenting.give(locked(waiting), consent)
        return _sent_again(waiting, shown_as)
    post = _new_post(
        author,
        kind=Kind.STORY,
        shown_as=shown_as,
        relation=relation,
        content_notes=list(content_notes),
    )
    post.topics.set(topics)
    consenting.give(post, consent)
    return _send(post, title=title, body=body)


def put_on_the_desk(revision: PostRevision, kind: ItemKind, **columns: Any) -> ReviewItem:
    """One item for newly sent words, looked over, and handed on where nobody could decide it."""
    item = open_item(revision, kind, **columns)
    post = revision.post
    events.record("sent", item, by=post.on_record(post.author), to_state=Status.SUBMITTED)
    findings.look_over(item, post.author.country)
    for each in revision.review_items.all():
        small_teams.hand_over_if_lonely(each)
    return item


def _check_that_answers_are_wanted(question: Post) -> None:
    if not question.is_question:
        raise TransitionRefused(_("An answer belongs under a question."))
    if question.wants == Wants.NO_REPLY:
        raise MayNotWrite(_("The person who wrote this asked for no replies."))


def _same_words_waiting(author: Member, **same: object) -> Post | None:
    """Of a locked writer: what a double tap has sent already."""
    waiting = PostRevision.objects.filter(post__author=author, status=Status.SUBMITTED, **same)
    revision = waiting.select_related("post").first()
    return revision.post if revision else None


def _sent_again(post: Post, shown_as: str, *, noindex: bool = False) -> Post:
    """One post. Whoever went back to take the name off, or to keep it out of searches, gets what they asked for."""
    if shown_as == ShownAs.ANONYMOUS:
        show_without_name(post, by=post.author)
    if noindex:
        forget_in_search(post, by=post.author)
    return post


def _new_post(author: Member, **fields: Any) -> Post:
    """Every new post begins here. What is written on a demonstration site belongs to the demonstration."""
    if not launch.may_people_write():
        raise DoorsAreClosed
    is_demo = author.is_demo or settings.IS_DEMO_SITE
    return Post.objects.create(author=author, is_demo=is_demo, **fields)


def _send(post: Post, **words: str) -> Post:
    revision = post.revisions.create(number=next_number(post), **words)
    put_on_the_desk(revision, ItemKind.NEW)
    return post
