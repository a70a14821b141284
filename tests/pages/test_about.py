"""The pages about the site: drafts at first, honest, and made from what the code does."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from cachexia_portal.accounts.agreements import TERMS_VERSION
from cachexia_portal.accounts.sweeps import UNCONFIRMED_KEPT_FOR
from cachexia_portal.outbox.models import ADDRESS_KEPT
from cachexia_portal.pages.contact import KEPT_FOR
from cachexia_portal.pages.cookies import COOKIES
from community.models import HouseRule
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
ABOUT = [
    "mission",
    "how-we-check",
    "house-rules",
    "privacy",
    "terms",
    "accessibility",
    "funding",
    "young-carers",
]
DRAFT = "Draft, to be checked by the society and a lawyer before it counts."


def page(client: Client, slug: str) -> str:
    response = client.get(f"/about/{slug}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("slug", ABOUT)
def test_every_page_about_the_site_is_marked_as_a_draft(visitor, slug):
    assert page(visitor, slug).count(DRAFT) == 1


@pytest.mark.parametrize("slug", ABOUT)
def test_every_link_of_a_page_about_the_site_leads_somewhere(visitor, slug):
    for address in set(re.findall(r'href="(/[^"#?]*)', page(visitor, slug))):
        if not address.startswith("/static/"):
            assert visitor.get(address).status_code in {200, 302}, address


@pytest.mark.parametrize("slug", ABOUT)
def test_a_page_about_the_site_is_written_in_full(visitor, slug):
    main = page(visitor, slug).split("<main")[1].split("</main>")[0]
    assert len(re.sub(r"<[^>]*>", " ", main).split()) > 120


@pytest.mark.parametrize("slug", ABOUT)
def test_no_page_claims_a_check_by_a_clinician(visitor, slug):
    assert not re.search(r"each (one )?(is )?checked by a (named )?clinician", page(visitor, slug))


@pytest.mark.parametrize("slug", ["mission", "young-carers"])
def test_what_a_page_says_about_health_is_marked_as_unchecked(visitor, slug):
    sentence = "What it says about health has not been checked by a clinician for this site yet."
    assert sentence in page(visitor, slug)
    assert sentence not in page(visitor, "terms")


# --- House rules ------------------------------------------------------------


def test_the_starter_has_eight_house_rules():
    starter = json.loads((django_settings.BASE_DIR / "community/starter/house_rules.json").read_text())
    assert [rule["number"] for rule in starter] == list(range(1, 9))


def test_the_house_rules_are_the_rows_in_force(visitor):
    HouseRule.objects.create(number=1, title="Be kind", text="People come here tired.")
    HouseRule.objects.create(number=2, title="An old rule", text="Not any more.", is_active=False)
    html = page(visitor, "house-rules")
    assert '<li id="rule-1" value="1">' in html
    assert "People come here tired." in html
    assert "An old rule" not in html


def test_a_site_without_house_rules_says_so(visitor):
    assert "The rules have not been entered on this site yet." in page(visitor, "house-rules")


def test_a_hostile_house_rule_does_nothing(visitor):
    for number, text in enumerate(STORABLE.values(), start=1):
        HouseRule.objects.create(number=number, title=text[:100], text=text)
    assert not live_markup_in(visitor.get("/about/house-rules/").content.decode())


def test_the_house_rules_cost_two_queries(visitor, queries):
    """The rules, and whether they are the society's own."""
    with queries(2):
        page(visitor, "house-rules")


# --- Privacy ----------------------------------------------------------------


def test_the_privacy_page_lists_every_cookie_with_its_days(visitor):
    html = page(visitor, "privacy")
    assert re.findall(r"<code>(\w+)</code>", html) == ["display", "csrftoken", "sessionid", "draft"]
    assert f"after {django_settings.SESSION_COOKIE_AGE // 86400} days" in html


def test_the_site_sets_no_cookie_that_the_list_does_not_name(caregiver, client_of):
    member = client_of(caregiver)
    seen = set(member.cookies)
    for client in (Client(), member):
        client.get(reverse("pages:contact"))
        client.get(reverse("account_login"))
        client.post(reverse("community:ask_question"), {"body": "He eats nothing."})
        client.post(
            reverse("pages:display"),
            {"theme": "dark", "text": "large"},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        seen |= set(client.cookies)
    assert seen == {cookie.name for cookie in COOKIES}


def test_a_cookie_lives_as_long_as_the_list_says(visitor):
    listed = {cookie.name: cookie.lasts for cookie in COOKIES}
    visitor.get(reverse("pages:contact"))
    visitor.post(reverse("community:ask_question"), {"body": "He eats nothing."})
    visitor.post(reverse("pages:display"), {"theme": "dark"}, headers={"Sec-Fetch-Site": "same-origin"})
    for name, morsel in visitor.cookies.items():
        assert timedelta(seconds=int(morsel["max-age"])) == listed[name]


def test_the_privacy_page_names_the_days_that_the_code_keeps_to(visitor):
    assert f"After {KEPT_FOR.days} days the words, the name and the address are removed." in page(
        visitor, "privacy"
    )
    assert f"and the address {ADDRESS_KEPT.days} days later" in page(visitor, "privacy")
    assert f"nobody confirmed is emptied after {UNCONFIRMED_KEPT_FOR.days} days." in page(visitor, "privacy")


def test_of_a_mailbox_outside_this_site_the_privacy_page_promises_nothing(visitor):
    """True of every society, so that nobody needs to fill it in; the page may be approved as it is."""
    html = page(visitor, "privacy")
    assert "The society has to say here for how long." not in html
    assert "You can ask us how long we keep it, and you can ask us to delete it." in html


def test_addresses_come_from_the_settings(visitor, settings):
    settings.ORGANISATION, settings.POSTAL_ADDRESS = "The Society", "1 High Street"
    html = page(visitor, "privacy")
    assert "Alongside is run by The Society." in html
    assert "1 High Street" in html
    assert 'href="mailto:privacy@example.org"' in html


def test_what_is_not_set_is_said_honestly(visitor, settings):
    settings.ORGANISATION = settings.POSTAL_ADDRESS = settings.PRIVACY_EMAIL = ""
    html = page(visitor, "privacy")
    assert "The society that runs this site has not entered its name here yet." in html
    assert "It has not entered a postal address yet." in html
    assert "mailto:" not in html


# --- Others -----------------------------------------------------------------


def test_the_terms_name_their_version(visitor):
    assert f"Version {TERMS_VERSION}" in page(visitor, "terms")


def test_young_carers_find_help_first_and_a_way_to_write(visitor, settings):
    main = page(visitor, "young-carers").split("<main")[1]
    assert main.index('href="/help-now/"') < main.index('href="/contact/"')
    assert "mailto:safe@example.org" in main
    settings.SAFEGUARDING_EMAIL = ""
    assert "mailto:" not in page(visitor, "young-carers")


def test_the_privacy_page_says_when_safety_copies_end(visitor, settings):
    settings.BACKUP_DAYS = 17
    assert "each is deleted after 17 days." in page(visitor, "privacy")


def test_and_for_how_long_it_is_noted_what_was_taken_away(visitor, settings):
    settings.ERASURE_LOG_DAYS = 71
    assert "and is deleted after 71 days." in page(visitor, "privacy")
