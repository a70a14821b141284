"""The one statement that fetches what may be an answer, in the language of each database.

Stems hold letters and digits only, so they need no escaping inside a match; they are
passed as parameters all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from .asking import Stems, Wanted
from .choosing import FETCHED, Choice, Clause, chosen
from .indexes import TABLE, beside
from .models import SearchCount, Shelf
from .vocabulary import Vocabulary

MOST = 200  # documents that are ranked
RANKED_BY = 8  # words: the most telling ones, before the finer ranking
TESTED_PACKED = 4  # of these, before it pays to unpack the stems of a document once for all
OF_TITLE = 3.0  # a word in the title counts as much as in so many texts, before the finer ranking
COLUMNS = "id, shelf, row, part, title_stems, body_stems"
STAMP = f"SELECT 0, stamp, 0, 0, '', '' FROM search_searchcount WHERE id = {SearchCount.ONLY}"


class Candidate(NamedTuple):
    id: int
    shelf: str
    row: int
    part: int
    title_stems: str
    body_stems: str


def fetch(
    wanted: Sequence[Wanted], shelves: Iterable[Shelf], vocabulary: Vocabulary, *, calm_only: bool
) -> tuple[str, list[Candidate]]:
    """The stamp of the newest count, and the candidates of all shelves, in one query."""
    shelves = list(shelves)
    branches, params = [STAMP], []
    for shelf in shelves:
        sql, values = _branch(
            wanted, shelf, chosen(wanted, shelf, vocabulary), calm_only, MOST // len(shelves)
        )
        branches.append(f"SELECT {COLUMNS} FROM ({sql}) AS in_{shelf}")
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(branches), params)
        rows = [Candidate(*row) for row in cursor.fetchall()]
    return next((row.shelf for row in rows if not row.id), ""), [row for row in rows if row.id]


def _branch(
    wanted: Sequence[Wanted], shelf: Shelf, choice: Choice, calm_only: bool, limit: int
) -> tuple[str, list[Any]]:
    """The best of one shelf, coarsely ranked."""
    language = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    match, match_params = language.match(shelf, choice)
    telling = sorted(wanted, key=lambda one: -one.rarity * one.weight)[:RANKED_BY]
    rank, rank_params = _coarse_rank(telling, language)
    also = "".join([" AND NOT is_urgent" * calm_only, " AND NOT is_demo" * (not settings.IS_DEMO_SITE)])
    read = language.read(len(telling))
    fetched = f"SELECT {read} FROM {TABLE} WHERE shelf = '{shelf}' AND {match}{also} LIMIT {FETCHED}"
    sql = f"SELECT {COLUMNS}, {rank} AS held FROM ({fetched}) AS fetched ORDER BY held DESC, id DESC LIMIT {limit}"
    return sql, [*rank_params, *match_params]


def _coarse_rank(
    telling: Sequence[Wanted], language: type[SQLITE] | type[POSTGRESQL]
) -> tuple[str, list[Any]]:
    """How rare the words are that a document holds; those of its title count more."""
    terms, params = [], []
    for one in telling:
        anywhere, params_anywhere = language.holds("any", one)
        in_title, title_params = language.holds("title", one)
        worth = one.rarity * one.weight
        of_title = f"CAST({worth * OF_TITLE:.4f} AS DOUBLE PRECISION)"  # PostgreSQL adds decimals slowly
        terms.append(f"CASE WHEN NOT {anywhere} THEN 0 WHEN {in_title} THEN {of_title} ELSE {worth:.4f} END")
        params += [*params_anywhere, *title_params]
    return " + ".join(terms), params


class POSTGRESQL:
    """tsvector and tsquery."""

    COLUMN = {"title": "title_only", "any": "stems"}
    UNPACKED = "stems || ''::tsvector AS stems"

    @classmethod
    def read(cls, tests: int) -> str:
        """A long column is unpacked for each test of it, unless it has passed through an expression before."""
        stems = cls.UNPACKED if tests > TESTED_PACKED else "stems"
        return f"{COLUMNS}, title_only, {stems}"

    @classmethod
    def match(cls, shelf: Shelf, choice: Choice) -> tuple[str, list[Any]]:
        parts = [
            (column, clauses) for column, clauses in (("any", choice.anywhere), ("title", choice.in_title))
        ]
        tests = [
            (f"{cls.COLUMN[column]} @@ %s::tsquery", cls._any(clauses))
            for column, clauses in parts
            if clauses
        ]
        return f"({' OR '.join(test for test, _ in tests)})", [query for _, query in tests]

    @classmethod
    def holds(cls, column: str, one: Wanted) -> tuple[str, list[Any]]:
        return f"({cls.COLUMN[column]} @@ %s::tsquery)", [cls._word(one)]

    @classmethod
    def _any(cls, clauses: Sequence[Clause]) -> str:
        return _any_of(clauses, cls._word, " & ", " | ")

    @staticmethod
    def _word(one: Wanted) -> str:
        return "(" + " | ".join(" & ".join(f"'{stem}'" for stem in phrase) for phrase in _phrases(one)) + ")"


class SQLITE:
    """FTS5, and the stems as they stand."""

    @staticmethod
    def read(tests: int) -> str:
        return COLUMNS

    @classmethod
    def match(cls, shelf: Shelf, choice: Choice) -> tuple[str, list[Any]]:
        parts = [
            f"{column} ({cls._any(clauses)})"
            for column, clauses in (("", choice.anywhere), ("title_stems :", choice.in_title))
            if clauses
        ]
        table = beside(shelf)
        found = f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT {FETCHED}"
        return f"id IN ({found})", [" OR ".join(parts)]

    @classmethod
    def holds(cls, column: str, one: Wanted) -> tuple[str, list[Any]]:
        text = "title_stems" if column == "title" else "title_stems || ' ' || body_stems"
        tests, params = [], []
        for phrase in _phrases(one):
            tests.append(" AND ".join([f"instr(' ' || {text} || ' ', %s)"] * len(phrase)))
            params += [f" {stem} " for stem in phrase]
        return f"({' OR '.join(tests)})", params

    @classmethod
    def _any(cls, clauses: Sequence[Clause]) -> str:
        return _any_of(clauses, cls._word, " AND ", " OR ")

    @staticmethod
    def _word(one: Wanted) -> str:
        phrases = (" AND ".join(f'"{stem}"' for stem in phrase) for phrase in _phrases(one))
        return "(" + " OR ".join(f"({phrase})" for phrase in phrases) + ")"


def _any_of(clauses: Sequence[Clause], word: Callable[[Wanted], str], both: str, either: str) -> str:
    """Any of the clauses, each written once for its first word: a database tests, and PostgreSQL prices, every word."""
    by_first: dict[str, list[Clause]] = {}
    for first, *others in clauses:
        by_first.setdefault(word(first), []).append(tuple(others))
    return either.join(_with_others(first, others, word, both, either) for first, others in by_first.items())


def _with_others(
    first: str, others: list[Clause], word: Callable[[Wanted], str], both: str, either: str
) -> str:
    """A word, together with any of what may stand beside it; alone where it need not stand beside anything."""
    if not all(others):
        return first
    beside_it = either.join(f"({both.join(map(word, clause))})" for clause in others)
    return f"({first}{both}({beside_it}))"


def _phrases(one: Wanted) -> list[Stems]:
    return [(one.stem,), *(other.stems for other in one.others)]
