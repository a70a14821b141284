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
    read_only_page,
    shipped_file,
    write_after_commit,
    write_pages,
    write_pages_if_due,
)
from cachexia_portal.help.starter_lines import starter_lines
from cachexia_portal.help.wording import text_hash
from tests.help.lines import checked_line, make_line
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
STALE = "Some of these numbers have not been checked for 90 days."
ONE_STALE = "Not checked for 90 days."
DRAFT = "Drafted from public guidance. No clinician has checked this page for this site yet."
DEMO = "Demonstration. Not medically reviewed. The people are invented."


def sent(name: str = "help") -> str:
    return page_to_send(name, Display()).decode()


def card(html: str, code: str) -> str:
    return re.search(rf'<section[^>]*id="country-{code}".*?</section>', html, re.DOTALL)[0]


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


# --- Two forms ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["help", "server_error", "read_only"])
def test_the_clock_alone_picks_the_form(name, clock, editor, other_editor, all_stopped_later):
    checked_line(editor, other_editor, DAY)
    write_pages()
    all_stopped_later()
    last_good_day = DAY + timedelta(days=89)
    clock.move_to(datetime.combine(last_good_day, datetime.max.time(), tzinfo=UTC))
    assert STALE not in sent(name)
    assert ONE_STALE not in sent(name)
    clock.move_to(datetime.combine(last_good_day + timedelta(days=1), datetime.min.time(), tzinfo=UTC))
    assert STALE in sent(name)
    assert ONE_STALE in sent(name)
    clock.shift(timedelta(days=-1))
    assert STALE not in sent(name)


def test_the_day_is_the_one_of_the_sites_own_zone(clock, settings, editor, other_editor):
    settings.TIME_ZONE = "Pacific/Auckland"
    checked_line(editor, other_editor, DAY)
    write_pages()
    clock.move_to(datetime(2027, 2, 18, 12, 0, tzinfo=UTC))  # 19 February there
    assert STALE in sent()
    clock.move_to(datetime(2027, 2, 18, 10, 0, tzinfo=UTC))  # still 18 February there
    assert STALE not in sent()


def test_only_the_lines_that_are_stale_are_marked(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=60), country="CA")
    checked_line(editor, other_editor, DAY, country="GB")
    make_line(country="IN")
    write_pages()
    clock.shift(timedelta(days=30))
    html = sent()
    marked = [code for code in ("ca", "gb", "in") if ONE_STALE in card(html, code)]
    assert marked == ["ca"]


def test_the_next_writing_marks_those_that_became_stale_since(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=60), country="CA")
    checked_line(editor, other_editor, DAY, country="GB")
    clock.shift(timedelta(days=90))
    write_pages()
    assert sent().count(ONE_STALE) == 2


def test_the_oldest_check_decides_and_a_retired_line_does_not_count(clock, editor, other_editor):
    old = checked_line(editor, other_editor, DAY - timedelta(days=89))
    checked_line(editor, other_editor, DAY)
    old.retire(by=editor)
    write_pages()
    clock.shift(timedelta(days=1))
    assert STALE not in sent()


def test_a_page_whose_own_numbers_are_fresh_does_not_say_stale(clock, editor, other_editor):
    checked_line(editor, other_editor, DAY - timedelta(days=100), country="CA")
    checked_line(editor, other_editor, DAY, country="US")
    write_pages()
    assert STALE in sent("help")
    assert STALE not in sent("server_error")


def test_unchecked_numbers_never_become_stale(clock):
    make_line()
    write_pages()
    clock.shift(timedelta(days=400))
    assert STALE not in sent()


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


# --- What is put in when sent ---------------------------------------------------


@pytest.mark.parametrize("is_written", [True, False], ids=["written", "shipped"])
@pytest.mark.parametrize("name", ["help", "server_error", "read_only"])
def test_a_demonstration_says_so_on_every_page(name, is_written, settings):
    if is_written:
        write_pages()
    settings.IS_DEMO_SITE = True
    assert DEMO in sent(name)
    assert '<meta name="robots" content="noindex">' in sent(name)
    settings.IS_DEMO_SITE = False
    assert DEMO not in sent(name)


@pytest.mark.parametrize("is_written", [True, False], ids=["written", "shipped"])
def test_the_site_has_its_own_name_on_every_page(is_written, settings):
    settings.SITE_NAME = 'Side by <i>"Side"'
    if is_written:
        write_pages()
    for name in ("help", "server_error", "read_only"):
        assert "Side by &lt;i&gt;&quot;Side&quot;" in sent(name)
        assert "<!--site-name-->" not in sent(name)


def test_colours_and_text_size_are_kept():
    html = page_to_send("help", Display("dark", "larger")).decode()
    assert '<html lang="en-gb" data-theme="dark" data-text="larger">' in html
    assert re.search(r'id="theme-dark"[^>]* checked', html)


def test_links_to_style_and_pictures_carry_no_hash(starter):
    write_pages()
    links = re.findall(r'"(/static/[^"#]+)', sent())
    assert set(links) == {"/static/css/main.css", "/static/img/mark.svg", "/static/img/sprite.svg"}


@pytest.mark.parametrize("name", ["help", "server_error", "read_only"])
def test_no_page_carries_a_token(name):
    write_pages()
    assert "csrfmiddlewaretoken" not in sent(name)
    assert 'id="theme-dark"' in sent(name)


def test_the_reference_stands_on_the_error_page():
    write_pages()
    html = error_page("7F3A<20", Display()).decode()
    assert "<strong>7F3A&lt;20</strong>" in html
    assert "<!--reference-->" not in html


def test_kept_words_stand_on_the_read_only_page_escaped(hostile):
    html = read_only_page([("Your words", hostile)], Display()).decode()
    assert not live_markup_in(html)
    assert "Your words are not lost." in html
    assert "<!--kept-words-->" not in html
    if hostile.strip().isalpha():
        assert hostile in html


def test_kept_words_cannot_forge_a_mark_of_the_page():
    write_pages()
    html = read_only_page([("Your words", "<!--site-name--> <!--kept-words-->")], Display()).decode()
    assert "&lt;!--site-name--&gt; &lt;!--kept-words--&gt;" in html


def test_without_words_the_read_only_page_does_not_speak_of_them():
    write_pages()
    assert "Your words are not lost." not in read_only_page([], Display()).decode()


@pytest.mark.parametrize("name", ["server_error", "read_only"])
def test_who_cannot_wait_finds_the_numbers_of_home_with_their_state(name, starter, settings):
    settings.HOME_COUNTRY = "GB"
    write_pages()
    html = sent(name)
    assert "If you cannot wait" in html
    assert {"999", "112", "116123"} == set(re.findall(r'href="tel:(\d+)"', html))
    assert html.count("Not yet checked by us.") == 3


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
    assert "&lt;!--site-name--&gt;&lt;!--reference--&gt;" in error_page("REF", Display()).decode()


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


def test_the_page_is_light(starter):
    import gzip

    write_pages()
    assert len(gzip.compress(sent().encode())) <= 25_000


def test_the_languages_of_the_site_are_those_of_the_page():
    assert f'<html lang="{project.LANGUAGE_CODE}"' in sent()
