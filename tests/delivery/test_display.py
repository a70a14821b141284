"""The choice of colours, and finished files in those colours."""

import pytest
from django.test import RequestFactory

from cachexia_portal.delivery.display import Display, apply_display

FINISHED = b"""<!doctype html>
<html lang="en-gb" data-theme="auto" data-text="normal">
<input type="radio" name="theme" id="theme-auto" value="auto" checked>
<input type="radio" name="theme" id="theme-light" value="light">
<input type="radio" name="theme" id="theme-dark" value="dark">
<input type="radio" name="text" value="normal" checked id="text-normal" />
<input type="radio" name="text" value="larger" id="text-larger" />
<input type="checkbox" id="other" checked>
<p> data-theme="auto" data-text="normal"</p>
"""


@pytest.mark.parametrize("value", Display.all_cookies())
def test_every_choice_is_read_back_from_its_cookie(value):
    assert Display.from_cookie(value).to_cookie() == value


@pytest.mark.parametrize("value", ["", "pink.huge", ".", "dark", 'dark."><script>', "auto.normal.x", "\0"])
def test_what_is_not_on_the_list_counts_as_the_default(value):
    display = Display.from_cookie(value)
    assert display.to_cookie() in Display.all_cookies()
    assert display.text == "normal"


def test_the_choice_of_a_request_is_its_cookie():
    request = RequestFactory().get("/", headers={"Cookie": "display=dark.large"})
    assert Display.from_request(request) == Display("dark", "large")


def test_a_finished_file_takes_the_colours_and_marks_the_choices():
    html = apply_display(FINISHED, Display("dark", "larger")).decode()
    assert '<html lang="en-gb" data-theme="dark" data-text="larger">' in html
    assert 'id="theme-dark" value="dark" checked>' in html
    assert 'id="text-larger" checked>' in html
    assert 'id="theme-auto" value="auto">' in html
    assert 'value="normal" id="text-normal"' in html
    assert html.count(" checked") == 3
    assert '<p> data-theme="auto" data-text="normal"</p>' in html, "only the first mark is the page's"


def test_a_finished_file_stays_as_it_is_for_the_default():
    html = apply_display(FINISHED, Display())
    assert html.count(b" checked") == 3
    assert b'data-theme="auto" data-text="normal"' in html
