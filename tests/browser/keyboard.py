"""Somebody who has no mouse: Tab to what one wants, and keys to use it."""

from __future__ import annotations

from pathlib import Path

STOPS = 400
#: The name a screen reader would say, near enough: label, aria-label, own words, value.
NAME = """() => {
    const it = document.activeElement;
    if (!it || it === document.body) return ["", ""];
    const said = it.getAttribute("aria-label") || (it.labels && it.labels.length
        ? [...it.labels].map(label => label.innerText).join(" ") : "") || it.innerText || it.value || "";
    return [said.replace(/\\s+/g, " ").trim(), it.tagName.toLowerCase()];
}"""


class Keyboard:
    """Drives a page with keys alone; every method begins where the focus is."""

    def __init__(self, page):
        self.page = page
        # The browser is told to hand its file window over long before a key asks for it.
        page.on("filechooser", lambda chooser: None)

    def go_to(self, name: str, tag: str = "") -> None:
        """Press Tab until the focus is on what is called so."""
        met = []
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            said, kind = self.page.evaluate(NAME)
            met.append(said[:60])
            if said.startswith(name) and tag in ("", kind):
                return
        raise AssertionError(f"the keyboard never comes to “{name}”; it met {met[:80]}")

    def follow(self, name: str) -> None:
        """Open a link."""
        self.go_to(name, "a")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        """Use a button that sends a form."""
        self.go_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name: str, words: str, tag: str = "") -> None:
        """Put words into a field in place of what is there."""
        self.go_to(name, tag)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def tick(self, name: str) -> None:
        self.go_to(name, "input")
        self.page.keyboard.press("Space")

    def choose_file(self, name: str, file: Path) -> None:
        self.go_to(name, "input")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(str(file))
