"""The fixed pages: what stands on them, and in which form they are sent."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as project
from django.db import transaction

from cachexia_portal.delivery.display import Display
from cachexia_portal.help import page_file
from cachexia_portal.help.models import FixedPageApproval, HelpLine
from cachexia_portal.help.pages import (
    error_page,
    page_to_send,
    preview,
    shipped_file,
    write_after_commit,
    write_pages,
    write_pages_if_due,
)
from cachexia_portal.help.starter_lines import starter_lines
from cachexia_portal.help.wording import text_hash
from tests.help.lines import checked_line, make_line
from tests.help.shown import DRAFT, card, sent
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(db):
    for _, _, make in starter_lines():
        make()


def test_the_home_country_stands_first_and_the_others_by_name(starter, settings):
    settings.HOME_COUNTRY = "IN"
    write_pages()
    choice = re.search(r'<nav id="countries".*?</nav>', sent(), re.DOTALL)[0]
    names = re.findall(r'<a href="#country-[a-z]{2}">([^<]+)</a>', choice)
    assert names[0] == "India"
    assert names[1:] == sorted(names[1:])
    assert len(names) == 33


def test_every_choice_of_country_leads_to_its_numbers(starter):
    write_pages()
    html = sent()
    for code in re.findall(r'href="#country-([a-z]{2})"', html):
        assert "emergency" in card(html, code).lower()


def test_every_link_within_the_page_leads_somewhere(starter):
    write_pages()
    html = sent()
    places = set(re.findall(r'id="([^"]+)"', html))
    assert len(places) == len(re.findall(r'\bid="', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= places


def test_nothing_can_be_dialled_above_the_choice_of_country(starter):
    write_pages()
    above, below = sent().split('id="countries"')
    assert not re.search(r'href="(tel|sms):', above)
    assert "button-call" not in above
    assert re.search(r'href="tel:988"', below)
    assert re.search(r'href="sms:988"', below)


def test_the_address_of_a_chat_is_text(starter):
    write_pages()
    assert re.search(r'chat at <bdi dir="ltr">988lifeline\.org</bdi>', card(sent(), "us"))


def test_an_unchecked_number_says_so(starter):
    write_pages()
    html = sent()
    assert html.count("Not yet checked by us.") == HelpLine.objects.count()
    assert "Checked by two people" not in html


def test_a_checked_number_shows_the_date_of_its_check_in_both_forms(clock, editor, other_editor):
    checked_line(editor, other_editor, date(2026, 11, 3))
    write_pages()
    assert "Checked by two people, 3 November 2026." in sent()
    clock.move_to(datetime(2027, 6, 1, tzinfo=UTC))
    assert "Checked by two people, 3 November 2026." in sent()


def test_a_first_check_alone_shows_no_date(clock, editor):
    make_line().record_check(by=editor)
    write_pages()
    assert "Not yet checked by us." in sent()
    assert "November" not in sent()


def test_anywhere_else_is_a_sentence_with_a_name_and_no_number(starter):
    write_pages()
    closing = re.search(r"<p>Anywhere else:.*?</p>", sent())[0]
    assert "findahelpline.com" in closing
    assert not re.search(r"\d|href", closing)


def test_the_number_of_the_text_and_its_hours_are_shown(db):
    make_line(hours="9 am to 5 pm, Monday to Friday", hours_zone="Europe/London", languages="English, Welsh")
    write_pages()
    assert "9 am to 5 pm, Monday to Friday (Europe/London)" in sent()
    assert "English, Welsh" in sent()


# --- The line of the review -----------------------------------------------------


def approve(reviewer, letters="RN") -> None:
    FixedPageApproval.objects.create(
        text_hash=text_hash(HelpLine.objects.shown()),
        reviewer=reviewer,
        credential_snapshot={"public_name": "Rhea <b>Moss</b>", "letters": letters},
    )


def test_the_page_says_that_no_clinician_has_checked_it(starter):
    write_pages()
    assert DRAFT in sent()


@pytest.mark.parametrize(("letters", "words"), [("RN", "Moss&lt;/b&gt;, RN, on"), ("", "Moss&lt;/b&gt;, on")])
def test_an_approval_of_exactly_this_text_is_named(letters, words, clock, starter, medical_reviewer):
    approve(medical_reviewer, letters)
    write_pages()
    assert DRAFT not in sent()
    assert f"Checked for this site by Rhea &lt;b&gt;{words} 21 November 2026." in sent()


def test_an_edit_of_a_line_takes_the_approval_off_the_page(starter, medical_reviewer, editor):
    approve(medical_reviewer)
    line = HelpLine.objects.first()
    line.hours = "all day"
    line.save_edit(by=editor)
    write_pages()
    assert DRAFT in sent()


def test_a_demonstration_shows_no_approval(starter, medical_reviewer, settings):
    approve(medical_reviewer)
    write_pages()
    settings.IS_DEMO_SITE = True
    assert DRAFT in sent()
    assert "Checked for this site by" not in sent()


# --- Hostile staff --------------------------------------------------------------


def test_what_staff_type_is_escaped_in_the_file():
    for place, (name, text) in enumerate(STORABLE.items()):
        make_line(
            name=(name + " " + text)[:80],
            number=text[:80].strip() or "1",
            hours=text[:120],
            hours_zone=text[:50],
            languages=text[:120],
            site_url=text[:200],
            position=place,
        )
    write_pages()
    for name in ("help", "server_error", "read_only"):
        html = page_to_send(name, Display()).decode()
        assert not live_markup_in(html)
        assert not re.search(r'href="(?!/|#|tel:|sms:|http://localhost:8000/)', html)


def test_text_that_turns_the_direction_stays_within_its_own_words():
    make_line(name="abc \u202edcba", number="555-0100")
    write_pages()
    assert "<bdi>abc \u202edcba</bdi>" in sent()
    assert '<bdi dir="ltr">555-0100</bdi>' in sent()


def test_staff_cannot_type_a_mark_of_the_page():
    make_line(name="<!--site-name--><!--reference-->", kind="crisis")
    write_pages()
    assert "&lt;!--site-name--&gt;&lt;!--reference--&gt;" in error_page("REF", [], Display()).decode()


# --- Writing --------------------------------------------------------------------


def test_one_writing_makes_all_pages():
    make_line(number="555-0177")
    write_pages()
    for name in ("help", "server_error", "read_only"):
        assert "555-0177" in sent(name)


@pytest.mark.django_db(transaction=True)
def test_the_file_is_never_ahead_of_the_database(settings):
    with transaction.atomic():
        make_line()
        write_after_commit(pytest.fail)
        assert page_file.current() is page_file.shipped()
    assert "555-0100" in sent()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_writes_nothing():
    with transaction.atomic():
        make_line()
        write_after_commit(pytest.fail)
        transaction.set_rollback(True)
    assert page_file.current() is page_file.shipped()


def test_the_database_is_read_only_when_no_other_writer_can_come_between(monkeypatch, settings):
    """Else an older reading could be written over a newer one."""
    import fcntl
    from pathlib import Path

    from cachexia_portal.help import pages

    def reading():
        with (Path(settings.HELP_PAGES_DIR) / ".lock").open("a") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return made()

    made = pages.pages_of_now
    monkeypatch.setattr(pages, "pages_of_now", reading)
    write_pages()
    assert write_pages_if_due() is False


def test_the_pages_are_due_when_missing_damaged_old_or_other(clock, settings):
    assert write_pages_if_due()
    assert not write_pages_if_due()
    make_line()
    assert write_pages_if_due()
    assert not write_pages_if_due()
    clock.shift(timedelta(days=1))
    assert write_pages_if_due()
    (settings.HELP_PAGES_DIR / "pages.json").write_text("{")
    assert write_pages_if_due()
    assert "555-0100" in sent()


def test_a_preview_shows_what_would_be_written_and_writes_nothing(settings):
    make_line(number="555-0142")
    assert "555-0142" in preview("help", Display()).decode()
    assert not settings.HELP_PAGES_DIR.exists()


# --- The copy that ships ----------------------------------------------------------


def test_the_shipped_copy_is_what_the_starter_lines_make():
    """When this fails: manage.py render_help --shipped"""
    assert page_file.SHIPPED_FILE.read_bytes() == shipped_file()


def test_the_shipped_copy_knows_nothing_of_this_installation(settings):
    settings.HOME_COUNTRY, settings.SITE_NAME, settings.ORGANISATION = "GB", "Elsewhere", "Some Society"
    settings.SITE_URL = "https://elsewhere.example"
    assert page_file.SHIPPED_FILE.read_bytes() == shipped_file()


def test_the_shipped_copy_has_the_numbers_and_checks_none_of_them():
    html = sent()
    assert page_file.current() is page_file.shipped()
    assert 'href="tel:988"' in html
    assert DRAFT in html
    assert "Checked by two people" not in html


@pytest.mark.parametrize("name", ["server_error", "read_only"])
def test_the_shipped_copy_shows_the_numbers_of_no_country_to_who_cannot_wait(name):
    html = sent(name)
    assert page_file.current() is page_file.shipped()
    assert 'href="/help-now/#countries">Numbers, by country</a>' in html
    assert not re.search(r'href="(tel|sms):', html)
    assert "988" not in html


def test_the_shipped_copy_lists_the_countries_by_name():
    names = re.findall(r'<a href="#country-[a-z]{2}">([^<]+)</a>', sent())
    assert names == sorted(names)
    assert len(names) == 33


@pytest.mark.parametrize("name", ["server_error", "read_only"])
def test_who_cannot_wait_reads_whether_a_clinician_has_checked_it(name, starter, medical_reviewer):
    write_pages()
    assert DRAFT in sent(name)
    approve(medical_reviewer)
    write_pages()
    assert DRAFT not in sent(name)
    assert "Checked for this site by Rhea" in sent(name)


def test_the_page_is_light(starter):
    import gzip

    write_pages()
    assert len(gzip.compress(sent().encode())) <= 25_000


def test_the_languages_of_the_site_are_those_of_the_page():
    assert f'<html lang="{project.LANGUAGE_CODE}"' in sent()
