"""Secrets from files: `SECRET_KEY_FILE=/run/secrets/secret_key` stands for `SECRET_KEY=…`.

A container is given its secrets as files, because whoever may look at a
container sees its environment. Imports nothing of Django: settings read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

NAMES = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "EMAIL_URL", "REDIS_URL", "MAIL_HOOK_SECRET")
#: A container is given every file it names, so the file is there before the first key is changed.
MAY_BE_EMPTY = {"SECRET_KEY_FALLBACKS"}


def environment_with_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """What is set, with the content of each `NAME_FILE` as NAME; an empty variable is not set.

    Stops the start with one line when a file cannot be read, is empty and may not be, or stands beside its variable.
    """
    is_set = {name: value for name, value in environment.items() if value}
    for name in NAMES:
        if file := is_set.get(f"{name}_FILE"):
            if name in is_set:
                raise SystemExit(f"{name} and {name}_FILE are both set. Keep one of them.")
            is_set[name] = _content(file, f"{name}_FILE")
            if not is_set[name] and name not in MAY_BE_EMPTY:
                raise SystemExit(f"{name}_FILE names {file}, which is empty.")
    return {name: value for name, value in is_set.items() if value}


def _content(file: str, variable: str) -> str:
    """Without the line break that editors put at the end."""
    try:
        return Path(file).read_text().strip()
    except (OSError, UnicodeDecodeError) as failure:
        reason = getattr(failure, "strerror", None) or "it is no text"
        raise SystemExit(f"{variable} names {file}, which cannot be read: {reason}.") from None
