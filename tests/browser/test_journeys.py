"""What people come to do, from the first page to the last, in a real browser on a real site."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

EDITOR = "editor@demo.example"
REVIEWER = "medical-reviewer@demo.example"
MODERATOR = "moderator@demo.example"
OWN_DOCUMENT = Path(__file__).parents[1] / "documents/marsh.md"


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


# --- Signing in -----------------------------------------------------------------


def test_a_demo_moderator_enters_the_admin_with_the_six_digits_of_demo_code(window, site):
    password = site.sign_in_lines()[MODERATOR][0]
    page = window(javascript=False)
    page.goto("/admin/")
    page.goto(page.url.replace("/accounts/login/", "/accounts/login/password/"))
    page.get_by_label("E-mail address").fill(MODERATOR)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")
    assert "/accounts/2fa/authenticate/" in page.url
    page.goto("/admin/")
    assert "/admin/" not in page.url.partition("?")[0], "the password alone opens nothing"
    page.goto("/accounts/2fa/authenticate/")
    page.get_by_label("The six digits").fill(site.manage("demo_code", MODERATOR).strip())
    press(page, "Go on")
    page.goto("/admin/")
    assert page.url.endswith("/admin/")
    assert page.get_by_role("link", name="To be read").count()


def test_somebody_signs_up_on_a_phone_with_a_code(window, site):
    page = window(width=390, height=800, javascript=False)
    page.goto("/accounts/signup/")
    page.get_by_label("E-mail address").fill("new.person@example.org")
    page.locator("[name=display_name]").fill("Harbour Light")
    page.locator("[name=country]").select_option("US")
    page.locator("[name=is_adult]").check()
    page.locator("[name=accepts_terms]").check()
    page.locator("[name=health_consent]").check()
    press(page, "E-mail me a code")
    page.get_by_label("The six digits").fill(site.code_sent_to("new.person@example.org"))
    press(page, "Go on")
    page.goto("/me/")
    assert page.url.endswith("/me/"), "signed in"
    page.goto("/me/profile/")
    assert "Harbour Light" in page.content()


# --- Documents ------------------------------------------------------------------


def test_a_document_becomes_a_published_page_without_javascript(window, site):
    publish_document(window, site, OWN_DOCUMENT)


@pytest.mark.seeds
def test_the_seed_document_that_may_be_republished_becomes_a_page(window, site):
    folder = Path(os.environ["SEED_DOCUMENTS"])
    publish_document(
        window, site, next(p for p in folder.iterdir() if "license: public_domain" in p.read_text())
    )


def publish_document(window, site, document: Path) -> None:
    """From the command line to the public page: an editor drafts, a reviewer approves, the editor publishes."""
    assert '"status": "created"' in site.manage("import_documents", str(document), "--format", "json")
    assert '"status": "unchanged"' in site.manage("import_documents", str(document), "--format", "json")
    editor = window(as_=EDITOR, javascript=False)
    editor.goto("/admin/articles/sourcedocument/")
    editor.locator("#result_list tbody th a").first.click()
    press(editor, "Make a draft of it")
    draft = editor.url
    title = editor.locator("[name=title]").input_value()
    editor.locator("[name=summary]").fill("What helps on a hard evening.")
    press(editor, "Save")
    editor.goto(draft)
    press(editor, "Submit for review")
    assert title not in window(javascript=False).goto("/articles/").text()
    approve_and_publish(window, editor, draft)
    reader = window(javascript=False)
    reader.goto("/articles/")
    reader.get_by_role("link", name=title).first.click()
    assert reader.locator("h1").inner_text() == title
    assert re.search(r"/articles/[\w-]+/$", reader.url)


def approve_and_publish(window, editor, draft: str) -> None:
    editor.goto(draft)
    assert editor.get_by_role("button", name="Approve as medically true").count() == 0, "never one's own text"
    reviewer = window(as_=REVIEWER, javascript=False)
    reviewer.goto(draft)
    press(reviewer, "Approve as medically true")
    editor.goto(draft)
    press(editor, "Publish")


# --- Colours and help -----------------------------------------------------------


def test_colours_are_kept_without_javascript_on_a_page_with_an_etag(window):
    page = window(javascript=False)
    before = page.goto("/about/mission/")
    assert before.headers["etag"]
    assert page.locator("html").get_attribute("data-theme") == "auto"
    page.locator("#theme-dark").check()
    page.locator("#text-larger").check()
    press(page, "Keep these settings")
    assert page.url.endswith("/about/mission/")
    for _ in range(2):
        answer = page.goto("/about/mission/")
        assert answer.headers["etag"] != before.headers["etag"]
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.locator("html").get_attribute("data-text") == "larger"
        assert page.locator("#theme-dark").is_checked()


def test_help_is_answered_with_the_database_gone(window, site):
    with site.without_its_database():
        page = window(javascript=False)
        assert page.goto("/help-now/").status == 200
        assert page.locator("h1").count() == 1
        assert page.locator("a[href^='tel:']").count() > 0
        assert page.goto("/readyz").status == 503
