"""What the starter guides say, and how: plain, calm, and with a source for each number."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from articles.models import Revision
from articles.rendering import cited_numbers, marked_words, render_page
from articles.starter_guides import FOLDER, library

GUIDES = pytest.mark.parametrize("guide", library(), ids=lambda guide: guide.name)
UNWANTED = ("battle", "fight", "brave", "journey", "loved one", "cure", "simply", "just", "!", "oops")


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"https?://\S+", " ", text).lower())


def slugs(name: str) -> set[str]:
    return {row["slug"] for row in json.loads((FOLDER / f"{name}.json").read_text())}


@GUIDES
def test_the_guide_uses_no_battle_words_and_promises_nothing(guide):
    words = " ".join([guide.body, *guide.listed("key_points"), guide.word("summary")]).lower()
    assert [word for word in UNWANTED if re.search(rf"\b{word}\b|!", words) and word in words] == []


@GUIDES
def test_every_source_is_cited_and_every_citation_has_its_source(guide):
    assert cited_numbers(guide.body) == {reference.position for reference in guide.references()}


@GUIDES
def test_every_reference_has_a_sound_form(guide):
    for reference in guide.references():
        reference.clean_fields(exclude=["revision"])
        assert reference.title
        assert reference.container


@GUIDES
def test_marked_words_and_topics_exist(guide):
    assert marked_words(guide.body)
    assert set(marked_words(guide.body)) <= slugs("glossary")
    assert guide.listed("topics")
    assert set(guide.listed("topics")) <= slugs("topics")
    linked = set(re.findall(r"\]\(/topics/([-\w]+)/\)", guide.body))
    assert linked <= slugs("topics")


@GUIDES
def test_the_guide_fits_its_columns(guide):
    revision = Revision(
        title=guide.word("title"),
        summary=guide.word("summary"),
        key_points="\n".join(guide.listed("key_points")),
        body=guide.body,
        audience=guide.word("audience"),
    )
    revision.clean_fields(exclude=["article", "number", "content_hash"])
    assert 3 <= len(guide.listed("key_points")) <= 7


@GUIDES
def test_a_guide_without_numbers_keeps_them_folded(guide):
    body = render_page(guide.body, references=guide.references()).body
    open_text = re.sub(r"(?s)<details.*?</details>", " ", str(body))
    if guide.word("audience") == "start_here":
        assert not re.search(r"\d+ percent|\d+ in \d+", open_text)
    assert "life expectancy of under" not in open_text


@GUIDES
def test_the_guide_leads_to_help(guide):
    assert "](/help-now/)" in guide.body


@GUIDES
def test_no_share_stands_without_saying_of_whom_or_whence(guide):
    """A number with a percent sign of its own has a citation in the same paragraph."""
    for paragraph in guide.body.split("\n\n"):
        shares = re.findall(r"\d+ percent of (?:people|deaths|them)", paragraph)
        assert not shares or "[^" in paragraph, paragraph


@GUIDES
def test_sentences_are_short(guide):
    sentences = re.split(r"[.?!:](?:\s|$)|\n", re.sub(r"\]\([^)]*\)|\[\^\d+\]", "", guide.body))
    assert max(len(sentence.split()) for sentence in sentences) <= 30


@pytest.mark.seeds
@GUIDES
def test_the_guide_shares_no_run_of_eight_words_with_a_seed_document(guide):
    def runs(text: str) -> set[tuple[str, ...]]:
        words = words_of(text)
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    ours = runs(" ".join([guide.body, *guide.listed("key_points"), guide.word("summary")]))
    for path in Path(os.environ["SEED_DOCUMENTS"]).glob("*.txt"):
        assert not ours & runs(path.read_text(errors="replace"))


@pytest.mark.seeds
@pytest.mark.parametrize("name", ["topics", "glossary", "cancer_types"])
def test_the_starter_words_share_no_run_of_eight_words_with_a_seed_document(name):
    ours = words_of((FOLDER / f"{name}.json").read_text())
    for path in Path(os.environ["SEED_DOCUMENTS"]).glob("*.txt"):
        theirs = words_of(path.read_text(errors="replace"))
        shared = {tuple(ours[at : at + 8]) for at in range(len(ours) - 7)}
        assert not shared & {tuple(theirs[at : at + 8]) for at in range(len(theirs) - 7)}
