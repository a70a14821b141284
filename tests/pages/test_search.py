"""The search page: what it finds, how it says it, and what it keeps to itself."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from articles import publishing
from community import moderation
from tests.community.stories.conftest import end_the_consent_to
from tests.hostile import HOSTILE, live_markup_in
from tests.pages.library import *  # noqa: F403 (fixtures)
from tests.pages.library import publish

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


def look(client, words: str, **others: str) -> str:
    response = client.get(f"{SEARCH}?{urlencode({'q': words, **others}, errors='surrogatepass')}")
    assert response.status_code == 200
    return response.content.decode()


def groups_of(page: str) -> list[str]:
    return re.findall(r'<section class="stack[^"]*" aria-labelledby="(\w+)"', page)


def links_of(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return [html.unescape(link) for link in re.findall(r'<h3><a href="([^"]+)"', main)]


def test_each_kind_of_thing_stands_in_its_group(visitor, library):
    page = look(visitor, "zephyrbread")
    assert groups_of(page) == ["glossary", "articles", "questions"]
    assert library["question"].get_absolute_url() in links_of(page)
    assert "A bread of the west wind." in page
    assert reverse("articles:glossary") + "#word-zephyrbread" in page


def test_a_section_of_a_guide_is_led_to_by_its_heading(visitor, library):
    page = look(visitor, "dull knife")
    address = library["guide"].article.get_absolute_url()
    (link,) = links_of(page)
    assert link.startswith(f"{address}#")
    assert f'id="{link.partition("#")[2]}"' in visitor.get(address).content.decode()
    assert "Cutting it" in page


def test_sections_of_one_guide_stand_together(visitor, library):
    page = look(visitor, "zephyrbread")
    address = library["guide"].article.get_absolute_url()
    assert [link.partition("#")[0] for link in links_of(page)].count(address) == 1
    assert "Also in it:" in page


def test_matched_words_are_marked(visitor, library):
    page = look(visitor, "zephyrbread keeps")
    assert "<mark>zephyrbread</mark>" in page
    assert "<mark>keep</mark>" in page


def test_words_that_mean_the_same_are_found_and_said(visitor, library):
    page = look(visitor, "windloaf")
    assert library["question"].get_absolute_url() in links_of(page)
    assert "We also looked for:" in page
    assert "zephyrbread</strong>" in page
    assert "?q=windloaf&amp;exactly=1" in page


def test_somebody_in_despair_is_told_nothing_about_words(visitor, library):
    page = look(visitor, "i want to die windloaf")
    assert "You matter too" in page
    assert "We also looked for:" not in page


def test_somebody_in_despair_opens_the_results_only_if_they_want_to(visitor, library):
    path = library["question"].get_absolute_url()
    before, fold = look(visitor, "i want to die windloaf").split("<details")
    assert "You matter too" in before
    assert path not in before
    assert path in fold
    assert "<details" not in look(visitor, "windloaf")


def test_only_my_exact_words(visitor, library):
    page = look(visitor, "windloaf", exactly="1")
    assert library["question"].get_absolute_url() not in page
    assert "Nothing here matches those words yet" in page
    assert "Look everywhere, and for words that mean the same" in page


def test_a_misspelt_word_of_the_glossary_is_found(visitor, library):
    assert "A bread of the west wind." in look(visitor, "zefirbred")


def test_five_of_each_and_a_link_to_the_others(visitor, ask):
    for number in range(7):
        ask(f"Zephyrbread number {number}")
    page = look(visitor, "zephyrbread")
    assert len(links_of(page)) == 5
    assert "Show 2 more questions" in page
    assert "7 results." in page
    more = look(visitor, "zephyrbread", **{"in": "questions"})
    assert len(links_of(more)) == 7
    assert "All results" in more


def test_nobody_counts_past_twenty(visitor, ask):
    for number in range(22):
        ask(f"Zephyrbread number {number}")
    page = look(visitor, "zephyrbread")
    assert "20+ results." in page
    assert len(links_of(look(visitor, "zephyrbread", **{"in": "questions"}))) == 20
    assert "These are the nearest." in look(visitor, "zephyrbread", **{"in": "questions"})


def test_how_many_have_answered_stands_beside_a_question(visitor, question, other_caregiver, moderator):
    publish(moderation.send_answer(other_caregiver, question, body="Ours too."), moderator)
    page = look(visitor, "zephyrbread")
    assert "badge-lived" in page


def test_help_comes_first_where_the_words_ask_for_it(visitor, library):
    page = look(visitor, "when to call doctor not drinking")
    assert "If this is happening now, look here first" in page
    words = look(visitor, "zephyrbread i want to die")
    assert "It sounds very hard right now" in words
    assert words.index("help-first") < words.index(library["question"].get_absolute_url())
    assert f"{reverse('help:help_now')}#countries" in words


def test_calm_words_are_answered_by_what_was_found(visitor, library):
    assert "help-first" not in look(visitor, "zephyrbread")


def test_nothing_found_says_so_and_takes_the_words_along(visitor, library):
    page = look(visitor, "Donaudampfschifffahrt in April")
    assert "That is our gap, not your spelling." in page
    address = f"{reverse('community:ask_question')}?words=Donaudampfschifffahrt+in+April"
    assert f'href="{address}"' in page
    assert "Donaudampfschifffahrt in April</textarea>" in visitor.get(address).content.decode()


def test_an_empty_search_is_an_invitation(visitor, queries):
    with queries(0):
        page = visitor.get(SEARCH).content.decode()
    assert "Or look around" in page
    assert "Nothing here matches" not in page
    assert "Or look around" in look(visitor, " \t ")


@pytest.mark.parametrize("words", ["secretword", "Secretword and zephyrbread", "secretwor", "secrtword"])
def test_a_question_nobody_has_read_is_not_found_by_any_of_its_words(
    visitor, client_of, caregiver, library, words
):
    for client in (visitor, client_of(caregiver)):
        page = look(client, words)
        assert "Secretword and zephyrbread" not in html.unescape(page).replace(words, "")
        assert f"/questions/{library['waiting'].pk}-" not in page


def without_typed(page: str, words: str) -> str:
    return page.replace(words, "")


def test_what_was_taken_away_is_counted_nowhere(visitor, library, caregiver, editor):
    """By difference: with it gone the page is the one that never had it."""
    before = look(visitor, "overnight")
    assert "One result." in before
    moderation.withdraw(library["question"], by=caregiver)
    gone = look(visitor, "overnight")
    assert "One result." not in gone
    assert without_typed(gone, "overnight") == without_typed(look(visitor, "nothingofthat"), "nothingofthat")
    publishing.withdraw(library["guide"], by=editor, note="It was wrong.")
    assert "Nothing here matches" in look(visitor, "dull knife")


def test_a_hidden_question_is_found_no_more(visitor, library, moderator, house_rule):
    moderation.hide(library["question"], by=moderator, house_rule=house_rule, reason="Too much of it.")
    assert "Nothing here matches" in look(visitor, "overnight")


def test_a_story_is_found_until_it_is_taken_back(visitor, tell, caregiver):
    story = tell("A loaf for the road", "We shared quandongs on the bench.")
    page = look(visitor, "quandongs")
    assert groups_of(page) == ["stories"]
    assert links_of(page) == [story.get_absolute_url()]
    moderation.withdraw(story, by=caregiver)
    assert without_typed(look(visitor, "quandongs"), "quandongs") == without_typed(look(visitor, "xx"), "xx")


def test_a_story_whose_consent_is_over_is_not_found_though_nothing_sweeps(visitor, tell):
    story = tell("A loaf for the road", "We shared quandongs on the bench.")
    end_the_consent_to(story)
    assert "Nothing here matches" in look(visitor, "quandongs")


def test_a_visitor_costs_three_queries_however_much_is_found(visitor, library, ask, queries):
    look(visitor, "zephyrbread")
    with queries(3):
        look(visitor, "zephyrbread")
    for number in range(6):
        ask(f"Zephyrbread number {number}")
    with queries(3):
        look(visitor, "zephyrbread windloaf")


def test_a_member_costs_five(client_of, other_caregiver, library, queries):
    client = client_of(other_caregiver)
    look(client, "zephyrbread")
    with queries(5):
        look(client, "zephyrbread")


def test_no_search_is_an_error_and_nothing_reflected_acts(visitor, question, hostile):
    response = visitor.get(f"{SEARCH}?{urlencode({'q': hostile}, errors='surrogatepass')}")
    assert response.status_code == (400 if "\0" in hostile else 200)
    assert not live_markup_in(response.content.decode())
    for name in ("in", "exactly"):
        strange = f"{SEARCH}?{urlencode({'q': 'zephyrbread', name: hostile}, errors='surrogatepass')}"
        if "\0" not in hostile:
            assert visitor.get(strange).status_code == 200


@pytest.mark.parametrize(
    "words", ["the and of", "NEAR(a b)", "a" * 5000, "word " * 1000, "\ufffd", "'", "()", "-"]
)
def test_strange_searches_are_searches(visitor, question, words):
    assert "Search" in look(visitor, words)


def test_a_title_that_was_meant_to_act_does_nothing(visitor, ask):
    for title in (HOSTILE["script"], HOSTILE["attribute break"], HOSTILE["image handler"]):
        ask(f"Zephyrbread {title}", HOSTILE["svg handler"] + " zephyrbread")
    page = look(visitor, "zephyrbread alert")
    assert not live_markup_in(page)
    assert len(links_of(page)) == 3


def test_what_is_searched_for_is_nobody_elses_business(visitor, library, capsys):
    response = visitor.get(f"{SEARCH}?q=zephyrbread")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "strict-origin"
    assert not response.cookies
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://localhost:8000{SEARCH}">' in page
    assert "zephyrbread" not in capsys.readouterr().out


def test_sources_are_for_the_team(visitor, client_of, caregiver, editor, library):
    from tests.articles.conftest import imported

    imported("\n# Soup\n\nQuillwort is rare in soup.\n")
    for client in (visitor, client_of(caregiver)):
        assert "Nothing here matches" in look(client, "quillwort")
        assert "Nothing here matches" in look(client, "quillwort", **{"in": "sources"})
    page = look(client_of(editor), "quillwort")
    assert groups_of(page) == ["sources"]
    assert "/admin/articles/sourcedocument/" in page


def test_search_stands_in_the_menu_and_on_the_first_page(visitor):
    assert '<a href="/search/" aria-current="page">Search</a>' in visitor.get(SEARCH).content.decode()
    home = visitor.get("/").content.decode()
    assert '<a href="/search/">Search</a>' in home
    assert '<form class="stack tight" role="search" action="/search/">' in home
    assert "What would you like to know?" in home
