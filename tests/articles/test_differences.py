"""What differs between two texts, and which numbers changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import differences as module
from articles.differences import differences, numbers_changed


def told(before: str, after: str) -> list[str]:
    """Each line with its marks: −gone−, +come+."""
    signs = {"same": "", "left out": "", "removed": "−", "added": "+"}
    return [
        "".join(f"{signs[p.kind]}{p.text}{signs[p.kind]}" for p in line)
        for line in differences(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("One.", "One.", []),
        ("One.\n\n", "\nOne. ", []),
        ("Two trials are under way.", "Two trials have finished.",
         ["Two trials −are−+have+ −under way−+finished+."]),
        ("A\nB\nC\nD\nE", "A\nB\nC\nD\nF", ["A", "…", "D", "−E−+F+"]),
        ("A", "A\nB", ["A", "+B+"]),
        ("A\nB", "B", ["−A−", "B"]),
        ("", "A", ["+A+"]),
        ("A", "", ["−A−"]),
        ("up to 80%", "up to 60%", ["up to −80−+60+%"]),
        ("A\nB\nC", "X", ["−A ¶ B ¶ C−+X+"]),
    ],
)  # fmt: skip
def test_a_difference_is_shown_by_lines_and_words(before, after, shown):
    assert told(before, after) == shown


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_what_is_taken_out_and_put_in_makes_the_one_text_of_the_other(before, after):
    lines = differences(before, after)

    def side(kinds):
        return "".join(p.text for line in lines for p in line if p.kind in kinds).replace(" ¶ ", "")

    def plain(text):
        return "".join(line.rstrip() for line in text.splitlines() if line.strip())

    if any(p.kind == "left out" for line in lines for p in line) or not lines:
        return
    assert side({"same", "removed"}).replace("¶", "").replace(" ", "") == plain(before).replace(" ", "")
    assert side({"same", "added"}).replace("¶", "").replace(" ", "") == plain(after).replace(" ", "")


def test_numbers_that_went_and_came_are_named():
    before, after = "80% of 12 weeks, 1.5 mg, 12 times", "60 % of 12 weeks, 1.5 mg"
    assert numbers_changed(before, after) == (["12", "80%"], ["60 %"])
    assert numbers_changed(after, after) == ([], [])


def test_vast_parts_are_not_compared_one_with_another(monkeypatch):
    """Above the limit a part is shown as taken out and put in; nothing quadratic is begun."""

    compared = []

    class Counting(module.SequenceMatcher):
        def __init__(self, junk, old, new):
            compared.append(max(len(old), len(new)))
            super().__init__(junk, old, new)

    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    before = "\n".join(f"a{n}" for n in range(module.MOST_LINES + 1))
    after = "\n".join(f"b{n} x" for n in range(module.MOST_LINES + 5))
    [line] = differences(before, after)
    assert {piece.kind for piece in line} <= {"same", "removed", "added"}
    one_line = " ".join(["tea"] * module.MOST_WORDS)
    assert differences(f"a {one_line} b", f"c {one_line} {one_line} d")
    assert max(compared) == 1
