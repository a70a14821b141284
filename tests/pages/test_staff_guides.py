"""Help for the staff: who gets it, and that what it says can be followed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.html import escape
from PIL import Image

from cachexia_portal.accounts.roles import PERMISSIONS
from cachexia_portal.help.models import HelpLine
from cachexia_portal.pages.staff_guides.reading import FOLDER, NAMES
from tests.people import BACKEND, make_member
from tests.reading_grade import reading_grade

EACH = pytest.mark.parametrize("name", NAMES)
CONTENTS = "/admin/guides/"
WIDEST, MOST_BYTES = 1280, 60_000
UNWANTED = r"\b(battle|fight|brave|stay strong|journey|loved one|simply|just)\b|!(?!\[)|[Oo]ops"
#: Said of what must not be written.
NAMED_AS_UNWANTED = "praise for being strong, and words of battle"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


class Seen(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, html: str):
        super().__init__()
        self.headings: list[int] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.pictures: list[dict] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.add(given.get("id", ""))
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "img":
            self.pictures.append(given)


def words_of(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text()


def page_of(client, name: str) -> str:
    response = client.get(reverse("staff_guides:guide", args=[name]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def reader(client_of, moderator):
    return client_of(moderator)


# --- Who gets it ------------------------------------------------------------------


@pytest.mark.parametrize("role", PERMISSIONS)
def test_every_role_reads_every_guide(client_of, role):
    client = client_of(make_member("Somebody", role))
    listed = client.get(CONTENTS).content.decode()
    for name in NAMES:
        assert f'href="{reverse("staff_guides:guide", args=[name])}"' in listed
        assert "staff-guide" in page_of(client, name)


def paths() -> list[str]:
    return [CONTENTS, *(f"{CONTENTS}{name}/" for name in NAMES)]


def test_nobody_outside_the_staff_gets_it(visitor, client_of, caregiver):
    for path in paths():
        assert visitor.get(path).status_code == 302
        answer = client_of(caregiver).get(path, follow=True)
        assert answer.status_code == 404
        assert b"staff-guide" not in answer.content


def test_staff_without_the_second_step_are_sent_to_it(client, moderator):
    client.force_login(moderator, backend=BACKEND)
    for path in paths():
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


def test_there_is_no_other_guide(reader):
    for name in ("nothing", "operating", "worry.md"):
        assert reader.get(f"{CONTENTS}{name}/").status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/admin/community/reviewitem/"])
def test_the_first_page_and_the_desk_lead_there(reader, path):
    links = Seen(reader.get(path).content.decode()).links
    assert CONTENTS in links
    assert (f"{CONTENTS}worry/" in links) == ("reviewitem" in path)


# --- What stands there ------------------------------------------------------------


@EACH
def test_headings_are_in_order_and_nothing_is_inline(reader, name):
    seen = Seen(page_of(reader, name))
    assert seen.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))
    assert not seen.inline


@EACH
def test_every_link_leads_somewhere(reader, name):
    html = page_of(reader, name)
    seen = Seen(html[html.index('<div class="desk">') :])
    guide_links = [link for link in seen.links if not link.startswith(("tel:", "sms:", "http"))]
    assert guide_links
    for link in guide_links:
        path, _, anchor = link.partition("#")
        if not path:
            assert anchor in seen.ids, link
            continue
        answer = reader.get(path)
        assert answer.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in answer.content.decode(), link


@EACH
def test_in_the_repository_its_links_lead_to_files(name):
    for link in LINK.findall(words_of(name)):
        if not link.startswith(("/", "#")):
            assert (FOLDER / link.partition("#")[0]).exists(), link


@EACH
def test_every_picture_is_there_described_and_small(reader, name):
    written = PICTURE.findall(words_of(name))
    seen = {each["alt"]: each for each in Seen(page_of(reader, name)).pictures}
    assert {alt for alt, _ in written} == set(seen)
    for alt, path in written:
        assert len(alt) > 20
        file = (FOLDER / path).resolve()
        assert file.stat().st_size <= MOST_BYTES
        with Image.open(file) as picture:
            assert picture.width <= WIDEST
            assert (seen[alt]["width"], seen[alt]["height"]) == tuple(map(str, picture.size))
        assert seen[alt]["src"].startswith("/static/guides/")
        assert finders.find(f"guides/{file.name}") == str(file)


def test_no_picture_is_left_over():
    shown = {Path(path).name for name in NAMES for _, path in PICTURE.findall(words_of(name))}
    assert {file.name for file in (Path(settings.BASE_DIR) / "static" / "guides").iterdir()} == shown


@EACH
def test_it_is_easy_to_read(name):
    assert reading_grade(words_of(name)) <= 8
    sections = re.split(r"(?m)^## ", words_of(name))[1:]
    assert max(len(section.split()) for section in sections) < 340
    assert not re.search(UNWANTED, words_of(name).replace(NAMED_AS_UNWANTED, ""))


def sources() -> str:
    """All words of the staff pages: templates, and the labels in the code."""
    root = Path(settings.BASE_DIR)
    files = [*root.glob("templates/**/*.html")]
    for package in ("articles", "cachexia_portal", "community"):
        files += root.glob(f"{package}/**/*.py")
    return "\n".join(file.read_text() for file in files).lower()


@EACH
def test_every_name_in_bold_is_one_that_the_staff_pages_show(name):
    """A button that was renamed would send a tired volunteer looking for it."""
    shown = sources()
    bold = re.findall(r"\*\*([^*]+)\*\*", words_of(name))
    names = [each for each in bold if not each.endswith(".") and each not in {"Save"}]
    lost = [
        each for each in names if each.lower() not in shown and each.lower().removesuffix("s") not in shown
    ]
    assert not lost


# --- If a post worries you --------------------------------------------------------


def test_the_page_on_worry_says_that_no_clinician_has_checked_it(reader):
    html = page_of(reader, "worry")
    assert html.index("Not yet checked by a clinician.") < html.index("What to do first</h2>")


@pytest.mark.django_db
def test_the_page_on_worry_shows_whom_to_call(reader, settings):
    settings.HOME_COUNTRY, settings.SAFEGUARDING_EMAIL = "IE", "safe@society.example"
    line = {"country": "IE", "channel": "call"}
    HelpLine.objects.create(kind="emergency", name="Emergency services", number="112", **line)
    HelpLine.objects.create(kind="crisis", name="A line that <listens>", number="11 11", **line)
    HelpLine.objects.create(kind="cancer", name="A cancer line", number="22 22", **line)
    HelpLine.objects.create(kind="crisis", name="Elsewhere", number="33 33", country="NZ", channel="call")
    html = page_of(reader, "worry")
    before = html[: html.index("What to do first</h2>")]
    assert "safe@society.example" in before
    assert 'href="tel:112"' in before
    assert escape("A line that <listens>") in before
    assert "22 22" not in html
    assert "33 33" not in html
    assert reverse("help:help_now") in before


def test_without_an_address_or_a_number_the_page_on_worry_says_so(reader, settings):
    settings.HOME_COUNTRY, settings.SAFEGUARDING_EMAIL = "", ""
    html = page_of(reader, "worry")
    assert "No safeguarding address is entered yet." in html
    assert "No number is entered" in html


def test_the_text_on_worry_names_no_number():
    """Numbers differ by country and change: they come from the help lines."""
    said = re.sub(r"\[[^\]]*\]\([^)]*\)", "", words_of("worry"))
    assert set(re.findall(r"\d+", re.sub(r"(?m)^\d+\. ", "", said))) <= {"6"}  # of the house rule
