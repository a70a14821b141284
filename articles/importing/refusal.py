"""Why a file is not taken."""

from __future__ import annotations


class ImportRefused(Exception):
    """The whole file is refused: `reason` is a sentence, `line` where it went wrong, if known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
