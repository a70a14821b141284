"""What is put into the fixed pages when they are sent."""

from __future__ import annotations

import re

import pytest

from cachexia_portal.delivery.display import Display
from cachexia_portal.help.pages import (
    error_page,
    page_to_send,
    read_only_page,
    write_pages,
)
from cachexia_portal.help.starter_lines import starter_lines
from tests.help.shown import DEMO, sent
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(db):
    for _, _, make in starter_lines():
        make()


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
    html = error_page("7F3A<20", [], Display()).decode()
    assert "<strong>7F3A&lt;20</strong>" in html
    assert "<!--reference-->" not in html


def test_kept_words_stand_on_the_read_only_page_escaped(hostile):
    html = read_only_page([("Your words", hostile)], Display()).decode()
    assert not live_markup_in(html)
    assert html.count("We could not save what you wrote.") == 1
    assert html.count("Your words are still here. Copy them before you leave this page.") == 1
    assert "not lost" not in html, "once is enough"
    assert "<!--kept-words-->" not in html
    if hostile.strip().isalpha():
        assert hostile in html


def test_kept_words_cannot_forge_a_mark_of_the_page():
    write_pages()
    html = read_only_page([("Your words", "<!--site-name--> <!--kept-words-->")], Display()).decode()
    assert "&lt;!--site-name--&gt; &lt;!--kept-words--&gt;" in html


def test_without_words_the_read_only_page_does_not_speak_of_them():
    write_pages()
    page = read_only_page([], Display()).decode()
    assert "what you wrote" not in page
    assert "Your words" not in page


@pytest.mark.parametrize("name", ["server_error", "read_only"])
def test_who_cannot_wait_finds_the_numbers_of_home_with_their_state(name, starter, settings):
    settings.HOME_COUNTRY = "GB"
    write_pages()
    html = sent(name)
    assert "If you cannot wait" in html
    assert {"999", "112", "116123"} == set(re.findall(r'href="tel:(\d+)"', html))
    assert html.count("Not yet checked by us.") == 3
