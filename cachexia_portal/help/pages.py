"""The fixed pages in their file: written after a change, sent with nothing but the file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.display import Display, apply_display

from . import page_file
from .making import KEPT_WORDS, REFERENCE, SITE_NAME, Material, made_pages
from .models import FixedPageApproval, HelpLine, today
from .starter_lines import unsaved_starter_lines
from .templates import render
from .wording import text_hash

log = logging.getLogger("portal.help")

#: The shipped copy knows no installation: no country is at home in it, and none stands first.
NO_HOME = ""
Words = list[tuple[str, str]]  # what was typed, with its label
LAST_WORDS = (
    b"<!doctype html><title>Something went wrong on our side</title><h1>Something went wrong on our side</h1>"
)


def shipped_file() -> bytes:
    """The copy that ships with the code: the starter lines, and nothing of this installation."""
    return page_file.dump(made_pages(Material(unsaved_starter_lines(), home=NO_HOME)), None)


def pages_of_now() -> dict[str, Any]:
    """From the database, as it is at this moment."""
    lines = list(HelpLine.objects.shown())
    approval = FixedPageApproval.objects.of(FixedPageApproval.Page.HELP, text_hash(lines))
    return made_pages(Material(lines, settings.HOME_COUNTRY, approval, today(), site_facts()))


def preview(name: str, display: Display) -> bytes:
    """For staff: the page as it would be written now."""
    return page_to_send(name, display, page_file.load(page_file.dump(pages_of_now(), today())))


# --- Writing ----------------------------------------------------------------


def write_pages() -> None:
    """Make all pages and put the file in place. Raises OSError; the old file is then untouched."""
    folder = Path(settings.HELP_PAGES_DIR)
    with page_file.alone(folder):
        page_file.write(folder, page_file.dump(pages_of_now(), today()))


def write_pages_if_due() -> bool:
    """Write when what is there is missing, damaged, of another day or of another content."""
    folder = Path(settings.HELP_PAGES_DIR)
    with page_file.alone(folder):
        data = page_file.dump(pages_of_now(), today())
        there, wanted = page_file.written(folder), page_file.load(data)
        if there and (there.digest, there.written_on) == (wanted.digest, wanted.written_on):
            return False
        page_file.write(folder, data)
    return True


def write_after_commit(tell: Callable[[str], object]) -> None:
    """Write once the change is stored, never before; `tell` staff when that failed."""
    transaction.on_commit(lambda: _write_or_tell(tell))


def _write_or_tell(tell: Callable[[str], object]) -> None:
    try:
        write_pages()
    except OSError as failure:
        log.error("the help pages could not be written: %s", failure.strerror or type(failure).__name__)
        tell(
            _(
                "Your change is stored, but the public pages could not be written: the page still "
                "shows the old text. The site tries again by itself. Tell whoever runs the server."
            )
        )


# --- Sending ----------------------------------------------------------------


def page_to_send(name: str, display: Display, bundle: page_file.Bundle | None = None) -> bytes:
    """The form of today, in the visitor's colours. Needs no database, cache or session."""
    pages = (bundle or page_file.current()).pages
    html = pages[name].on(today(), is_demo=settings.IS_DEMO_SITE)
    named = html.replace(SITE_NAME.encode(), escape(settings.SITE_NAME).encode())
    return apply_display(named, display)


def error_page(reference: str, kept: Words, display: Display) -> bytes:
    """ "Something went wrong", with the code that the log also has, and the words that could not be taken."""
    html = page_to_send("server_error", display).replace(REFERENCE.encode(), escape(reference).encode())
    return _with_words(html, kept)


def read_only_page(kept: Words, display: Display) -> bytes:
    """ "Reading only", with the words that could not be taken."""
    return _with_words(page_to_send("read_only", display), kept)


def _with_words(html: bytes, kept: Words) -> bytes:
    words = render("help/kept_words.html", {"kept": kept}) if kept else ""
    return html.replace(KEPT_WORDS.encode(), words.encode("utf-8", "replace"))
