"""The whole site in one file, and back: database and media, on SQLite and on PostgreSQL.

    backup:  snapshot ─▶ rows, table by table ─▶ files ─▶ manifest ─▶ renamed when whole
    restore: every hash ─▶ the same code? ─▶ empty? ─▶ rows ─▶ digests ─▶ erasures once more ─▶ files ─▶ commit

Rows stand in a form that does not depend on the database (`rows.py`), so a backup of one is
restored into the other. What a site had taken away since the backup is taken away again before
anybody sees the restored rows (`erasing.py`).
"""

from .making import back_up, drop_old
from .refusal import Refused
from .restoring import restore

__all__ = ["Refused", "back_up", "drop_old", "restore"]
