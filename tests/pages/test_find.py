"""`manage.py find`: what the search page finds, as JSON."""

from __future__ import annotations

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.articles.conftest import imported
from tests.pages.library import *  # noqa: F403 (fixtures)

pytestmark = pytest.mark.django_db
ALL = {"articles", "questions", "stories", "glossary", "sources"}


def find(capsys, *arguments: str) -> list[dict]:
    call_command("find", *arguments)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def typed(monkeypatch):
    """`typed(b"…")`: what stands on standard input."""

    def type_in(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return type_in


def test_one_text_is_answered_by_one_line(capsys, library):
    (answer,) = find(capsys, "zephyrbread")
    assert (answer["id"], answer["help_first"], answer["help_type"]) == (None, False, None)
    assert set(answer["groups"]) == ALL
    question = library["question"]
    (found,) = answer["groups"]["questions"]
    assert found.pop("score") > 0
    assert found == {
        "id": question.pk,
        "url": question.get_absolute_url(),
        "title": "Does zephyrbread keep overnight",
    }
    (word,) = answer["groups"]["glossary"]
    assert (word["url"], word["term"]) == ("/glossary/#word-zephyrbread", "Zephyrbread")
    headings = {hit["heading"] for hit in answer["groups"]["articles"]}
    assert {"Baking it slowly", "Cutting it"} <= headings
    assert all(set(hit) == {"url", "title", "heading", "score"} for hit in answer["groups"]["articles"])


def test_every_address_that_is_named_answers(capsys, library, visitor):
    (answer,) = find(capsys, "zephyrbread")
    addresses = [hit["url"] for hits in answer["groups"].values() for hit in hits]
    assert len(addresses) > 3
    for address in addresses:
        assert visitor.get(address.partition("#")[0]).status_code == 200, address


def test_a_section_of_a_source_is_named_by_its_lines(capsys):
    imported("# Soup\n\n## Rare plants\n\nQuillwort is rare.\n\nNobody eats it.\n", name="soup.md")
    (answer,) = find(capsys, "quillwort", "--in", "sources")
    (hit,) = answer["groups"]["sources"]
    assert (hit["file"], hit["heading"]) == ("soup.md", "Rare plants")
    first, last = hit["lines"]
    assert last - first == 4
    assert "Quillwort is rare." in hit["text"]


def test_help_is_said_with_its_kind(capsys, db):
    asked = {"when to call doctor not drinking": "medical", "i want to die": "crisis"}
    for text, kind in asked.items():
        (answer,) = find(capsys, text)
        assert (answer["help_first"], answer["help_type"]) == (True, kind)


def test_only_the_groups_that_were_asked_for(capsys, library):
    (answer,) = find(capsys, "zephyrbread", "--in", "questions,glossary")
    assert {shelf for shelf, hits in answer["groups"].items() if hits} == {"questions", "glossary"}
    assert set(answer["groups"]) == ALL


def test_at_most_so_many_of_each(capsys, ask):
    for number in range(4):
        ask(f"Zephyrbread number {number}")
    (answer,) = find(capsys, "zephyrbread", "--limit", "2")
    assert len(answer["groups"]["questions"]) == 2


def test_nothing_found_is_empty_lists(capsys, library):
    (answer,) = find(capsys, "Donaudampfschifffahrt")
    assert answer["groups"] == {shelf: [] for shelf in ALL}


def test_many_texts_as_json_lines(capsys, library, typed):
    rows = [{"id": "a", "text": "zephyrbread"}, {"id": 7, "text": ""}, {"id": "c", "text": "\x00 \ud800 é"}]
    typed("\n".join(map(json.dumps, rows)).encode())
    answers = find(capsys, "-", "--in", "questions")
    assert [answer["id"] for answer in answers] == ["a", 7, "c"]
    assert [len(answer["groups"]["questions"]) for answer in answers] == [1, 0, 0]


def test_a_bad_row_is_named_and_the_others_are_answered(capsys, library, typed):
    typed(b'{"id": 1, "text": "zephyrbread"}\nnot json\n{"id": 2, "text": "bread"}\n')
    with pytest.raises(SystemExit):
        call_command("find", "-")
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [1, 2]
    assert "line 2" in said.err
    assert "not json" not in said.err


@pytest.mark.parametrize("arguments", [("--in", "letters"), ("--limit", "0"), ("--limit", "x")])
def test_what_is_not_understood_is_refused(arguments):
    with pytest.raises(CommandError):
        call_command("find", "soup", *arguments)


def test_what_nobody_has_read_is_not_found(capsys, library):
    (answer,) = find(capsys, "secretword")
    assert not answer["groups"]["questions"]


def test_it_answers_whatever_is_asked(capsys, question, hostile):
    (answer,) = find(capsys, f" {hostile}")
    assert set(answer["groups"]) == ALL
