"""Rules for the words and marks of every template, read from the files."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
SPRITE = (settings.BASE_DIR / "static/img/sprite.svg").read_text()
STATIC = settings.BASE_DIR / "static"
# The block of data that tells search engines of a guide is run by no browser.
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)"
    r'(?! type="application/ld\+json">\{\{ structured_data \}\}</script>)',
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|twelve|twenty|few|same)[ -]?"
    r"(hour|day|week|month|working day)s?\b|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
# Symptoms are counted in hours, and the age of a check in days; neither promises an answer.
COUNTED_ELSEWHERE = ("templates/help/", "templates/admin/help/")
FORBIDDEN = re.compile(
    r"\b(battle|brave|journey|loved one|simply|oops|compliant|refuses? food|stay strong)\b|!(?!--|doctype|=|important)",
    re.IGNORECASE,
)


def words_of(path: Path) -> str:
    """What a reader sees: without tags, comments and the numbers that come from outside."""
    text = re.sub(r"\{%\s*(?:translate|trans)\s+\"([^\"]*)\".*?%\}", r" \1 ", path.read_text())
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>|\{\{.*?\}\}", " ", text, flags=re.DOTALL)


def those(breaks_the_rule) -> list[str]:
    """The templates that break a rule, by their path."""
    return [str(path.relative_to(settings.BASE_DIR)) for path in TEMPLATES if breaks_the_rule(path)]


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 50


def test_a_template_has_at_most_sixty_lines():
    assert not those(lambda path: len(path.read_text().splitlines()) > 60)


def test_nothing_is_inline():
    assert not those(lambda path: INLINE.search(path.read_text()))


def test_no_template_switches_escaping_off():
    assert not those(lambda path: "|safe" in path.read_text() or "autoescape off" in path.read_text())


def test_no_template_holds_an_hour_or_a_number_of_days():
    found = those(lambda path: WHEN.search(words_of(path)))
    assert not [path for path in found if not path.startswith(COUNTED_ELSEWHERE)]


def test_no_template_cheers_or_fights():
    assert not those(lambda path: FORBIDDEN.search(words_of(path)))


def test_no_template_names_the_site():
    assert not those(lambda path: "Alongside" in path.read_text())


def test_every_icon_is_in_the_sprite():
    assert not those(lambda path: [name for name in icons_of(path) if f'<symbol id="{name}"' not in SPRITE])


def icons_of(path: Path) -> list[str]:
    included = re.findall(r'(?:icon|scene)\.html" with name="([\w-]+)"', path.read_text())
    return included + re.findall(r'sprite\.svg" %\}#([\w-]+)', path.read_text())


def test_colours_stand_in_the_tokens_only():
    for sheet in ("base.css", "layout.css", "components.css", "admin.css"):
        text = (STATIC / "css" / sheet).read_text()
        assert set(re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", text)) <= {"#1e2a29"}, sheet


def test_the_face_weighs_little():
    sheets = sum(
        (STATIC / "css" / f"{name}.css").stat().st_size for name in ["tokens", "base", "layout", "components"]
    )
    assert sheets < 32_000
    assert len(SPRITE) < 12_000
