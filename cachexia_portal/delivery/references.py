"""A short code for one failed request: on the page, in the log and in the mail."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

#: Without letters and digits that are read for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def reference_of(request: HttpRequest) -> str:
    """The code of this request; the first call draws it, later ones repeat it."""
    if not hasattr(request, "reference"):
        request.reference = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))  # type: ignore[attr-defined]
    return request.reference  # type: ignore[attr-defined]
