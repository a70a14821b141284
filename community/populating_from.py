"""Posts that somebody hands over as a list, so that they can be searched here: published demo rows like any."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from cachexia_portal.accounts.models.credential import Profession

from .models import Kind, Lane
from .models.revisions import BODY_LENGTH, TITLE_LENGTH
from .populating import (
    BATCH,
    BETWEEN,
    People,
    check_that_this_is_a_demo,
    clinical,
    let_the_site_know,
    moment,
    published,
)
from .populating_rows import Sent, Thread, store

CLINICAL = {"clinical", "clinician", "verified clinician", *Profession.values}


class BadList(Exception):
    """What was handed over is not such a list; the message says where and why."""


@dataclass(frozen=True)
class Asked:
    """One entry, looked over."""

    key: str | int
    title: str
    body: str
    answers: list[tuple[str, str]]  # role and text


def populate_from(text: str) -> dict[str, int]:
    """Write them all or none; gives our id for each of theirs. Raises `NotADemoSite` and `BadList`."""
    check_that_this_is_a_demo()
    entries = list(_entries(text))
    people = People(Random(len(entries)))  # noqa: S311 (nothing here is secret)
    newest = timezone.now()
    threads = [_thread(entry, people, newest - BETWEEN * place) for place, entry in enumerate(entries)]
    with transaction.atomic():
        for start in range(0, len(threads), BATCH):
            store(threads[start : start + BATCH], people.moderator)
    let_the_site_know()
    posts = [thread.question.post for thread in threads]
    return {str(entry.key): post.pk for entry, post in zip(entries, posts, strict=True)}


def _thread(entry: Asked, people: People, at: Any) -> Thread:
    author = people.carer()
    post = published(author, at, kind=Kind.QUESTION, relation=author.relation)
    asked = Sent(post, {"title": entry.title, "body": entry.body})
    answers = [_answer(asked, number, *answer, people) for number, answer in enumerate(entry.answers)]
    return Thread(asked, answers)


def _answer(asked: Sent, number: int, role: str, text: str, people: People) -> Sent:
    """In the clinical lane where the role is one of training; all others tell what they lived."""
    credential = people.speaking_on([]) if role in CLINICAL else None
    if credential:
        return clinical(asked, number, credential, text)
    author = people.carer()
    columns = {"kind": Kind.ANSWER, "lane": Lane.LIVED, "parent": asked.post, "question": asked.post}
    post = published(author, moment(asked, number), relation=author.relation, **columns)
    return Sent(post, {"body": text})


# --- Looking the list over --------------------------------------------------------------


def _entries(text: str) -> Iterator[Asked]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BadList(f"This is not JSON: {wrong}") from wrong
    if not isinstance(rows, list):
        raise BadList("This is not a list.")
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        entry = _entry(row, f"Entry {place}")
        if str(entry.key) in seen:
            raise BadList(f"Entry {place}: the id “{entry.key}” was there before.")
        seen.add(str(entry.key))
        yield entry


def _entry(row: Any, where: str) -> Asked:
    if not isinstance(row, dict) or not isinstance(row.get("id"), (str, int)) or isinstance(row["id"], bool):
        raise BadList(f"{where}: it needs an id.")
    _check_signs(str(row["id"]), "id", where)  # it is printed once all is written
    answers = row.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise BadList(f"{where}: “answers” is not a list of answers.")
    told = [
        (str(answer.get("role", "")).lower().replace("_", " "), _words(answer, "text", BODY_LENGTH, where))
        for answer in answers
    ]
    title = _words(row, "title", TITLE_LENGTH, where)
    return Asked(row["id"], title, _words(row, "body", BODY_LENGTH, where), told)


def _words(row: dict[str, Any], name: str, longest: int, where: str) -> str:
    """The words as given. Raises `BadList` where a form of this site would not take them."""
    words = row.get(name)
    if not isinstance(words, str) or not words.strip():
        raise BadList(f"{where}: “{name}” is missing.")
    if len(words) > longest:
        raise BadList(f"{where}: “{name}” is longer than {longest} characters.")
    _check_signs(words, name, where)
    return words


def _check_signs(words: str, name: str, where: str) -> None:
    if "\x00" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
        raise BadList(f"{where}: “{name}” holds a sign that cannot be stored.")
