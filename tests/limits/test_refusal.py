from django import forms
from django.template import engines
from django.test import RequestFactory

from cachexia_portal.limits.refusal import too_many, wait_sentence

PAGE = "{{ limit_sentence }}|{{ form.non_field_errors }}{{ form.words }}"


class WordsForm(forms.Form):
    words = forms.CharField()


def refuse(form, seconds, monkeypatch):
    template = engines["django"].from_string(PAGE)
    monkeypatch.setattr("django.template.loader.get_template", lambda name, using=None: template)
    return too_many(RequestFactory().post("/"), "any.html", {"form": form}, seconds)


def test_a_refusal_is_a_429_that_says_when_to_come_back(monkeypatch):
    response = refuse(WordsForm({"words": "He eats nothing"}), 90, monkeypatch)
    assert response.status_code == 429
    assert response["Retry-After"] == "90"


def test_a_refusal_gives_every_word_back_with_the_reason(monkeypatch):
    page = refuse(WordsForm({"words": "He eats <nothing>"}), 90, monkeypatch).content.decode()
    assert 'value="He eats &lt;nothing&gt;"' in page
    assert page.count("Please wait 2 minutes") == 2  # in the context, and as the form's error


def test_a_refusal_keeps_the_other_errors_of_the_form(monkeypatch):
    form = WordsForm({"words": ""})
    refuse(form, 90, monkeypatch)
    assert set(form.errors) == {"words", "__all__"}


def test_the_wait_is_told_in_whole_minutes_rounded_up():
    assert "wait 1 minute," in wait_sentence(1)
    assert "wait 1 minute," in wait_sentence(60)
    assert "wait 2 minutes," in wait_sentence(61)
