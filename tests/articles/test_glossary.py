"""The page of words explained: what it shows, what it keeps back, and how words are found."""

from __future__ import annotations

import re

import pytest

from articles import explaining
from articles.models import GlossaryTerm

pytestmark = pytest.mark.django_db


def storable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\x00", "")


@pytest.fixture
def explain(editor, medical_reviewer):
    """`explain("Broth", "A thin soup.")`: a word with an approved explanation."""

    def make(term: str, text: str, *, caution="", is_approved=True, **names) -> GlossaryTerm:
        word = GlossaryTerm.objects.create(slug=term.lower().replace(" ", "-"), term=term, **names)
        wording = explaining.begin(word, text, caution, by=editor)
        if is_approved:
            explaining.approve(wording, by=medical_reviewer, seen_version=1)
        return word

    return make


def page_of(visitor, question: str | None = None) -> str:
    response = visitor.get("/glossary/", {} if question is None else {"q": question})
    assert response.status_code == 200
    return response.content.decode()


def terms_on(page: str) -> list[str]:
    return re.findall(r'<strong class="serif as-h3">(.*?)</strong>', page)


def test_a_checked_word_shows_all_that_is_said_of_it(visitor, explain):
    broth = explain(
        "Broth", "A thin soup.", caution="It may be hot.", pronunciation="BROTH", also_called=["stock"]
    )
    broth.see_also.add(explain("Soup", "Food for a spoon."))
    page = page_of(visitor)
    for words in ("A thin soup.", "It may be hot.", "(BROTH)", "Also called: stock"):
        assert words in page
    assert '<div class="stack tight snug" id="word-broth">' in page
    assert 'See also: <a href="#word-soup">Soup</a>' in page


def test_a_draft_shows_by_its_name_alone(visitor, explain):
    explain("Broth", "A thin soup.", caution="It may be hot.", is_approved=False)
    page = page_of(visitor)
    assert terms_on(page) == ["Broth"]
    assert "Not checked yet." in page
    assert "stands by its name alone" in page
    assert "thin" not in page
    assert "hot" not in page


def test_a_page_whose_words_are_all_checked_speaks_of_none_that_wait(visitor, explain):
    explain("Broth", "A thin soup.")
    assert "stands by its name alone" not in page_of(visitor)


def test_a_changed_word_is_a_name_again(visitor, explain, editor):
    wording = explain("Broth", "A thin soup.").wordings.get()
    explaining.rewrite(wording, text="A clear soup.", by=editor, seen_version=2)
    page = page_of(visitor)
    assert "thin" not in page
    assert "clear" not in page


def test_demonstration_words_show_on_a_demonstration_alone(visitor, explain, settings):
    settings.IS_DEMO_SITE = True
    explaining.show_as_demo(explain("Broth", "A thin soup.", is_approved=False).wordings.get())
    assert "A thin soup." in page_of(visitor)
    settings.IS_DEMO_SITE = False
    assert "A thin soup." not in page_of(visitor)


def test_the_real_wording_wins_over_that_of_a_demonstration(
    visitor, explain, settings, editor, medical_reviewer
):
    settings.IS_DEMO_SITE = True
    real = explain("Broth", "A thin soup.").wordings.get()
    explaining.show_as_demo(real)
    explaining.rewrite(real, text="A clear soup.", by=editor, seen_version=2)
    explaining.approve(real, by=medical_reviewer, seen_version=3)
    page = page_of(visitor)
    assert "A clear soup." in page
    assert "A thin soup." not in page


def test_words_stand_under_their_letters(visitor, explain):
    for term in ("soup", "Ödem", "Broth", "bread", "5 percent"):
        explain(term, "Said plainly.")
    page = page_of(visitor)
    assert terms_on(page) == ["5 percent", "bread", "Broth", "Ödem", "soup"]
    assert re.findall(r'href="#(letter-.*?)"', page) == ["letter-other", "letter-B", "letter-O", "letter-S"]
    assert re.findall(r'<h2 id="(letter-.*?)">', page) == ["letter-other", "letter-B", "letter-O", "letter-S"]


def test_a_question_shows_what_comes_near_and_the_way_back(visitor, explain):
    explain("Broth", "A thin soup.", misspellings=["brof"])
    explain("Soup", "Food for a spoon.")
    page = page_of(visitor, "brof")
    assert terms_on(page) == ["Broth"]
    assert "Near to “brof”" in page
    assert '<a href="/glossary/">Show all words</a>' in page
    assert 'value="brof"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_link_to_another_word_leads_to_the_whole_list(visitor, explain):
    explain("Broth", "A thin soup.").see_also.add(explain("Soup", "Food for a spoon."))
    assert '<a href="/glossary/#word-soup">Soup</a>' in page_of(visitor, "broth")


def test_a_question_that_nothing_answers_says_so_and_offers_help(visitor, explain):
    explain("Broth", "A thin soup.")
    page = page_of(visitor, "bicycle")
    assert terms_on(page) == []
    assert "No word here comes near “bicycle”." in page
    assert '<a href="/help-now/">When to get help</a>' in page


def test_a_glossary_without_words_says_so(visitor):
    assert "No word is explained here yet." in page_of(visitor)


def test_hostile_words_and_questions_are_shown_safely(visitor, explain, hostile):
    clean = storable(hostile)[:80]
    word = explain("Broth", clean.strip()[:300] or "x", pronunciation=clean, also_called=[clean])
    GlossaryTerm.objects.filter(pk=word.pk).update(term=clean or "x")
    for question in (None, storable(hostile)):
        page = page_of(visitor, question)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("question", [None, "word"])
def test_the_page_asks_three_queries_however_many_words(visitor, queries, explain, question):
    for _round in range(2):
        for number in range(3):
            word = explain(f"Word {_round} {number}", "Said plainly.")
            word.see_also.add(*GlossaryTerm.objects.all())
        with queries(3):
            page_of(visitor, question)


def test_a_public_page_with_a_description_and_no_cookie(visitor, explain):
    explain("Broth", "A thin soup.")
    response = visitor.get("/glossary/")
    assert "s-maxage=1" in response["Cache-Control"]
    assert not response.cookies
    assert '<meta name="description" content="The words you may hear' in response.content.decode()
