"""Front matter: words and lists of words; everything else is refused with its line."""

from __future__ import annotations

from datetime import date

import pytest

from articles.importing.claims import read_claims
from articles.importing.front_matter import read_front_matter
from articles.importing.outline import outline_of
from articles.importing.refusal import ImportRefused
from articles.models.sources import Rights


def matter_of(*lines: str):
    return read_front_matter(["---", *lines, "---", "Text."])


def refused(*lines: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        read_claims(matter_of(*lines))
    return caught.value


def test_values_stay_as_they_were_written():
    values = matter_of("version: 1.0", "a: 0x1F", "b: yes", "c: 12:30:45", "d: '~'", "e: ~", "f:").values
    assert values == {
        "version": "1.0", "a": "0x1F", "b": "yes", "c": "12:30:45", "d": "~", "e": "", "f": "",
    }  # fmt: skip


def test_unknown_keys_are_kept():
    assert matter_of("shelfMark: R 12", "more: [a, b]").values == {"shelfMark": "R 12", "more": ["a", "b"]}


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["title: A", "tags: &x [a]"], 3, "Anchors"),
        (["title: *x"], 2, "Anchors"),
        (["title: !!python/object/apply:os.system ['id']"], 2, "Tags"),
        (["title: !local x"], 2, "Tags"),
        (["a: b", "c:", "  d: e"], 4, "structure"),
        (["tags: [[a]]"], 2, "list inside a list"),
        (["tags: [{a: b}]"], 2, "list inside a list"),
        (["title: A", "title: B"], 3, "stands twice"),
        (["? [a]", ": b"], 2, "not a word"),
        (["- a", "- b"], 2, "key: value"),
        (["title: A", "  b: c"], 3, "not valid YAML"),
        (["title: 'open"], 2, "not valid YAML"),
        (["title: [a, b]"], 2, "“title” has to be"),
        (["language: a language"], 2, "“language” has to be"),
        (["x: y", "lastReviewed: last spring"], 3, "“lastReviewed” has to be a date"),
        (["lastReviewed: 2026-02-30"], 2, "date"),
        (["url: javascript:alert(1)"], 2, "“url” has to be"),
        (["url: /relative"], 2, "“url” has to be"),
        (["title: " + "x" * 301], 2, "at most 300"),
        (["a: b", "license: [a, b]"], 3, "public_domain"),
        (["lastReviewed: soon"], 2, "2026-03-30"),
        (["language: klingonese!"], 2, "en-GB"),
        (["reviewFrequency: sometimes"], 2, "quarterly"),
        (["a: b", "audienceLevel: wizards"], 3, "caregiver"),
        (["a: b", "audienceLevel: [family, wizards]"], 3, "caregiver"),
        (["lastReviewed: [2024-02-29]"], 2, "2026-03-30"),
        (["cancerTypes: {lung: yes}"], 2, "structure"),
        (["title: A", "...", "tags: [b]"], 4, "not valid YAML"),
        (["title: A", "--- tags"], 3, "after its end"),
        (["{title: A}", "tags: [b]"], 3, "not valid YAML"),
    ],
)
def test_what_is_refused_is_refused_with_its_line(lines, line, said):
    refusal = refused(*lines)
    assert said in refusal.reason
    assert refusal.line == line


def test_a_bomb_of_aliases_or_brackets_is_refused_at_once():
    assert "Anchors" in refused("a: &a [x]", "b: &b [*a, *a]", "c: [*b, *b]").reason
    assert "list inside" in refused("a: " + "[" * 20_000).reason


def test_front_matter_that_is_never_closed_is_refused():
    with pytest.raises(ImportRefused, match="never closed"):
        read_front_matter(["---", "title: A"])


def test_front_matter_longer_than_its_limit_is_refused():
    with pytest.raises(ImportRefused, match="64 KB"):
        matter_of("title: " + "x" * 70_000)


def test_empty_front_matter_says_nothing():
    assert read_claims(matter_of()).rights == Rights.UNKNOWN


@pytest.mark.parametrize("written", ["2024-02-29", "'2024-02-29'", '"2024-02-29"'])
def test_a_date_may_be_a_date_or_a_string(written):
    claims = read_claims(matter_of(f"lastReviewed: {written}"))
    assert claims.columns["claimed_reviewed_on"] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("licence", "rights"),
    [
        ("own", Rights.OWN),
        ("public_domain", Rights.PUBLIC_DOMAIN),
        ("Public Domain", Rights.PUBLIC_DOMAIN),
        ("open", Rights.OPEN),
        ("permission", Rights.PERMISSION),
        ("All rights reserved", Rights.RESERVED),
        ("surely fine", Rights.UNKNOWN),
        ("CC BY 4.0", Rights.OPEN),
        ("CC BY-NC-ND 4.0", Rights.UNKNOWN),
        ("cc0", Rights.PUBLIC_DOMAIN),
        ("", Rights.UNKNOWN),
    ],
)
def test_rights_come_from_the_licence_and_silence_is_unknown(licence, rights):
    assert read_claims(matter_of(f"license: {licence}")).rights == rights


@pytest.mark.parametrize(
    "line", ["© 2020 Some House", "All rights reserved.", "Copyright (c) 2019 Some House"]
)
def test_a_rights_line_wins_over_silence_and_over_a_kinder_licence(line):
    for head in ("", "---\nlicense: public_domain\n---\n"):
        assert (
            outline_of("a.txt", f"{head}A title\n\nWords, plainly.\n\n{line}\n".encode()).rights
            == Rights.RESERVED
        )


@pytest.mark.parametrize("licence", ["own", "permission"])
def test_a_rights_line_does_not_take_back_our_own_words_or_a_permission(licence):
    text = f"---\nlicense: {licence}\n---\nA title\n\nWords, plainly.\n\n© 2020 Some House. All rights reserved.\n"
    assert outline_of("a.txt", text.encode()).rights == licence


def test_a_script_in_a_title_stays_text():
    outline = outline_of("a.md", b"---\ntitle: '<script>alert(1)</script>'\n---\nWords.\n")
    assert outline.title == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("line", "rights"),
    [
        ("This page is in the public domain.", Rights.PUBLIC_DOMAIN),
        ("© 2020 Some House. Licensed under CC BY-SA 4.0.", Rights.OPEN),
        ("Licensed under Creative Commons Attribution-NonCommercial 4.0.", Rights.UNKNOWN),
        ("This text is not in the public domain.", Rights.RESERVED),
    ],
)
def test_a_rights_line_wins_over_silence(line, rights):
    outline = outline_of("a.txt", f"A title\n\nWords, plainly.\n\n{line}\n".encode())
    assert outline.rights == rights
    assert outline.columns["rights_statement"] == line


@pytest.mark.parametrize("written", ["HealthProfessional", "health professionals", "Patient", "all"])
def test_an_audience_may_be_written_in_several_ways(written):
    assert read_claims(matter_of(f"audienceLevel: {written}")).columns["audience_level"] == written


def test_the_line_of_each_word_of_a_list_is_known():
    matter = matter_of("tags:", "- a", "- b", "more: [c]")
    assert [matter.line_of("tags", 0), matter.line_of("tags", 1), matter.line_of("tags", 5)] == [3, 4, 2]
