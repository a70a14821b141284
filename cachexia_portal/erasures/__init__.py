"""What people took away: a row in the transaction of the act, and a line in a log outside every backup.

A restored site would bring back what was taken away since its backup was made. The log
is how it learns of that (`log.py`); ids and times only, never words or names.
"""

from __future__ import annotations

from django.db import transaction


def record(kind: str, subject_id: int) -> None:
    """Note that something may never be shown again, in the caller's transaction.

    `kind` is one of `models.Kind`; `subject_id` is the member for a closed account and for the
    consent for health data, the consent of a story for a withdrawn one, the revision of a withdrawn guide, the guide of an urgent
    notice, the post for everything else. The line in the log follows the commit; where that fails, the sweep writes it.
    """
    from .models import Erasure
    from .writing import write_new

    Erasure.objects.create(kind=kind, subject_id=subject_id)
    transaction.on_commit(write_new, robust=True)
