"""The page after a mistake of ours."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from cachexia_portal import urls as project
from cachexia_portal.delivery.references import reference_of
from cachexia_portal.help import page_file
from cachexia_portal.help.views import server_error


def broken(request):
    raise RuntimeError("broken on purpose")


broken.login_required = False
urlpatterns = [path("broken/", broken), *project.urlpatterns]
handler500 = project.handler500


@pytest.fixture
def response(settings, all_stopped):
    settings.ROOT_URLCONF = "tests.help.test_server_error"
    client = Client(raise_request_exception=False)
    client.cookies["display"] = "dark.large"
    client.cookies["sessionid"] = "a" * 32
    return client.get("/broken/")


def test_a_mistake_of_ours_has_its_page_with_everything_stopped(response):
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "It was not you." in response.text
    assert response["Cache-Control"] == "no-store"


def test_the_shipped_page_leads_to_the_numbers_and_takes_no_country_for_home(response):
    assert 'href="/help-now/#countries"' in response.text
    assert "If you cannot wait" in response.text
    assert not re.search(r'href="(tel|sms):', response.text)


def test_the_page_keeps_the_colours(response):
    assert ' data-theme="dark" data-text="large"' in response.text


def test_the_page_names_the_reference_of_the_request():
    request = RequestFactory().get("/")
    html = server_error(request).text
    assert f"<strong>{reference_of(request)}</strong>" in html


def test_the_page_does_not_say_what_went_wrong(response):
    assert "broken on purpose" not in response.text
    assert "Traceback" not in response.text


def test_what_was_typed_stands_on_the_page_with_everything_stopped(settings, all_stopped):
    settings.ROOT_URLCONF = "tests.help.test_server_error"
    typed = {"body": "Two bites, <b>then sorry</b>.", "password": "tell-nobody"}
    response = Client(raise_request_exception=False).post("/broken/", typed)
    assert response.status_code == 500
    assert "Two bites, &lt;b&gt;then sorry&lt;/b&gt;." in response.text
    assert "tell-nobody" not in response.text


def test_a_body_that_cannot_be_read_has_the_whole_page(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = RequestFactory().post("/", {"body": "longer than anybody may write"})
    assert "If you cannot wait" in server_error(request).text


def test_even_without_any_file_there_are_last_words(monkeypatch, settings):
    page_file.shipped.cache_clear()
    monkeypatch.setattr(page_file, "SHIPPED_FILE", settings.HELP_PAGES_DIR / "nothing.json")
    response = server_error(RequestFactory().get("/"))
    page_file.shipped.cache_clear()
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
