"""What every page has: help first, a name, a description, colours, and no cookie."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.display import MARKER

ABOUT = [
    "mission",
    "how_we_check",
    "house_rules",
    "privacy",
    "terms",
    "accessibility",
    "funding",
    "young_carers",
]
PAGES = ["pages:home", "pages:contact", *(f"pages:about_{name}" for name in ABOUT)]
DEMO = "Demonstration. Not medically reviewed. The people are invented."

pytestmark = pytest.mark.django_db


def html_of(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_first_link_after_the_skip_link_is_help(visitor, name):
    links = re.findall(r'<a [^>]*href="([^"]+)"', html_of(visitor, name))
    assert links[:2] == ["#main", "/help-now/"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_title_and_a_description_of_its_own(visitor, name):
    html = html_of(visitor, name)
    titles = [re.search(r"<title>(.+?)</title>", html_of(visitor, each))[1] for each in PAGES]
    assert titles.count(re.search(r"<title>(.+?)</title>", html)[1]) == 1
    assert re.search(r"<title>.+ \| Alongside</title>", html)
    assert len(re.search(r'<meta name="description" content="([^"]*)"', html)[1]) > 40
    assert html.count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_its_own_address(visitor, name):
    assert f'<link rel="canonical" href="http://localhost:8000{reverse(name)}">' in html_of(visitor, name)


@pytest.mark.parametrize("name", [each for each in PAGES if each != "pages:contact"])
def test_a_page_for_reading_sets_no_cookie_and_holds_no_token(visitor, name):
    response = visitor.get(reverse(name))
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"


@pytest.mark.parametrize(
    ("name", "asked"), [("about_accessibility", 1), ("about_mission", 2), ("about_terms", 2)]
)
def test_a_page_about_the_site_asks_only_who_approved_it_and_what_the_society_says(
    visitor, queries, name, asked
):
    """The society has approved it, and of health words a clinician."""
    with queries(asked):
        visitor.get(reverse(f"pages:{name}"))


def test_the_page_says_its_colours_where_finished_files_are_repainted(visitor):
    assert MARKER in visitor.get(reverse("pages:home")).content


def test_chosen_colours_and_text_size_are_marked_and_set(visitor):
    visitor.cookies["display"] = "dark.larger"
    html = html_of(visitor, "pages:home")
    assert ' data-theme="dark" data-text="larger"' in html
    assert re.findall(r'id="((?:theme|text)-\w+)" value="\w+" checked', html) == ["theme-dark", "text-larger"]


def test_the_display_form_goes_back_to_the_page_it_is_on(visitor):
    html = visitor.get("/about/terms/?from=mail").content.decode()
    assert '<input type="hidden" name="next" value="/about/terms/?from=mail">' in html


def test_a_demonstration_says_so_and_stays_out_of_search_engines(visitor, settings):
    assert DEMO not in html_of(visitor, "pages:home")
    assert 'name="robots"' not in html_of(visitor, "pages:home")
    settings.IS_DEMO_SITE = True
    for name in PAGES:
        html = html_of(visitor, name)
        assert DEMO in html
        assert '<meta name="robots" content="noindex">' in html


def test_a_read_only_site_says_so(visitor, settings):
    settings.READ_ONLY = True
    assert "You can read, but not post, for a short while." in html_of(visitor, "pages:home")


def test_a_visitor_is_offered_sign_in_and_a_member_their_posts(visitor, caregiver, client_of):
    for_visitor, for_member = html_of(visitor, "pages:home"), html_of(client_of(caregiver), "pages:home")
    assert "Sign in" in for_visitor
    assert "My posts" not in for_visitor
    assert "My posts" in for_member
    assert "Sign in" not in for_member
    assert "Staff pages" not in for_member


def test_staff_find_the_staff_pages(moderator, client_of):
    assert 'href="/admin/"' in html_of(client_of(moderator), "pages:home")


def test_the_menu_marks_the_page_one_is_on(visitor):
    html = visitor.get(reverse("articles:article_list")).content.decode()
    assert '<a href="/articles/" aria-current="page">' in html


def test_the_base_page_can_be_made_without_a_request():
    html = render_to_string("base.html", {"portal": site_facts(), "page_path": "/help-now/"})
    assert MARKER.decode() in html
    assert 'name="next" value="/help-now/"' in html
    assert 'rel="canonical"' not in html


def test_the_organisation_is_named_where_it_is_set(visitor, settings):
    settings.ORGANISATION = "The <b>Society</b>"
    html = html_of(visitor, "pages:about_mission")
    assert "Run by The &lt;b&gt;Society&lt;/b&gt;." in html


def test_an_address_that_leads_nowhere_still_leads_to_help(visitor):
    response = visitor.get("/about/nothing/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "We cannot find that page" in html
    assert re.findall(r'<a [^>]*href="([^"]+)"', html)[1] == "/help-now/"
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_pages_for_signing_in_know_the_name_of_the_site_and_that_it_is_a_demonstration(
    visitor, name, settings
):
    settings.IS_DEMO_SITE = True
    html = html_of(visitor, name)
    assert "<b>Alongside</b>" in html
    assert DEMO in html
