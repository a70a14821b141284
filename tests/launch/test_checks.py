"""The list as `manage.py check --deploy` says it."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from cachexia_portal.launch.checks import TAG


def said(**options) -> dict[str, str]:
    found = run_checks(tags=[TAG], include_deployment_checks=True, **options)
    return {message.id: message.msg for message in found}


def test_without_a_database_only_the_settings_are_asked(settings):
    settings.ORGANISATION = ""
    assert list(said()) == ["launch.W001"]
    assert "society and its addresses" in said()["launch.W001"]


def test_the_missing_settings_are_named(settings):
    settings.ORGANISATION, settings.POSTAL_ADDRESS = "The Society", ""
    [message] = run_checks(tags=[TAG], include_deployment_checks=True)
    assert "POSTAL_ADDRESS" in message.hint
    assert "ORGANISATION" not in message.hint


@pytest.mark.django_db
def test_with_a_database_every_red_line_is_a_warning_of_its_own_number(never_opened, settings):
    settings.ORGANISATION = ""
    found = said(databases=["default"])
    assert sorted(found) == [f"launch.W{number:03}" for number in range(1, 11)]
    assert "Two moderators" in found["launch.W002"]


@pytest.mark.django_db
def test_a_site_that_is_ready_has_nothing_to_say(green):
    assert not said(databases=["default"])


@pytest.mark.django_db
def test_an_ordinary_check_says_nothing_of_it(never_opened, capsys):
    call_command("check", databases=["default"])
    assert "launch." not in capsys.readouterr().err
