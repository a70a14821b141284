"""Staff hear of help lines that nobody has checked for long."""

from datetime import date, timedelta

import pytest

from cachexia_portal.help.models import HelpLine
from cachexia_portal.outbox.models import Mail
from cachexia_portal.pages.reminders import remind_of_stale_help_lines

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def line_checked(editor, other_editor, clock):
    """`line_checked(90)`: a line that two people checked that many days ago."""

    def make(days_ago: int) -> HelpLine:
        return HelpLine.objects.create(
            country="GB",
            kind="crisis",
            channel="call",
            name="A line",
            number="116 123",
            checked_on=TODAY - timedelta(days=days_ago),
            checked_by=editor,
            confirmed_by=other_editor,
        )

    return make


def written_to() -> list[str]:
    return sorted(Mail.objects.values_list("to_address", flat=True))


def test_editors_and_administrators_hear_of_a_stale_line_and_nobody_else(
    line_checked, editor, other_editor, administrator, caregiver, moderator
):
    line_checked(90)
    remind_of_stale_help_lines()
    assert written_to() == sorted([editor.email, other_editor.email, administrator.email])
    assert "1 number on the help page" in Mail.objects.first().text


def test_nobody_is_written_to_while_every_check_is_fresh(line_checked):
    line_checked(89)
    remind_of_stale_help_lines()
    assert written_to() == []


def test_they_hear_of_it_once_a_week(line_checked, editor, other_editor, clock):
    line_checked(200)
    remind_of_stale_help_lines()
    clock.shift(timedelta(hours=1))
    remind_of_stale_help_lines()
    assert len(written_to()) == 2
    clock.shift(timedelta(days=7))
    remind_of_stale_help_lines()
    assert len(written_to()) == 4
