"""The commands `first_admin` and `demo_code`."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from cachexia_portal.accounts.demo_people import make_demo_people
from cachexia_portal.accounts.models import Member

pytestmark = pytest.mark.django_db


def test_first_admin_prints_a_link_that_opens(capsys, visitor):
    call_command("first_admin", "first@example.org")
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("http://localhost:8000/accounts/first-administrator/")
    assert "first@example.org" in visitor.get(line.removeprefix("http://localhost:8000")).text
    assert not Member.objects.exists()


def test_first_admin_refuses_with_one_line_once_there_is_an_administrator(administrator, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("first_admin", "first@example.org")
    assert refusal.value.returncode == 1
    assert "\n" not in str(refusal.value)
    assert capsys.readouterr().out == ""


def test_first_admin_refuses_what_is_no_address(capsys):
    with pytest.raises(CommandError):
        call_command("first_admin", "nobody")
    assert capsys.readouterr().out == ""


def test_an_invented_administrator_does_not_stand_in_the_way_of_a_real_one(settings, capsys):
    settings.IS_DEMO_SITE = True
    make_demo_people()
    settings.IS_DEMO_SITE = False
    call_command("first_admin", "first@example.org")
    assert "first-administrator" in capsys.readouterr().out


def test_demo_code_prints_six_digits_and_nothing_else(settings, capsys):
    settings.IS_DEMO_SITE = True
    make_demo_people()
    call_command("demo_code", "Moderator@demo.example")
    output = capsys.readouterr().out
    assert output.strip().isdecimal()
    assert len(output) == 7


@pytest.mark.parametrize("email", ["caregiver@demo.example", "robin.hill@example.org", "", "x"])
def test_demo_code_refuses_for_everybody_else(settings, capsys, caregiver, email):
    settings.IS_DEMO_SITE = True
    make_demo_people()
    with pytest.raises(CommandError):
        call_command("demo_code", email)
    assert capsys.readouterr().out == ""


def test_demo_code_refuses_on_a_live_site(settings, capsys):
    settings.IS_DEMO_SITE = True
    make_demo_people()
    settings.IS_DEMO_SITE = False
    with pytest.raises(CommandError):
        call_command("demo_code", "moderator@demo.example")
    assert capsys.readouterr().out == ""
