"""One site and one list of its forms for all files of this folder: looking for them takes longest."""

from __future__ import annotations

import pytest
import time_machine
from django.db import transaction

from tests.conftest import MORNING
from tests.hostile_forms import run


@pytest.fixture(scope="package")
def clients(django_db_setup, django_db_blocker):
    """Rolled back at the end."""
    with time_machine.travel(MORNING, tick=False), django_db_blocker.unblock(), transaction.atomic():
        try:
            yield run.lay_out()
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="package")
def doors(clients):
    """Every form, for a visitor, for members and for the staff."""
    return run.doors(clients)
