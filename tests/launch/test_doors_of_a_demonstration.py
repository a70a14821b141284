"""A site that was a demonstration once: what invented people moved there does not count when it goes live."""

from __future__ import annotations

import pytest

from cachexia_portal import launch
from cachexia_portal.launch.models import Cause, Doors
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def invented(settings):
    """An administrator of the demonstration."""
    settings.IS_DEMO_SITE = False
    return make_member("Ina Invented", is_demo=True)


def test_doors_that_an_invented_person_opened_are_closed_on_a_live_site(never_opened, invented):
    Doors.objects.create(are_open=True, cause=Cause.BY_HAND, by=invented)
    assert not launch.may_people_write()
    assert not launch.may_be_opened()


def test_doors_that_an_invented_person_closed_do_not_keep_a_live_site_shut(invented):
    Doors.objects.create(are_open=True, cause=Cause.READY)
    Doors.objects.create(are_open=False, cause=Cause.BY_HAND, by=invented)
    assert launch.may_people_write()


def test_they_count_in_the_demonstration(invented, settings):
    settings.IS_DEMO_SITE = True
    Doors.objects.create(are_open=True, cause=Cause.BY_HAND, by=invented)
    assert launch.are_open()
