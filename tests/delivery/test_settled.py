"""Tags that remember their answer say what Django's own tags say."""

import pytest
from django.template import Context, Engine, engines
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.safestring import SafeString

from cachexia_portal.delivery import settled

DJANGOS = Engine(builtins=["django.templatetags.i18n", "django.templatetags.static"])
OURS = Engine(
    builtins=["django.templatetags.i18n", "django.templatetags.static", "cachexia_portal.delivery.settled"]
)
CONSTANT = [
    '{% translate "Yes" %}',
    '{% trans "Yes" %}',
    '{% translate "Less than 100%% & <b>" %}',
    '{% translate "May" context "abbrev. month" %}',
    '{% translate "Yes" as word %}[{{ word }}]',
    '{% translate "Yes" noop %}',
    "{% blocktranslate %}Yes{% endblocktranslate %}",
    "{% blocktrans trimmed %}\n  50% of <b>all</b>\n{% endblocktrans %}",
    "{% blocktranslate asvar word %}Yes{% endblocktranslate %}[{{ word }}]",
    '{% url "help:help_now" %}',
    '{% url "help:help_now" as address %}[{{ address }}]',
    '{% url "no_such_page" as address %}[{{ address }}]',
    '{% static "img/mark.svg" %}',
    '{% static "img/a&b.svg" %}',
    '{% static "img/mark.svg" as picture %}[{{ picture }}]',
]
CHANGING = [
    "{% translate word %}",
    '{% translate "Yes"|add:word %}',
    '{% translate "May" context word %}',
    "{% blocktranslate %}Yes, {{ word }}{% endblocktranslate %}",
    "{% blocktranslate with other=word %}Yes, {{ other }}{% endblocktranslate %}",
    "{% blocktranslate count n=word|length %}{{ n }} letter{% plural %}{{ n }} letters{% endblocktranslate %}",
    "{% blocktranslate count n=word|length %}A letter{% plural %}Letters{% endblocktranslate %}",
    '{% url "articles:article" word %}',
    '{% url "articles:article" slug=word %}',
    "{% static word %}",
]


def said(template, word="one", **how) -> str:
    return template.render(Context({"word": word}, **how))


def counted(tag, monkeypatch) -> list[int]:
    """A list that grows with each rendering by Django's own node inside the tag."""
    node = tag.nodelist[0].node
    asked: list[int] = []
    render = node.render
    monkeypatch.setattr(node, "render", lambda context: asked.append(1) or render(context))
    return asked


@pytest.mark.parametrize("source", CONSTANT + CHANGING)
@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("language", ["en-gb", "de"])
def test_a_tag_says_what_djangos_says_however_often(source, autoescape, language):
    ours, djangos = OURS.from_string(source), DJANGOS.from_string(source)
    with translation.override(language):
        for word in ("one", "1", "two", "<b>&", "one"):
            if "articles:article" in source and "<" in word:
                continue
            assert said(ours, word, autoescape=autoescape) == said(djangos, word, autoescape=autoescape)


@pytest.mark.parametrize("source", CONSTANT)
def test_an_answer_without_variables_is_worked_out_once(source, monkeypatch):
    tag = OURS.from_string(source)
    asked = counted(tag, monkeypatch)
    for _ in range(3):
        said(tag)
    assert len(asked) == 1


@pytest.mark.parametrize("source", CHANGING)
def test_a_tag_with_a_variable_is_djangos_own(source):
    assert not isinstance(OURS.from_string(source).nodelist[0], settled.Settled)


def test_every_language_has_its_own_answer():
    tag = OURS.from_string('{% translate "Yes" %}')
    answers = []
    for language in ("en-gb", "de", "en-gb", "fr"):
        with translation.override(language):
            answers.append(said(tag))
    assert answers == ["Yes", "Ja", "Yes", "Oui"]


@pytest.mark.urls("tests.delivery.other_addresses")
def test_escaping_on_or_off_are_two_answers():
    tag = OURS.from_string('{% url "this_and_that" %}')
    assert said(tag) == "/this&amp;that/"
    assert said(tag, autoescape=False) == "/this&that/"


@pytest.mark.parametrize(
    ("setting", "value", "source"),
    [
        ("STATIC_URL", "/elsewhere/", '{% static "img/mark.svg" %}'),
        ("ROOT_URLCONF", "tests.delivery.other_addresses", '{% url "help:help_now" %}'),
    ],
)
def test_addresses_follow_the_settings(setting, value, source, settings):
    tag, anew = OURS.from_string(source), DJANGOS.from_string(source)
    before = said(tag)
    setattr(settings, setting, value)
    assert said(tag) == said(anew) != before


def test_an_address_that_does_not_exist_is_said_each_time():
    tag = OURS.from_string('{% url "no_such_page" %}')
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            said(tag)


def test_words_of_a_translation_are_trusted_no_more_than_by_django():
    source = '{% translate "<i>Yes</i>" as word %}{{ word }}'
    assert type(said(OURS.from_string(source))) is SafeString
    assert said(OURS.from_string(source)) == said(DJANGOS.from_string(source))


def test_the_sites_templates_use_these_tags():
    for source in ('{% translate "Yes" %}', '{% url "help:help_now" %}', '{% static "img/mark.svg" %}'):
        assert isinstance(engines["django"].from_string(source).template.nodelist[0], settled.Settled)
