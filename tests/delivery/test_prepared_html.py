"""Templates and addresses with blanks say what Django says of the same values."""

from __future__ import annotations

import pytest
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html

from cachexia_portal.delivery import prepared_html
from cachexia_portal.delivery.prepared import NUMBER, TEXT
from cachexia_portal.delivery.prepared_html import BLANK, PreparedAddress, PreparedTemplate

ROW = "pages/search/entry.html"
EMPTY = {
    "url": "/",
    "title": "Bread",
    "heading": "",
    "text": "",
    "sections": [],
    "audience": "",
    "badges": [],
}
VALUES = [
    EMPTY,
    {**EMPTY, "title": "<script>alert(1)</script>", "url": '/" onclick="alert(1)'},
    {**EMPTY, "title": "{0} {} {title} {{ title }} %s \\1", "heading": "{% now %}"},
    {**EMPTY, "title": f"{BLANK}-1- {BLANK}-0-", "text": f"{BLANK}-7-"},
    {**EMPTY, "heading": "One", "text": format_html("<mark>{}</mark>", "<b>")},
    {**EMPTY, "sections": [("/a#b", "A & B"), ("/c", "C")], "audience": "Start here"},
    {**EMPTY, "badges": [("badge-lived", "people", "2 from <experience>"), ("badge-staff", "leaf", "Us")]},
    {**EMPTY, "heading": "\u202eturned", "sections": [("/a", "A")]},
]


def by_django(values) -> str:
    return get_template(ROW).render(values)


@pytest.mark.parametrize("values", VALUES)
def test_it_says_what_the_template_says(values):
    row = PreparedTemplate(ROW)
    assert row.filled(**values) == by_django(values)
    assert row.filled(**values) == by_django(values)


def test_other_words_of_the_same_form_are_not_rendered_anew(monkeypatch):
    row = PreparedTemplate(ROW)
    row.filled(**EMPTY)
    monkeypatch.setattr(prepared_html, "get_template", None)
    for title in ("Soup", "<Rice>"):
        assert format_html("{}</a>", title) in row.filled(**{**EMPTY, "title": title})
    assert len(row.patterns) == 1


def test_nothing_that_was_filled_in_is_kept():
    row = PreparedTemplate(ROW)
    row.filled(**{**EMPTY, "title": "quandong", "sections": [("/quandong", "quandong")]})
    assert "quandong" not in str(row.patterns)


def test_an_empty_text_is_another_form():
    row = PreparedTemplate(ROW)
    assert 'class="prose"' in row.filled(**{**EMPTY, "text": "It keeps."})
    assert 'class="prose"' not in row.filled(**EMPTY)


def test_yes_and_no_are_known_to_the_template():
    group = PreparedTemplate("pages/search/group.html")
    values = {
        "shelf": "questions",
        "name": "Questions",
        "rows": [],
        "nearby": [],
        "more_query": "",
        "more": "",
    }
    told = "These are the nearest."
    assert told in group.filled(**values, is_words=False, is_cut=True)
    assert told not in group.filled(**values, is_words=False, is_cut=False)


def test_a_part_without_any_text_is_shown():
    values = {**EMPTY, "url": "", "title": ""}
    assert PreparedTemplate(ROW).filled(**values) == by_django(values)


def test_braces_of_the_template_stay_as_they_are(monkeypatch):
    written = engines["django"].from_string('{"@type": {{ type }}, {0} {type}}')
    monkeypatch.setattr(prepared_html, "get_template", lambda name: written)
    assert PreparedTemplate("any").filled(type="<b>") == '{"@type": &lt;b&gt;, {0} {type}}'


def test_each_language_has_its_own_words():
    words = PreparedTemplate("pages/search/word.html")
    values = {"url": "/", "title": "Bread", "text": ""}
    words.filled(**values)
    with translation.override("de"):
        words.filled(**values)
    assert len(words.patterns) == 2


def test_forms_make_room_for_others(monkeypatch):
    monkeypatch.setattr(prepared_html, "MOST_FORMS", 3)
    row = PreparedTemplate(ROW)
    for number in range(9):
        values = {**EMPTY, "sections": [("/", str(at)) for at in range(number)]}
        assert row.filled(**values) == by_django(values)
    assert len(row.patterns) <= 3


def test_an_editor_of_templates_sees_the_change(settings, monkeypatch):
    settings.DEBUG = True
    row = PreparedTemplate(ROW)
    row.filled(**EMPTY)
    monkeypatch.setattr(row, "name", "pages/search/word.html")
    assert "See it with related words" in row.filled(**EMPTY)


@pytest.mark.parametrize(
    ("name", "blanks", "values"),
    [
        ("community:question", (NUMBER, TEXT), (17, "what-helps-with-7")),
        ("community:story", (NUMBER, TEXT), (2147306815, "story")),
        ("articles:article", (TEXT,), ("first_signs-2",)),
    ],
)
def test_an_address_is_what_reverse_gives(name, blanks, values):
    address = PreparedAddress(lambda *args: reverse(name, args=args), *blanks)
    for _ in range(2):
        assert address.filled(*values) == reverse(name, args=values)


def test_an_address_is_made_anew_where_others_are_in_use(settings):
    address = PreparedAddress(lambda: reverse("help:help_now"))
    before = address.filled()
    settings.ROOT_URLCONF = "tests.delivery.other_addresses"
    assert address.filled() != before
