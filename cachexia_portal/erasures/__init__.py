"""What people took away: a row in the transaction of the act, and a line in a log outside every backup."""

from __future__ import annotations


def record(kind: str, subject_id: int) -> None:
    """Note that something may never be shown again, in the caller's transaction.

    `kind` is one of `models.Kind`; `subject_id` is the member for a closed account,
    the consent for a withdrawn one, the post for everything else.
    """
    from .models import Erasure

    Erasure.objects.create(kind=kind, subject_id=subject_id)
