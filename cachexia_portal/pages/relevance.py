"""The judged searches, and how well the search of this site answers them.

A pool is a kind of question with what it is asked of: searches of questions, new posts
compared with questions, searches of our guides by section. The demonstration community
holds the starter questions, whose ids the judgements name; they are known by their titles.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser

from articles import searchable as articles_shelves
from articles.models import Article, SourceDocument
from cachexia_portal import search
from cachexia_portal.search.models import Shelf
from community import searchable
from community.models import Post
from community.similar import similar
from community.starter_posts import starter_questions

from .measuring import mean, ndcg, recall

DEEP = 10  # hits that are looked at
JUDGED, OWN = "relevance.json", "own_queries.json"
Synonyms = Sequence[Sequence[str]]
Ranked = list[str]


class NotThere(Exception):
    """What the judgements speak of is not in this database; the message says what to do."""


@dataclass(frozen=True)
class Judged:
    """One search or one new post, with what answers it."""

    id: str
    grades: dict[str, int]
    text: str = ""
    title: str = ""
    body: str = ""


@dataclass(frozen=True)
class Pool:
    name: str
    judged: list[Judged]
    rank: Callable[[Judged, Synonyms], Ranked]


@dataclass(frozen=True)
class Figures:
    """The means over a pool, each from 0 to 1, and what came of each search."""

    ndcg: float
    recall: float
    ranked: dict[str, Ranked] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)


def measure(pool: Pool, synonyms: Synonyms) -> Figures:
    """Ask all that is judged; what nothing answers is asked too, but is in no mean."""
    ranked = {each.id: pool.rank(each, synonyms) for each in pool.judged}
    worth = {each.id: ndcg(ranked[each.id], each.grades, at=DEEP) for each in pool.judged if each.grades}
    recalled = (recall(ranked[each.id], each.grades) for each in pool.judged if 2 in each.grades.values())
    return Figures(mean(worth.values()), mean(recalled), ranked, worth)


@dataclass
class Library:
    """The judgements in a folder, over what this database holds now."""

    folder: Path

    def pools(self) -> Iterator[Pool]:
        """The pools that can be measured here. Raises `NotThere` where even the starter questions are missing."""
        self._must_hold_the_starter_questions()
        searched, posted = self._own
        yield Pool("questions", _of(self._judged["queries"], "questions"), self._questions)
        yield Pool("duplicates", _of(self._judged["duplicates"], "questions"), self._duplicates)
        yield Pool("own questions", _of(searched, "questions"), self._questions)
        yield Pool("own duplicates", _of(posted, "questions"), self._duplicates)
        yield Pool("own sections", _of(searched, "sections"), self._guides)
        yield Pool("own passages", _of(posted, "sections"), self._passages)
        if self._documents:
            yield Pool("sections", _of(self._judged["queries"], "sections"), self._sources)

    # --- What is judged -----------------------------------------------------------

    @cached_property
    def _judged(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / JUDGED).read_text(encoding="utf-8")))

    @cached_property
    def _own(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rows = json.loads((self.folder / OWN).read_text(encoding="utf-8"))["queries"]
        return [row for row in rows if "query" in row], [row for row in rows if "query" not in row]

    # --- What is asked ------------------------------------------------------------

    def _questions(self, judged: Judged, synonyms: Synonyms) -> Ranked:
        return [self._name(hit.row) for hit in self._searched(judged.text, synonyms, Shelf.QUESTIONS)]

    def _guides(self, judged: Judged, synonyms: Synonyms) -> Ranked:
        hits = self._searched(judged.text, synonyms, Shelf.ARTICLES)
        return [_section(self._slugs[hit.row], hit.anchor) for hit in hits]

    def _searched(self, text: str, synonyms: Synonyms, shelf: Shelf) -> Sequence[search.Hit]:
        """As the search page asks: everything that everybody may read."""
        nobody = AnonymousUser()
        among = {**searchable.shelves(nobody), **articles_shelves.shelves(nobody)}
        return search.search(text, among=among, synonyms=synonyms, limit=DEEP).groups.get(shelf, [])

    def _duplicates(self, judged: Judged, synonyms: Synonyms) -> Ranked:
        found = similar(judged.body, title=judged.title, limit=DEEP, synonyms=synonyms)
        return [self._name(each.pk) for each in found.questions]

    def _passages(self, judged: Judged, synonyms: Synonyms) -> Ranked:
        found = similar(judged.body, title=judged.title, limit=DEEP, synonyms=synonyms)
        return [_section(*_place(each.url)) for each in found.passages]

    def _sources(self, judged: Judged, synonyms: Synonyms) -> Ranked:
        among = {Shelf.SOURCES: search.Visible(SourceDocument.objects.filter(pk__in=self._documents))}
        # A judged section may be found in several pieces, and counts once.
        found = search.search(judged.text, among=among, synonyms=synonyms, limit=DEEP * 3)
        hits = found.groups.get(Shelf.SOURCES, [])
        return [name for hit in hits for name in self._held(self._documents[hit.row], hit.anchor)]

    # --- What the ids stand for ---------------------------------------------------

    @cached_property
    def _ids(self) -> dict[int, str]:
        """The id in the judgements of each starter question that is public here, by its row."""
        titles = {question["title"]: question["id"] for question in starter_questions()}
        public = Post.objects.visible_to(AnonymousUser()).questions().filter(is_demo=True)
        rows = public.filter(published_revision__title__in=titles)
        return {pk: titles[title] for pk, title in rows.values_list("pk", "published_revision__title")}

    def _name(self, row: int) -> str:
        return self._ids.get(row, f"question {row}")

    @cached_property
    def _slugs(self) -> dict[int, str]:
        return dict(Article.objects.values_list("pk", "slug"))

    @cached_property
    def _documents(self) -> dict[int, str]:
        """The documents that the judgements speak of, where they were imported: row to digest."""
        digests = {section["sha256"] for section in self._judged["sections"]}
        return dict(SourceDocument.objects.filter(sha256__in=digests).values_list("pk", "sha256"))

    def _held(self, digest: str, lines: str) -> list[str]:
        """The judged sections that share a half or more with a piece of a document; or the piece itself."""
        first, last = (int(number) for number in lines.split("-"))
        sections = (each for each in self._judged["sections"] if each["sha256"] == digest)
        held = [each["id"] for each in sections if _share(each["lines"], first, last) >= 0.5]
        return held or [f"{digest[:8]} {lines}"]

    def _must_hold_the_starter_questions(self) -> None:
        judged = {name for row in self._judged["queries"] for name in row["questions"]}
        if missing := judged.difference(self._ids.values()):
            raise NotThere(
                f"{len(missing)} of the starter questions are not here. They come with `bootstrap --demo`."
            )


def _of(rows: list[dict[str, Any]], what: str) -> list[Judged]:
    return [
        Judged(row["id"], row[what], row.get("query", ""), row.get("title", ""), row.get("body", ""))
        for row in rows
    ]


def _place(url: str) -> tuple[str, str]:
    """The slug and the anchor in the address of a passage."""
    path, _, anchor = url.partition("#")
    return path.strip("/").rpartition("/")[2], anchor


def _section(slug: str, anchor: str) -> str:
    return f"{slug}#{anchor.removeprefix('part-')}"


def _share(judged: Sequence[int], first: int, last: int) -> float:
    """How much of the shorter stands in the other, 0 to 1; lines, both ends counted in."""
    begins, ends = judged
    shorter = min(ends - begins, last - first) + 1
    return max(0, min(ends, last) - max(begins, first) + 1) / shorter
