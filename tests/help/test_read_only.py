"""What a form gets while the site is read-only."""

from django.test import Client


def test_a_form_gets_its_words_back_with_everything_stopped(all_stopped, settings):
    settings.READ_ONLY = True
    response = Client().post("/questions/ask/", {"title": "<b>Broth</b>", "body": "Two bites, then sorry."})
    assert response.status_code == 503
    assert "Two bites, then sorry." in response.text
    assert "&lt;b&gt;Broth&lt;/b&gt;" in response.text
    assert "You can read, but not post, for a short while" in response.text
    assert 'href="/help-now/"' in response.text
    assert int(response["Retry-After"]) > 0


def test_a_visitors_colours_are_kept(all_stopped, settings):
    settings.READ_ONLY = True
    client = Client()
    client.cookies["display"] = "light.large"
    response = client.post("/questions/ask/", {"title": "Broth"})
    assert ' data-theme="light" data-text="large"' in response.text
