"""From a document to a live guide with keys alone: nobody on the staff needs a mouse."""

from __future__ import annotations

from pathlib import Path

from tests.browser.keyboard import Keyboard
from tests.browser.test_journeys import EDITOR, REVIEWER

DOCUMENT = """---
title: Cups of broth
license: public_domain
source: Reed Bureau
url: https://reed.example.org/cups
---

# Cups of broth

Warm it in a small pot:

## Afterwards

Sit for a while. Nobody has to finish the cup.
"""


def test_a_document_becomes_a_live_guide_by_keyboard(window, tmp_path):
    file = tmp_path / "cups-of-broth.md"
    file.write_text(DOCUMENT)
    desk = window(as_=EDITOR)
    keys = Keyboard(desk)
    import_it(desk, keys, file)
    resolve_what_blocks(desk, keys)
    draft = write(desk, keys)
    keys.press("Submit for review")
    approve(window, draft)
    desk.goto(draft)
    keys.press("Publish")
    reader = window(javascript=False)
    reader.goto("/articles/")
    Keyboard(reader).follow("Cups of broth")
    assert reader.locator("h1").inner_text() == "Cups of broth"
    assert "Warm it in a small pot, then pour it." in reader.locator("main").inner_text()


def import_it(desk, keys: Keyboard, file: Path) -> None:
    desk.goto("/admin/articles/sourcedocument/")
    keys.follow("Import a document")
    keys.choose_file("The file", file)
    keys.press("Show what would be made of it")
    assert "LIST_LOST" in desk.locator("#content").inner_text()
    assert "/upload/" in desk.url, "nothing is stored yet"
    keys.press("Import it")


def resolve_what_blocks(desk, keys: Keyboard) -> None:
    """The list that was lost: said how, and in words; then the draft may begin."""
    keys.go_to("Resolve it (LIST_LOST")
    desk.keyboard.press("Enter")
    keys.go_to("How was it resolved?", "select")
    desk.keyboard.press("ArrowDown")
    keys.write("What was done, in a few words", "There never was a list; our text says what to do.")
    keys.press("It is resolved")
    keys.press("Make a draft of it")


def write(desk, keys: Keyboard) -> str:
    draft = desk.url
    keys.write("Summary", "Small cups on hard evenings.")
    keys.write("Text", "Warm it in a small pot, then pour it.\n\n## Afterwards\n\nNobody has to finish.")
    keys.press("Save")
    desk.goto(draft)
    return draft


def approve(window, draft: str) -> None:
    reviewer = window(as_=REVIEWER)
    reviewer.goto(draft)
    Keyboard(reviewer).press("Approve as medically true")


def test_words_that_were_not_saved_are_shown_as_a_page_and_kept(window, site):
    desk = window(as_=EDITOR)
    keys = Keyboard(desk)
    desk.goto("/admin/articles/article/begin/")
    keys.write("Title", "A walk after supper")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/articles/revision/**")
    keys.write("Text", "Ten slow steps are **enough** for today.", "textarea")
    desk.locator("#as-page strong", has_text="enough").wait_for()
    desk.reload()
    assert desk.locator("[name=body]").input_value() == "", "nothing was saved"
    keys.press("Take it up")
    assert desk.locator("[name=body]").input_value() == "Ten slow steps are **enough** for today."
