"""What every template knows."""

from django.template import engines
from django.test import RequestFactory

from cachexia_portal.delivery.context import portal
from cachexia_portal.delivery.display import Display


def words(path="/articles/", **extra):
    return portal(RequestFactory().get(path, **extra))


def test_templates_know_the_site_from_its_settings(settings):
    settings.SITE_NAME, settings.ORGANISATION, settings.POSTAL_ADDRESS = "Beside", "A Society", "1 Road"
    settings.IS_DEMO_SITE, settings.READ_ONLY, settings.TIME_ZONE = True, True, "Europe/Dublin"
    assert words()["portal"] == {
        "name": "Beside",
        "url": "http://localhost:8000",
        "organisation": "A Society",
        "postal_address": "1 Road",
        "contact_email": "contact@example.org",
        "safeguarding_email": "safe@example.org",
        "privacy_email": "privacy@example.org",
        "is_demo": True,
        "is_read_only": True,
        "time_zone": "Europe/Dublin",
        "notices": (),
    }


def test_the_one_address_of_a_page_is_without_query_and_never_from_the_host_header(settings):
    settings.SITE_URL = "https://www.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    found = words("/articles/?topic=food", HTTP_HOST="evil.example")["canonical_url"]
    assert found == "https://www.example.org/articles/"


def test_the_one_address_of_a_page_is_escaped():
    assert words('/articles/"><script>/é/')["canonical_url"].endswith("/articles/%22%3E%3Cscript%3E/%C3%A9/")


def test_templates_know_the_colours():
    assert words(HTTP_COOKIE="display=dark.large")["display"] == Display("dark", "large")


def test_context_asks_the_database_nothing(client_of, caregiver, queries, rf):
    request = rf.get("/", HTTP_COOKIE="sessionid=somebody")
    with queries(0):
        engines["django"].from_string("{{ site.name }}").render({}, request)
