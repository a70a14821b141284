"""Posts of every kind and lane, and what can happen to them."""

from __future__ import annotations

import itertools

import pytest

from community import moderation
from community.models import ItemKind, Kind, Lane, ReviewItem
from community.workflow import Verb
from tests.community.conftest import publish
from tests.community.telling.conftest import let_it_end

NUMBERS = itertools.count()
#: Every kind of post with every lane it can stand in.
KINDS_AND_LANES = [
    (Kind.QUESTION, ""),
    *((Kind.ANSWER, lane) for lane in Lane),
    (Kind.REPLY, ""),
    (Kind.STORY, ""),
]
CLINICAL = {"basis": "consensus", "when_to_call": "When they cannot drink."}


def decide(post, verb, by, *, reason="", house_rule=None, kind=None, spans=()):
    """Decide the post's open item, of this kind where it has several."""
    items = ReviewItem.objects.open().filter(revision__post=post).order_by("pk")
    item = (items.filter(kind=kind) if kind else items).select_related("revision__post").last()
    decision = moderation.decide(
        item,
        by=by,
        version=item.version,
        verb=verb,
        reason=reason,
        house_rule=house_rule,
        spans=spans,
    )
    post.refresh_from_db()
    return decision


@pytest.fixture
def people(caregiver, moderator, other_moderator, clinician, editor):
    """Who writes in each lane."""
    return {"": caregiver, Lane.LIVED: caregiver, Lane.CLINICAL: clinician, Lane.STAFF: editor}


@pytest.fixture
def above(other_caregiver, moderator):
    """A question and an answer of somebody else, which everybody can read."""
    question = moderation.send_question(other_caregiver, title="Soup or bread", body="Which of them?")
    publish(question, moderator)
    answer = publish(moderation.send_answer(other_caregiver, question, body="Soup, first."), moderator)
    question.refresh_from_db()
    return question, answer


@pytest.fixture
def send(people, above):
    """`send(kind, lane)`: a post that waits."""
    question, answer = above

    def make(kind, lane=""):
        author, body = people[lane], f"My words {next(NUMBERS)}"
        if kind == Kind.QUESTION:
            return moderation.send_question(author, title="My title", body=body)
        if kind == Kind.STORY:
            agreed = moderation.Agreed(who_knows="own", on_this_site=True)
            return moderation.send_story(author, title="My title", body=body, consent=agreed)
        if kind == Kind.REPLY:
            return moderation.send_reply(author, answer, body=body)
        more = CLINICAL if lane == Lane.CLINICAL else {}
        return moderation.send_answer(author, question, body=body, lane=lane, **more)

    return make


@pytest.fixture
def send_again():
    """`send_again(post)`: newer words of it, which wait."""

    def make(post):
        more = CLINICAL if post.lane == Lane.CLINICAL else {}
        seen = post.revisions.latest("number").number
        title = "" if post.question_id else "My newer title"
        body = f"My newer words {next(NUMBERS)}"
        moderation.send_again(post, by=post.author, seen=seen, title=title, body=body, **more)
        post.refresh_from_db()
        return post

    return make


@pytest.fixture
def states(send_again, moderator, above, house_rule):
    """For each place its name and how a waiting post comes there."""

    def approved(post):
        decide(post, Verb.PUBLISH, moderator)

    def asked(post):
        decide(post, Verb.ASK_CHANGE, moderator, reason="Please leave out the name.")

    def refused(post):
        decide(post, Verb.REFUSE, moderator, reason="It names the ward.", house_rule=house_rule)

    def hidden(post):
        approved(post)
        moderation.hide(post, by=moderator, house_rule=house_rule, reason="Somebody is named.")

    def gone(post):
        approved(post)
        question = above[0] if not post.is_question else None
        if question:
            moderation.withdraw(question, by=question.author)

    def over(post):
        approved(post)
        let_it_end(post)

    def taken_back(post):
        moderation.withdraw(post, by=post.author)

    def edited(then):
        def act(post):
            approved(post)
            send_again(post)
            then(post)

        return act

    return {
        "WAITING": lambda post: None,
        "EDIT_WAITING": edited(lambda post: None),
        "CHANGE_ASKED": asked,
        "EDIT_CHANGE_ASKED": edited(asked),
        "ON_SITE": approved,
        "HIDDEN": hidden,
        "OUT_OF_SIGHT": gone,
        "CONSENT_OVER": over,
        "REFUSED": refused,
        "EDIT_REFUSED": edited(refused),
        "TAKEN_BACK": taken_back,
    }


@pytest.fixture
def worried(people):
    """`worried(post)`: an open item because somebody may be in danger."""
    return lambda post: post.revisions.latest("number").review_items.create(kind=ItemKind.SAFETY)
