"""Somebody looks for something: on a phone, without a script, from the first page to a guide or to a question."""

from __future__ import annotations


def test_a_search_on_the_first_page_leads_to_the_section_of_a_guide(window):
    page = window(width=390, height=800, javascript=False)
    page.goto("/")
    page.get_by_label("What would you like to know?").fill("how do i keep meals from turning into arguments")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    guides = page.get_by_role("region", name="Guides")
    guides.get_by_role("heading", level=3).first.get_by_role("link").click()
    assert "/articles/" in page.url
    section = page.url.partition("#")[2]
    assert not section or page.locator(f"[id='{section}']").count() == 1


def test_what_was_not_found_is_asked_without_typing_it_again(window):
    page = window(width=390, height=800, javascript=False)
    page.goto("/search/?q=quibberwock+in+zanzibarland")
    assert page.get_by_role("heading", name="Nothing here matches those words yet").count()
    page.get_by_role("link", name="Ask it as a question").click()
    assert page.get_by_label("What is going on?").input_value() == "quibberwock in zanzibarland"


def test_help_stands_above_everything_that_was_found(window):
    page = window(width=390, height=800)
    page.goto("/search/?q=when+to+call+doctor+not+drinking")
    help_first = page.get_by_role("region", name="If this is happening now, look here first")
    assert help_first.bounding_box()["y"] < page.get_by_role("heading", name="Guides").bounding_box()["y"]
    help_first.get_by_role("link", name="When to get help").click()
    assert page.url.endswith("/help-now/")
