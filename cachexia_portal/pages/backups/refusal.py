"""Why a backup is not made or not put back, in a sentence for the operator that says what to do."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was written."""


class Damaged(Refused):
    """The file is not what `backup` wrote."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This backup is damaged: {what}. Nothing was restored. "
            "Fetch the file again, or use an earlier backup."
        )
