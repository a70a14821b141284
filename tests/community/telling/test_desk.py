"""The desk shows what the teller of a story agrees to, before anybody decides."""

from __future__ import annotations

import pytest

from community import consent_words, moderation
from tests.community.conftest import item_of

from .conftest import TITLE, let_it_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client_of, moderator):
    client = client_of(moderator)

    def read(item) -> str:
        page = client.get(f"/admin/community/reviewitem/{item.pk}/change/").content.decode()
        return " ".join(page.split())

    return read


def test_each_use_stands_there_with_yes_or_no(page_of, story):
    page = page_of(item_of(story))

    assert TITLE in page
    for use, said in zip(consent_words.FURTHER, ("yes", "yes", "no"), strict=True):
        assert f"{use.in_a_list}: <strong>{said}</strong>" in page
    assert "They know, and are happy for it to be shared" in page
    assert "The writer says that it mentions arguments about food." in page


def test_a_consent_that_is_over_is_said_before_the_decision(page_of, story):
    let_it_end(story)
    assert "so it cannot be published" in page_of(item_of(story))


def test_a_story_taken_back_says_so(page_of, story):
    item = item_of(story)
    moderation.withdraw(story, by=story.author)
    assert "agrees to nothing. It cannot be published." in page_of(item)


def test_a_refused_publication_is_explained_and_the_note_is_kept(client_of, moderator, story):
    item = item_of(story)
    let_it_end(story)
    asked = {"version": item.version, "decision": "publish", "team_note": "A gentle one."}
    answer = client_of(moderator).post(f"/admin/community/reviewitem/{item.pk}/change/", asked)

    assert "consent has ended" in answer.content.decode()
    assert "A gentle one." in answer.content.decode()
    assert item_of(story).is_open


def test_a_question_has_no_such_part(page_of, waiting):
    assert "What its teller agrees to" not in page_of(item_of(waiting))
