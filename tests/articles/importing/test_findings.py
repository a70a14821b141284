"""Findings: the shapes that are found, and those that only look like them."""

from __future__ import annotations

import pytest

from articles.importing.outline import outline_of
from articles.models.sources import Rights

LONG = "One two three four five six seven, and nobody has to hurry here."


def found(text: str, code: str, name: str = "a.md") -> list[int]:
    return [finding.line for finding in outline_of(name, text.encode()).diagnostics if finding.code == code]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Take these:\n\n- a\n- b", []),
        ("Take these:\n1. a\n2. b", []),
        ("Take these:\n\nSomething else.", [1]),
        ("Take these:\n\n## Next\n\nText.", [1]),
        ("It is done as follows.\n\nText that is not a list.", [1]),
        ("She said:\n\n“Sit down with me.”", []),
        ("This is what it looks like:\n\n![a](https://x.example/b.png)", []),
        ("- A bowl\n- Things such as:\n\n## Next\n\nText.", [2]),
        ("The text ends with a promise,\nnamely:", [2]),
    ],
)
def test_a_list_is_lost_where_a_colon_promises_one_and_none_follows(text, lines):
    assert found(text, "LIST_LOST") == lines


def test_a_lost_list_is_never_filled_in():
    outline = outline_of("a.txt", b"Title of it\n\nThe causes are:\n\nA paragraph of its own.\n")
    assert [(block.kind.value, block.text) for block in outline.blocks] == [
        ("title", "Title of it"),
        ("lead_in", "The causes are:"),
        ("paragraph", "A paragraph of its own."),
    ]


def test_a_heading_is_missing_only_where_the_gap_is_wider_than_usual():
    wide = "Title\n\n\nFirst words.\n\n\nSecond words.\n\n\nThird words.\n"
    assert found(wide, "HEADING_MISSING", "a.txt") == []
    assert found(wide.replace("Third", "\n\nThird"), "HEADING_MISSING", "a.txt") == [12]


def test_a_single_sub_heading_between_paragraphs_is_a_box_and_two_divide_the_section():
    box = "## A\n\nText one.\n\n### B\n\nText two.\n\nText three.\n"
    assert [block.kind.value for block in outline_of("a.md", box.encode()).blocks][2] == "sidebar"
    two = box + "\n### C\n\nText four.\n\nText five.\n"
    assert "sidebar" not in {block.kind.value for block in outline_of("a.md", two.encode()).blocks}


@pytest.mark.parametrize(
    ("credit", "rights"),
    [
        ("Credit: Mill Care House", None),
        ("Photo: MCH", None),
        ("Image credit: the Mill Care House", None),
        ("Credit: MCH / Some Agency", Rights.RESERVED),
        ("Credit: Some Agency", Rights.RESERVED),
        ("", Rights.UNKNOWN),
    ],
)
def test_a_picture_is_as_free_as_the_one_who_is_credited(credit, rights):
    text = f"---\nsource: MCH\nlicense: public_domain\n---\n# T\n\n![a](https://x.example/b)\n\nBelow it.\n\n{credit}\n"
    figure = next(block for block in outline_of("a.md", text.encode()).blocks if block.kind == "figure")
    assert figure.rights == rights


def test_a_credit_without_a_known_publisher_is_somebody_elses():
    assert found("Title\n\n![a](https://x.example/b)\n\nBelow.\n\nCredit: MCH\n", "IMAGE_THIRD_PARTY") == [3]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Lamps help [1].", [6]),
        ("Lamps help.¹ Soup helps.²", []),
        ("Lamps help (1, 2).", []),
        ("As Pier and Quay 2011 say, lamps help. Buoy et al. (2014) agree.", []),
        ("Lamps help. [A link](https://x.example/1) and nothing else.", [5]),
    ],
)
def test_a_work_is_cited_by_number_or_by_name(text, lines):
    listed = "1. Pier A. Lamps. J Lamps. 2011;4(2):17-23.\n2. Buoy C. Soup. J Soup. 2014;9(1):20-25.\n"
    assert found(f"{text}\n\n## References\n\n{listed}", "REFERENCE_UNCITED") == lines


