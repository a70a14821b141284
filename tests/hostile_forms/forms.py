"""The forms of a page, read as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "search", "email", "tel", "url", "number", "date", "datetime-local", "time"}
FORGOTTEN = {"password", "file"}  # a page never writes these back
LEFT_ALONE = {"csrfmiddlewaretoken"}
TO_COPY = "__prefix__"  # in the names of a row that a script copies; nobody reads it as it stands
PRESSED = {"submit", "image"}


@dataclass
class Form:
    """Where it goes, what stands in it, and which of its fields somebody types into."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> tuple:
        """Two forms of one kind are one form at two addresses."""
        return self.method, tuple(sorted(self.fields)), tuple(sorted(self.buttons))


def forms_of(html: str, address: str) -> list[Form]:
    reader = _Reader(address)
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.by_id: dict[str, Form] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = given.get("action") or self.address
            self.form = Form(action, given.get("method", "get").lower())
            self.by_id[given.get("id", "")] = self.form
            self.forms.append(self.form)
            return
        form = self.by_id.get(given["form"]) if given.get("form") else self.form
        if form and TO_COPY not in given.get("name", ""):
            self._read(form, tag, given)

    def _read(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name not in LEFT_ALONE:
            self._read_input(form, name, given)
        elif tag == "button" and given.get("type", "submit") in PRESSED:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self.area = name
            form.fields[name] = ""
            form.typed.add(name)
        elif tag == "select" and name:
            self.select = name
            form.fields[name] = ""
            form.chosen.add(name)
        elif tag == "option" and self.select and ("selected" in given or not form.fields[self.select]):
            form.fields[self.select] = given.get("value", "")

    def _read_input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in PRESSED:
            form.buttons.append((name, given.get("value", "")))
        elif name and kind in FORGOTTEN:
            form.forgotten.add(name)
        elif name and kind in {"checkbox", "radio"}:
            form.chosen.add(name)
            if "checked" in given or name not in form.fields:
                form.fields[name] = given.get("value", "on")
        elif name:
            form.fields[name] = given.get("value", "")
            (form.typed if kind in TYPED else form.chosen).add(name)

    def handle_data(self, data: str) -> None:
        if self.area and self.forms:
            form = self.form or self.forms[-1]
            form.fields[self.area] = form.fields.get(self.area, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.area:
            if self.form:  # the line break right after the tag belongs to the markup
                words = self.form.fields[self.area]
                self.form.fields[self.area] = words.removeprefix("\r\n").removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""
