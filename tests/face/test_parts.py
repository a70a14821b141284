"""The parts that app templates are made of."""

import pytest
from django import forms
from django.template.loader import render_to_string


class Everything(forms.Form):
    words = forms.CharField(max_length=50, help_text="A few.", widget=forms.Textarea)
    country = forms.ChoiceField(choices=[("IE", "Ireland"), ("GB", "United Kingdom")], required=False)
    shown = forms.ChoiceField(
        choices=[("name", "With my name"), ("none", "Without")], widget=forms.RadioSelect
    )
    adult = forms.BooleanField(label="I am an adult")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, typed: dict[str, str] | None = None) -> str:
    return render_to_string("parts/field.html", {"field": Everything(typed)[name]})


def test_a_field_has_a_label_a_hint_and_its_limit():
    html = field("words")
    assert '<label for="id_words">Words</label>' in html
    assert '<p class="hint" id="id_words_helptext">A few.</p>' in html
    assert 'aria-describedby="id_words_helptext"' in html
    assert 'maxlength="50"' in html


def test_an_error_is_tied_to_its_control():
    html = field("words", {})
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert '<p class="error" id="id_words_error">' in html


def test_what_may_be_left_empty_says_so():
    assert "(you may leave this empty)" in field("country")
    assert "(you may leave this empty)" not in field("words")


def test_choices_stand_in_a_fieldset_each_with_its_label():
    html = field("shown", {})
    assert html.count('<label class="choice"') == 2
    assert "<legend>Shown</legend>" in html
    assert '<fieldset class="field" id="id_shown" tabindex="-1" aria-describedby="id_shown_error">' in html


def test_a_tick_box_stands_before_its_label():
    html = field("adult")
    assert html.index('type="checkbox"') < html.index("I am an adult")


def test_a_hidden_field_has_no_label():
    assert "<label" not in field("secret")


def test_what_was_typed_comes_back_escaped(hostile):
    html = field("words", {"words": hostile})
    assert "<script>" not in html
    assert "<img" not in html
    assert "<svg/" not in html


@pytest.mark.parametrize(
    ("typed", "heading"),
    [
        ({"words": "x", "shown": "name"}, "One thing needs another look"),
        ({}, "3 things need another look"),
    ],
)
def test_the_summary_counts_the_errors_and_leads_to_the_fields(typed, heading):
    html = render_to_string("parts/form_errors.html", {"form": Everything(typed)})
    assert heading in html
    assert '<a href="#id_adult">' in html


def test_a_form_without_errors_has_no_summary():
    assert not render_to_string("parts/form_errors.html", {"form": Everything()}).strip()


def test_kept_words_are_given_back_exactly_and_escaped():
    html = render_to_string("parts/kept_words.html", {"kept": [("Your words", "\none </textarea><b>two")]})
    assert "readonly>\n\none &lt;/textarea&gt;&lt;b&gt;two</textarea>" in html
    assert '<label for="kept-1">Your words</label>' in html


def test_no_kept_words_no_section():
    assert not render_to_string("parts/kept_words.html", {"kept": []}).strip()
