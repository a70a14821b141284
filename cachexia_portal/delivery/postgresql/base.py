"""While the database is gone, one thread of a process asks for it and the others go on at once.

Without this, each thread waits for the pool at each page that needs the database, and whoever
asks for the help page, which needs none, waits in the same line.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

_is_gone = threading.Event()
_asking = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises OperationalError at once while somebody else of this process waits for what is gone."""
        if not self.pool or not _is_gone.is_set():
            return self._connect(conn_params)
        if not _asking.acquire(blocking=False):
            raise OperationalError("The database is gone. Another thread is asking for it.")
        try:
            return self._connect(conn_params)
        finally:
            _asking.release()

    def _connect(self, conn_params: dict[str, Any]) -> Any:
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            _is_gone.set()
            raise
        _is_gone.clear()
        return connection
