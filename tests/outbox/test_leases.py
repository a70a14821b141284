from datetime import timedelta

import pytest

from cachexia_portal.outbox.leases import lease
from cachexia_portal.outbox.models import Lease
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db

TAKE_ONCE = """
import time
from cachexia_portal.outbox.leases import lease
with lease("race", 60) as mine:
    print(int(mine))
    time.sleep(2)
"""


def test_one_holder_at_a_time():
    with lease("tick", 60) as mine:
        with lease("tick", 60) as yours:
            assert (mine, yours) == (True, False)
        with lease("tick", 60) as again:
            assert not again, "a refused holder gave back what was not its own"


def test_another_piece_of_work_is_not_held_up():
    with lease("tick", 60), lease("import", 60) as mine:
        assert mine


def test_a_lease_is_given_back_also_after_an_error():
    def fail():
        with lease("tick", 60):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with lease("tick", 60) as mine:
        assert mine


def test_a_holder_that_died_keeps_others_out_no_longer_than_it_said(clock):
    dead = lease("tick", 60)
    dead.__enter__()
    clock.shift(timedelta(seconds=59))
    with lease("tick", 60) as early:
        assert not early
    clock.shift(timedelta(seconds=1))
    with lease("tick", 60) as later:
        assert later


def test_a_holder_who_was_too_slow_does_not_take_the_lease_from_the_next(clock):
    slow = lease("tick", 60)
    slow.__enter__()
    clock.shift(timedelta(seconds=61))
    with lease("tick", 60) as next_one:
        assert next_one
        slow.__exit__(None, None, None)
        with lease("tick", 60) as third:
            assert not third
    assert Lease.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_three_processes_one_gets_the_lease(tmp_path):
    printed = run_at_once(TAKE_ONCE, tmp_path, processes=3)
    assert sorted(map(int, printed)) == [0, 0, 1]
