"""E-mail addresses, also those written so that machines do not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cachexia_portal.screening.folding import Folded

START = r"(?<![a-z0-9._+-])"
WORD = r"[a-z0-9][a-z0-9_+-]{0,40}"
ENDING = (
    r"(?:com|org|net|edu|gov|info|example|test|co|ac|nhs|de|uk|us|ca|au|nz|ie|in|fr|es|it|nl|be|ch|at|se|no|dk|fi|pl"
    r"|io|me|eu)\b"
)
BRACKETED_AT = r" ?[(\[{<] ?(?:at|@) ?[)\]}>] ?"
BRACKETED_DOT = r" ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?"
SPOKEN_DOT = rf"(?:{BRACKETED_DOT}| dot )"
ANY_DOT = rf"(?:{SPOKEN_DOT}|\.)"
NAME = rf"{WORD}(?:{ANY_DOT}{WORD}){{0,3}}"

# What a form cannot be without, which is quick to look for; then the form.
FORMS = (
    # b.keller@example.com, also with a space on either side of the sign
    (re.compile("@"), re.compile(rf"{START}{WORD}(?:\.{WORD}){{0,3}} ?@ ?{WORD}(?:{ANY_DOT}{WORD}){{1,4}}")),
    # b dot keller at example dot com
    (
        re.compile(r"dot|[(\[{<] ?\."),
        re.compile(
            rf"{START}{NAME}(?:{BRACKETED_AT}| at ){WORD}(?:{ANY_DOT}{WORD}){{0,2}}{SPOKEN_DOT}{ENDING}"
        ),
    ),
    # b.keller (at) example.com
    (
        re.compile(r"[(\[{<] ?(?:at|@)"),
        re.compile(rf"{START}{NAME}{BRACKETED_AT}{WORD}(?:{ANY_DOT}{WORD}){{0,3}}{ANY_DOT}{ENDING}"),
    ),
)


def find(folded: Folded, country: str) -> Iterator[tuple[int, int]]:
    """Addresses as they are, and spelled with "at" and "dot"."""
    for needed, form in FORMS:
        if needed.search(folded.text):
            yield from (found.span() for found in form.finditer(folded.text))
