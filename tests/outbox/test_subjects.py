"""No subject in the code names an illness or anybody's words: it is seen on locked screens, by whoever stands by."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: The functions that take a subject, and at which place.
TAKE_A_SUBJECT = {
    "enqueue": 2,
    "write_to": 3,
    "mail_admins": 0,
    "EmailMessage": 0,
    "EmailMultiAlternatives": 0,
}
#: What may be put into one: the name of the site.
MAY_BE_PUT_IN = {"SITE_NAME"}
PASSED_ON = {
    "cachexia_portal/outbox",
    "cachexia_portal/accounts/mail_choices.py",
}  # they hand over what they got
NAMES_AN_ILLNESS = re.compile(
    r"cancer|cachex|tumou?r|illness|disease|oncolog|hospice|palliat|patient|carer|caregiver|wast(e|ing)|weight"
    r"|died|death|dying|grief|suicid|guide|question|answer|story|title",
    re.IGNORECASE,
)
#: "Shall your story stay?" and "Your post": kinds of things that every site has. A title is never among them.
HARMLESS = {"Shall your story stay?"}


@dataclass(frozen=True)
class Subject:
    file: str
    line: int
    words: tuple[str, ...]
    put_in: tuple[str, ...]


def python_files() -> list[Path]:
    folders = (ROOT / name for name in ("cachexia_portal", "articles", "community"))
    return [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]


def subjects() -> list[Subject]:
    return [subject for path in python_files() for subject in subjects_in(path)]


def subjects_in(path: Path) -> Iterator[Subject]:
    name = str(path.relative_to(ROOT))
    if any(name.startswith(part) for part in PASSED_ON) and path.name != "heartbeat.py":
        return
    tree = ast.parse(path.read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        place = TAKE_A_SUBJECT.get(_name_of(call.func))
        if place is not None and len(call.args) > place:
            yield _read(call.args[place], tree, name)


def _read(node: ast.expr, tree: ast.Module, file: str) -> Subject:
    """The words that can stand there, and the names of what is put into them."""
    source = list(_sources(node, tree))
    constants = [each.value for part in source for each in ast.walk(part) if _is_words(each)]
    put_in = [
        _name_of(value)
        for part in source
        for each in ast.walk(part)
        if isinstance(each, ast.Dict)
        for value in each.values
    ]
    keys = {
        key.value
        for part in source
        for each in ast.walk(part)
        if isinstance(each, ast.Dict)
        for key in each.keys
    }
    return Subject(file, node.lineno, tuple(word for word in constants if word not in keys), tuple(put_in))


def _sources(node: ast.expr, tree: ast.Module) -> Iterator[ast.AST]:
    """The expression itself; of a variable what is assigned to it, of our own function what it returns."""
    if isinstance(node, ast.Name):
        yield from (
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and node.id in {_name_of(target) for target in each.targets}
        )
    elif isinstance(node, ast.Call) and _name_of(node.func).startswith("_") and _name_of(node.func) != "_":
        wanted = _name_of(node.func)
        functions = [
            each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name == wanted
        ]
        yield from (
            each.value for part in functions for each in ast.walk(part) if isinstance(each, ast.Return)
        )
    else:
        yield node


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _name_of(node: ast.AST) -> str:
    return getattr(node, "id", None) or getattr(node, "attr", None) or ""


def test_every_subject_in_the_code_can_be_read_here():
    found = subjects()
    assert len(found) >= 9, found
    assert not [subject for subject in found if not subject.words], "a subject that this test cannot read"


def test_no_subject_names_an_illness_or_what_somebody_wrote():
    wrong = [
        (subject.file, subject.line, words)
        for subject in subjects()
        for words in subject.words
        if NAMES_AN_ILLNESS.search(words) and words not in HARMLESS
    ]
    assert not wrong


def test_nothing_but_the_name_of_the_site_is_put_into_a_subject():
    assert not [subject for subject in subjects() if set(subject.put_in) - MAY_BE_PUT_IN]


def test_no_subject_in_the_templates_names_an_illness():
    templates = list((ROOT / "templates").rglob("*_subject.txt"))
    assert len(templates) >= 10
    assert not [path for path in templates if NAMES_AN_ILLNESS.search(path.read_text())]
