"""A live site before its first day: no row says that the doors were ever opened."""

from __future__ import annotations

import pytest
from django.db import connection

from cachexia_portal.events.append_only import lifted
from cachexia_portal.launch.models import Doors


@pytest.fixture
def never_opened(db):
    """The site as it is set up, before anything on the list is true."""
    with lifted(connection):
        Doors.objects.all().delete()
