"""The list as `manage.py check --deploy` says it."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connection

from cachexia_portal.launch.checks import TAG

pytestmark = pytest.mark.django_db


def said(**options) -> dict[str, str]:
    found = run_checks(tags=[TAG], include_deployment_checks=True, **options)
    assert len(found) == len({message.id for message in found}), "said twice"
    return {message.id: message.msg for message in found}


@pytest.fixture
def gone():
    """The database, before it has tables or while it is away."""

    def fail(*_asked):
        raise OperationalError("no such table")

    with connection.execute_wrapper(fail):
        yield


def test_without_a_database_only_the_settings_are_asked(gone, settings):
    settings.ORGANISATION = ""
    assert list(said()) == ["launch.W001"]
    assert "society and its addresses" in said()["launch.W001"]


def test_where_a_database_is_named_it_is_said_that_it_cannot_be_read(gone, settings):
    assert "launch.W000" in said(databases=["default"])


def test_the_missing_settings_are_named(gone, settings):
    settings.ORGANISATION, settings.POSTAL_ADDRESS = "The Society", ""
    [message] = run_checks(tags=[TAG], include_deployment_checks=True)
    assert "POSTAL_ADDRESS" in message.hint
    assert "ORGANISATION" not in message.hint


def test_the_command_as_the_operator_types_it_says_the_whole_list(never_opened, capsys):
    call_command("check", deploy=True)
    shown = capsys.readouterr().err
    assert [number for number in range(2, 11) if f"launch.W{number:03}" not in shown] == []


def test_with_a_database_every_red_line_is_a_warning_of_its_own_number(never_opened, settings):
    settings.ORGANISATION = ""
    found = said()
    assert sorted(found) == [f"launch.W{number:03}" for number in range(1, 11)]
    assert "Two moderators" in found["launch.W002"]


def test_a_site_that_is_ready_has_nothing_to_say(green):
    assert not said()


def test_an_ordinary_check_says_nothing_of_it(never_opened, capsys):
    call_command("check", databases=["default"])
    assert "launch." not in capsys.readouterr().err
