"""Something to practise on for new moderators: posts in every state, made by the ordinary acts alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cachexia_portal.accounts.models import Member

from . import moderation
from .demo_sending import READERS, Sender
from .models import Decision, HouseRule, Kind, Post, ReviewItem
from .workflow import Verb

Step = dict[str, Any]


def practise(sender: Sender, posts: list[dict[str, Any]]) -> None:
    """Send each post, or take the one it is about, and do the steps one after the other."""
    for each in posts:
        post = sender.posts[each["about"]] if "about" in each else _sent(sender, each)
        for step in each["then"]:
            ACTS[step["act"]](post, step, sender.people)


def _sent(sender: Sender, each: dict[str, Any]) -> Post:
    if each["kind"] == Kind.STORY:
        return sender.tell(each)
    if each["kind"] == Kind.ANSWER:
        return sender.answer(sender.posts[each["under"]], each, each["id"])
    return sender.ask(each)


# --- What is done with a post ----------------------------------------------------------


def _decide(post: Post, step: Step, people: dict[str, Member]) -> None:
    item = _open_item(post)
    moderation.decide(
        item,
        by=_reader(step, people),
        version=item.version,
        verb=Verb(step["act"]),
        reason=step.get("reason", ""),
        house_rule=_rule(step) if "rule" in step else None,
        team_note=step.get("team_note", ""),
        spans=_places(item, step.get("covers", ())),
    )


def _hide(post: Post, step: Step, people: dict[str, Member]) -> None:
    by = _reader(step, people)
    moderation.hide(post, by=by, house_rule=_rule(step), reason=step["reason"])


def _restore(post: Post, step: Step, people: dict[str, Member]) -> None:
    moderation.restore(post, by=_reader(step, people), team_note=step["team_note"])


def _undo(post: Post, step: Step, people: dict[str, Member]) -> None:
    decision = _last_decision(post)
    moderation.undo(decision, by=decision.who)


def _claim(post: Post, step: Step, people: dict[str, Member]) -> None:
    moderation.claim(_open_item(post), by=_reader(step, people))


def _appeal(post: Post, step: Step, people: dict[str, Member]) -> None:
    moderation.appeal(_last_decision(post), by=post.author, words=step["words"])


def _report(post: Post, step: Step, people: dict[str, Member]) -> None:
    moderation.report(post, by=people[step["by"]], type=step["type"], words=step["words"])


def _send_again(post: Post, step: Step, people: dict[str, Member]) -> None:
    newest = post.revisions.newest_words().get()
    title = step.get("title", newest.title)
    moderation.send_again(post, by=post.author, seen=newest.number, title=title, body=step["body"])


def _withdraw(post: Post, step: Step, people: dict[str, Member]) -> None:
    moderation.withdraw(post, by=post.author)


ACTS: dict[str, Callable[[Post, Step, dict[str, Member]], None]] = {
    **dict.fromkeys(
        (Verb.PUBLISH, Verb.COVER, Verb.ASK_CHANGE, Verb.REFUSE, Verb.KEEP, Verb.ESCALATE), _decide
    ),
    Verb.HIDE: _hide,
    Verb.RESTORE: _restore,
    Verb.UNDO: _undo,
    Verb.WITHDRAW: _withdraw,
    "claim": _claim,
    "appeal": _appeal,
    "report": _report,
    "send_again": _send_again,
}


# --- What it is done to ----------------------------------------------------------------


def _open_item(post: Post) -> ReviewItem:
    return ReviewItem.objects.open().in_turn().filter(revision__post=post).select_related("revision__post")[0]


def _last_decision(post: Post) -> Decision:
    made = Decision.objects.filter(item__revision__post=post).select_related("who", "item__revision__post")
    return made.latest("pk")


def _reader(step: Step, people: dict[str, Member]) -> Member:
    return people[step.get("by", READERS[0])]


def _rule(step: Step) -> HouseRule:
    return HouseRule.objects.in_force().get(number=step["rule"])


def _places(item: ReviewItem, details: list[str]) -> list[tuple[str, int, int]]:
    """Where these private details stand in the text."""
    body = item.revision.body
    return [("body", body.index(detail), body.index(detail) + len(detail)) for detail in details]
