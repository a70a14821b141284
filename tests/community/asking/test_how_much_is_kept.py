"""How many drafts are kept of one member, and whose a visitor's words are when two requests claim them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import drafting
from community.drafting import Place
from community.models import Draft

pytestmark = pytest.mark.django_db
QUESTION = Place(Draft.Form.QUESTION)


@pytest.fixture
def _few(monkeypatch):
    monkeypatch.setattr(drafting, "MOST_BEGUN", 2)


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("act", ["look", "keep"])
def test_no_more_questions_are_begun_than_a_page_can_show_and_no_word_is_lost(act, caregiver, client_of):
    client = client_of(caregiver)
    for number in range(4):
        page = client.post(reverse("community:ask_question"), {"body": f"Soup {number}", "_do": act})
    assert Draft.objects.count() == 2
    assert "Soup 3" in page.content.decode()
    said = "You have many drafts." if act == "keep" else "We could not keep this just now."
    assert said in page.content.decode()


@pytest.mark.usefixtures("_few")
def test_the_script_beside_the_form_is_told_the_same(caregiver, client_of):
    client = client_of(caregiver)
    sent = [
        client.post(
            reverse("community:save_draft"),
            {"form": "question", "fields": {"body": f"Soup {number}"}},
            content_type="application/json",
        )
        for number in range(3)
    ]
    assert [answer.status_code for answer in sent] == [200, 200, 400]
    assert "still on this page" in sent[-1].json()["said"]


@pytest.mark.usefixtures("_few")
def test_a_draft_that_exists_goes_on_however_many_there_are(caregiver):
    kept = [drafting.keep(caregiver, QUESTION, {"body": f"Soup {number}"}) for number in range(2)]
    assert drafting.keep(caregiver, QUESTION, {"body": "More soup"}, pk=kept[0].pk, seen=1).sequence == 2


def test_words_claimed_by_one_member_are_not_claimed_by_another(caregiver, other_caregiver, monkeypatch):
    token = drafting.keep_for_visitor("", QUESTION, {"body": "Soup"})
    seen_by_both = drafting.of_token(token)
    assert drafting.claim(token, caregiver)
    monkeypatch.setattr(drafting, "of_token", lambda token: seen_by_both)
    assert drafting.claim(token, other_caregiver) is None
    assert Draft.objects.get().author == caregiver
