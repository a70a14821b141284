from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cachexia_portal.help.models import HelpLine, HelpRefused
from tests.help.lines import checked_line, make_line
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def test_a_check_is_complete_when_a_second_person_confirms_it(clock, editor, other_editor):
    line = make_line()
    line.record_check(by=editor)
    assert not line.is_checked
    line.confirm_check(by=other_editor)
    assert (line.checked_on, line.checked_by, line.confirmed_by) == (DAY, editor, other_editor)
    assert line.first_check_on is None


def test_the_date_of_a_check_is_the_day_of_the_first_look(clock, editor, other_editor):
    line = make_line()
    line.record_check(by=editor)
    clock.shift(timedelta(days=5))
    line.confirm_check(by=other_editor)
    assert line.checked_on == DAY


def test_nobody_confirms_their_own_check(editor):
    line = make_line()
    line.record_check(by=editor)
    with pytest.raises(HelpRefused):
        line.confirm_check(by=editor)
    assert not HelpLine.objects.get().is_checked


def test_nothing_is_confirmed_before_a_first_check(editor):
    with pytest.raises(HelpRefused):
        make_line().confirm_check(by=editor)


def test_the_second_of_two_first_checks_is_refused(editor, other_editor):
    line = make_line()
    seen_by_other = HelpLine.objects.get()
    line.record_check(by=editor)
    with pytest.raises(HelpRefused):
        seen_by_other.record_check(by=other_editor)


def test_a_second_round_keeps_the_last_finished_check_until_it_is_finished(clock, editor, other_editor):
    line = checked_line(editor, other_editor, DAY - timedelta(days=80))
    line.record_check(by=other_editor)
    assert line.checked_on == DAY - timedelta(days=80)
    line.confirm_check(by=editor)
    assert (line.checked_on, line.checked_by) == (DAY, other_editor)


@pytest.mark.parametrize(
    "people",
    [("same", "same", DAY), ("one", None, DAY), (None, None, DAY), ("one", "two", None), (None, "two", DAY)],
)
def test_the_database_refuses_a_check_by_fewer_than_two_people(people, editor, other_editor):
    known = {"same": editor, "one": editor, "two": other_editor, None: None}
    first, second, day = people
    with pytest.raises(IntegrityError, match="help_line_checked_by_two_people"), transaction.atomic():
        make_line(checked_by=known[first], confirmed_by=known[second], checked_on=day)


def test_the_database_refuses_half_a_first_check(editor):
    with pytest.raises(IntegrityError, match="first_check"), transaction.atomic():
        make_line(first_check_by=editor)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "555-0199"),
        ("name", "Day Line"),
        ("hours", "all day"),
        ("hours_zone", "Europe/London"),
        ("channel", "text"),
        ("kind", "cancer"),
        ("country", "CA"),
        ("languages", "Spanish"),
        ("site_url", "https://example.org/"),
    ],
)
def test_new_words_void_the_check_and_name_the_editor(field, value, editor, other_editor, administrator):
    line = checked_line(editor, other_editor, DAY)
    setattr(line, field, value)
    line.save_edit(by=administrator)
    line.refresh_from_db()
    assert not line.is_checked
    assert (line.edited_by, line.version) == (administrator, 2)


def test_new_words_void_a_first_check_too(editor, other_editor):
    line = make_line()
    line.record_check(by=editor)
    line.number = "555-0123"
    line.save_edit(by=other_editor)
    with pytest.raises(HelpRefused):
        line.confirm_check(by=other_editor)


def test_moving_a_line_keeps_its_check_and_its_editor(editor, other_editor, administrator):
    line = checked_line(editor, other_editor, DAY)
    line.position = 7
    line.save_edit(by=administrator)
    line.refresh_from_db()
    assert (line.position, line.checked_on, line.edited_by, line.version) == (7, DAY, None, 1)


def test_an_edit_over_somebody_elses_edit_is_refused(editor, other_editor):
    line = make_line()
    mine = HelpLine.objects.get()
    line.name = "First"
    line.save_edit(by=editor)
    mine.name = "Second"
    with pytest.raises(HelpRefused):
        mine.save_edit(by=other_editor)
    assert HelpLine.objects.get().name == "First"


def test_a_confirmation_of_a_number_that_has_changed_is_refused(editor, other_editor, administrator):
    line = make_line()
    line.record_check(by=editor)
    as_seen = HelpLine.objects.get()
    line.number = "555-0111"
    line.save_edit(by=administrator)
    line.record_check(by=editor)
    with pytest.raises(HelpRefused):
        as_seen.confirm_check(by=other_editor)


def test_a_retired_line_is_kept_but_not_shown(editor):
    line = make_line()
    line.retire(by=editor)
    assert not HelpLine.objects.shown().exists()
    line.restore(by=editor)
    assert HelpLine.objects.shown().get().edited_by == editor


def test_a_line_is_stale_on_the_ninetieth_day(editor, other_editor):
    line = checked_line(editor, other_editor, DAY)
    assert not line.is_stale_on(DAY + timedelta(days=89))
    assert line.is_stale_on(DAY + timedelta(days=90))
    assert list(HelpLine.objects.stale_on(DAY + timedelta(days=90))) == [line]
    assert not HelpLine.objects.stale_on(DAY + timedelta(days=89)).exists()


@pytest.mark.parametrize(
    ("channel", "number", "address"),
    [
        ("call", "0808 808 00 00", "tel:08088080000"),
        ("call", "+44 (0)20 7946 0000", "tel:+4402079460000"),
        ("text", "988", "sms:988"),
        ("chat", "988lifeline.org/chat", ""),
    ],
)
def test_a_number_leads_where_a_telephone_can_go(channel, number, address):
    line = HelpLine(country="US", kind="crisis", channel=channel, name="x", number=number)
    line.full_clean()
    assert line.dial_address == address


@pytest.mark.parametrize("channel", ["call", "text", "chat"])
def test_a_number_that_is_none_is_refused(channel):
    for text in HOSTILE.values():
        line = HelpLine(country="US", kind="crisis", channel=channel, name="x", number=text)
        with pytest.raises(ValidationError):
            line.full_clean(validate_constraints=False)


@pytest.mark.parametrize("number", ["javascript:alert(1)", "call me", "٩٨٨", "98 8;ext=1", ""])
def test_only_plain_digits_can_be_dialled(number):
    with pytest.raises(ValidationError) as refused:
        HelpLine(country="US", kind="crisis", channel="call", name="x", number=number).full_clean()
    assert "number" in refused.value.message_dict


def test_a_site_that_is_no_web_address_is_neither_taken_nor_linked():
    line = HelpLine(
        country="US", kind="crisis", channel="call", name="x", number="1", site_url="javascript:alert(1)"
    )
    with pytest.raises(ValidationError):
        line.full_clean()
    assert line.safe_site_url == ""


def test_a_country_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        HelpLine(country="XX", kind="crisis", channel="call", name="x", number="1").full_clean()