def test_an_entry_with_two_works_is_found_and_one_with_a_long_name_is_not():
    listed = "- Papers: Journal of the House: “One title that is long.”\n- Papers: “One title here,” “another title.”\n"
    assert found(f"Text.\n\n## Sources\n\n{listed}", "REFERENCE_MULTIPLE") == [6]


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        ("The trial is currently open.", [5]),
        ("The current chair said so.", [5]),
        ("Answers are expected by late 2022.", [5]),
        ("They won’t be there until the end of 2024.", [5]),
        ("They won’t be there until the end of 2031.", []),
        ("It began in 2019 and went well.", []),
        ("The current is strong here.", []),
        ("The drug has been approved in 2011.", []),
    ],
)
def test_a_sentence_has_expired_where_its_day_is_before_the_claimed_review(sentence, lines):
    assert found(f"---\nlastReviewed: 2025-01-02\n---\n\n{sentence}\n", "TIME_EXPIRED") == lines
    assert found(f"---\nversion: v1\n---\n\n{sentence}\n", "TIME_EXPIRED") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Bread,butter and jam.", [1]),
        ("Updated:Monday it is.", [1]),
        ("Soup : a beginning of it.", [1]),
        ("She said “come in and left.", [1]),
        ("She said “come in.\n\n“And sit down.”", []),
        ("At 10,000 and 12:30 o’clock, see https://x.example/a:B,c.", []),
        ("The years 2019–2021 and London–Paris.", []),
        ("The ABCDE score. The ABCDE score. The ABDCE score.", [1]),
    ],
)
def test_a_slip_of_the_pen_is_shown(text, lines):
    assert found(text, "TYPO_SUSPECTED", "a.txt") == lines


def test_a_space_before_a_colon_is_no_slip_in_french():
    assert found("---\nlanguage: fr\n---\nLa soupe : un début.\n", "TYPO_SUSPECTED") == []


@pytest.mark.parametrize(
    ("claimed", "text", "unsupported", "missing"),
    [
        ("[lung]", "Cancer of the lung, and colon cancer.", [], [5]),
        ("[lung cancer]", "Advanced lung and skin cancers.", [], [5]),
        ("[kidney]", "It is made in the liver, kidneys and gut. Cancer is not named.", [2], []),
        ("[all]", "Lung cancer and melanoma.", [], []),
        ("[melanoma, Leukemia]", "Melanoma and leukaemia.", [], []),
        ("[head_and_neck]", "Head and neck cancers.", [], []),
        ("[appendix]", "Appendix cancer is rare.", [], []),
    ],
)
def test_cancer_types_are_held_against_the_text(claimed, text, unsupported, missing):
    document = f"---\ncancerTypes: {claimed}\n---\n\n{text}\n"
    assert found(document, "TAG_UNSUPPORTED") == unsupported
    assert found(document, "TAG_MISSING") == missing


def test_tags_are_held_against_the_words_of_the_text():
    document = "---\ntags:\n- treatment\n- side-effects\n- astronomy\n---\n\nTreating it has effects.\n"
    assert found(document, "TAG_UNSUPPORTED") == [5]


def test_the_same_sentence_twice_is_found_across_lines_and_short_ones_are_not():
    assert found(
        f"{LONG}\n\nNew. One two three four\nfive six seven, and nobody has to hurry here.", "TEXT_REPEATED"
    ) == [3]
    assert found("Sit down here.\n\nNew. Sit down here. More of it.", "TEXT_REPEATED") == []


@pytest.mark.parametrize(
    ("title", "generic"),
    [
        ("Overview", 1),
        ("Patient Information", 1),
        ("FAQ", 1),
        ("Information about soup", 0),
        ("Home cooking", 0),
    ],
)
def test_a_title_that_fits_any_page_is_generic(title, generic):
    assert found(f"# {title}\n\nWords.\n", "TITLE_GENERIC") == [1] * generic


def test_a_title_of_the_front_matter_that_differs_is_a_second_one():
    assert found("---\ntitle: Soup\n---\n# Bread\n\nWords.\n", "TITLE_DUPLICATE") == [4]
    assert found("---\ntitle: Soup | The House\n---\n# Soup\n\nWords.\n", "TITLE_DUPLICATE") == []


def test_a_label_at_the_end_of_the_text_heads_nothing():
    outline = outline_of("a.txt", b"Soup\n\nIt is warm.\n\nSomething quite new\n")
    assert (outline.blocks[-1].kind, bool(outline.blocks[-1].stripped)) == ("label", True)
