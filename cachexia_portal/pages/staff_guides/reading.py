"""The guides for the staff. Each fact stands once, in a file that the repository shows too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from PIL import Image

from articles.rendering.document import Picture, render_document
from articles.rendering.sections import TextSection, sections_of

FOLDER = Path(settings.BASE_DIR) / "docs" / "guides"
PICTURES = Path(settings.BASE_DIR) / "static"
WORRY = "worry"
#: What its file says to whoever reads it in the repository; the site says how it stands there.
NOT_CHECKED = "> Draft. Not yet checked by a clinician.\n"
#: In the order of the list. What is needed in a hurry stands first.
NAMES = (WORRY, "moderator", "editor", "medical-reviewer", "verifier", "operator")
GUIDE = re.compile(r"([a-z-]+)\.md(#.*)?")
OF_THE_SITE = re.compile(r"/|#")


@dataclass(frozen=True)
class StaffGuide:
    """One guide as the site shows it."""

    name: str
    title: str
    about: str
    body: SafeString
    sections: tuple[TextSection, ...]


def every_guide() -> Iterator[StaffGuide]:
    return map(guide, NAMES)


@cache
def guide(name: str) -> StaffGuide:
    """Read once in a process: the files come with the code. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    title, _, body = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    if name == WORRY:
        body = body.replace(NOT_CHECKED, "", 1)
    before, *sections = sections_of(body)
    return StaffGuide(
        name=name,
        title=title.removeprefix("# ").strip(),
        about=before.paragraphs[0],
        body=render_document(body, address_of=_address_of, picture_of=_picture_of),
        sections=tuple(sections),
    )


def _address_of(written: str) -> str:
    """Of another guide its page, of a page of the site itself; any other file is not shown here."""
    if OF_THE_SITE.match(written):
        return written
    found = GUIDE.fullmatch(written)
    if found is None or found[1] not in NAMES:
        return ""
    return reverse("staff_guides:guide", args=[found[1]]) + (found[2] or "")


def _picture_of(written: str) -> Picture:
    file = (FOLDER / written).resolve()
    with Image.open(file) as picture:
        width, height = picture.size
    return Picture(static(file.relative_to(PICTURES.resolve()).as_posix()), width, height)
