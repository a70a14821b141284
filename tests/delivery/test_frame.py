"""The strip, the menu and the footer: made once for each way of seeing the site, and the same as if made anew."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from cachexia_portal.delivery import frame
from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.display import Display

PARTS = ["parts/page_top.html", "parts/footer.html"]
PEOPLE = {
    "visitor": AnonymousUser(),
    "member": SimpleNamespace(is_authenticated=True, is_staff=False),
    "staff": SimpleNamespace(is_authenticated=True, is_staff=True),
}
ADDRESSES = [
    "/",
    "/articles/",
    "/articles/?topic=food&page=2",
    "/questions/ask/",
    "/me/",
    '/"><b>/?q=<i>&q="',
]


def engine():
    return engines["django"].engine


@pytest.fixture
def node():
    """A tag that has kept nothing yet."""
    return lambda name: frame.FrameNode(name)


def shown(node, address="/", person="visitor", display=None, facts=None) -> str:
    """The part as a page shows it, from what the tag has kept."""
    request = RequestFactory().get(address)
    request.user = PEOPLE[person]
    context = Context({"request": request, "portal": facts or site_facts(), "display": display or Display()})
    context.template = SimpleNamespace(engine=engine())
    return node.render(context)


def made_anew(name, address="/", person="visitor", display=None, facts=None) -> str:
    """The same part straight from its template, with nothing kept."""
    user, request = PEOPLE[person], RequestFactory().get(address)
    knowledge = {
        "portal": facts or site_facts(),
        "display": display or Display(),
        "is_member": user.is_authenticated,
        "is_staff": user.is_staff,
        "path": request.path,
        "here": request.get_full_path(),
    }
    return engine().get_template(name).render(Context(knowledge))


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("display", [Display(), Display("dark", "larger"), Display("light", "large")])
def test_a_kept_part_is_what_its_template_says_for_everybody_everywhere(node, name, display):
    tag = node(name)
    for _ in range(2):  # the second time nothing is rendered
        for person in PEOPLE:
            for address in ADDRESSES:
                seen = shown(tag, address, person, display)
                assert seen == made_anew(name, address, person, display)
                assert "here-" not in seen


@pytest.mark.parametrize("name", PARTS)
def test_a_setting_shows_at_once(node, name, settings):
    tag = node(name)
    shown(tag)
    settings.SITE_NAME, settings.ORGANISATION = "Beside", "A <b>Society</b>"
    settings.IS_DEMO_SITE = settings.READ_ONLY = True
    assert shown(tag) == made_anew(name)


@pytest.mark.urls("tests.delivery.addresses")
def test_addresses_are_those_of_the_sitemap_in_use(node, settings):
    tag = node("parts/page_top.html")
    before = shown(tag, "/about/terms/")
    settings.ROOT_URLCONF = "cachexia_portal.urls"
    assert shown(tag, "/about/terms/") == before
    assert len(tag.ready) == 2


def test_a_language_has_its_own_part(node):
    tag = node("parts/footer.html")
    shown(tag)
    with translation.override("de"):
        shown(tag)
    assert {way.language for way, _ in tag.ready} == {"en-gb", "de"}


def test_a_part_is_rendered_once_for_each_way_of_seeing_it(node):
    tag = node("parts/page_top.html")
    for number in range(50):
        shown(tag, f"/articles/guide-{number}/?page={number}")
    assert len(tag.ready) == 1
    shown(tag, "/articles/")
    shown(tag, "/articles/?page=2")
    assert {path for _, path in tag.ready} == {"", "/articles/"}


def test_only_so_many_parts_are_kept(node, monkeypatch):
    monkeypatch.setattr(frame, "MOST_WAYS", 3)
    tag = node("parts/footer.html")
    for number in range(10):
        shown(tag, facts={**site_facts(), "name": f"Site {number}"})
    assert len(tag.ready) <= 3


def test_a_part_knows_nothing_of_the_page_it_stands_on(node, rf):
    tag = node("parts/page_top.html")
    request = rf.get("/")
    request.user = PEOPLE["visitor"]
    context = Context({"request": request, "portal": site_facts(), "is_member": True, "is_staff": True})
    context.template = SimpleNamespace(engine=engine())
    assert "My posts" not in tag.render(context)


def test_the_address_of_the_page_is_escaped(node):
    html = shown(node("parts/footer.html"), '/?a=1&b="><script>alert(1)</script>')
    assert "<script>" not in html
    assert 'value="/?a=1&amp;b=' in html


def test_a_page_without_a_request_leads_back_to_the_path_it_is_given(node):
    tag = node("parts/footer.html")
    for path, wanted in [("/help-now/", "/help-now/"), (None, "/"), ('/"><b>', "/&quot;&gt;&lt;b&gt;")]:
        context = Context({"portal": site_facts(), "page_path": path})
        context.template = SimpleNamespace(engine=engine())
        assert f'name="next" value="{wanted}"' in tag.render(context)


@pytest.mark.django_db
def test_the_menu_of_one_reader_is_never_shown_to_another(visitor, caregiver, moderator, client_of):
    readers = {"staff": client_of(moderator), "member": client_of(caregiver), "visitor": visitor}
    wanted = {"staff": (True, True, False), "member": (True, False, False), "visitor": (False, False, True)}
    for _ in range(2):
        for who, reader in readers.items():
            links = re.findall(r'<a href="([^"]+)"', reader.get(reverse("pages:about_terms")).text)
            found = tuple(address in links for address in ("/me/", "/admin/", "/accounts/login/"))
            assert found == wanted[who], who
