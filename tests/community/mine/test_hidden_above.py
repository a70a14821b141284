"""A hidden question is named nowhere: also not to those who wrote, or were writing, under it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from community import drafting, moderation
from community.drafting import Place
from community.models import Draft
from community.workflow import Verb
from tests.community.moderation.acts import decide_post, hide

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(caregiver, other_caregiver, moderator):
    """Live, and another answer begun, under a question that is hidden then."""
    question = moderation.send_question(caregiver, title="Canary of Elm Street", body="I cook soup.")
    decide_post(question, Verb.PUBLISH, moderator)
    answer = moderation.send_answer(other_caregiver, question, body="A saucer helps.")
    decide_post(answer, Verb.PUBLISH, moderator)
    drafting.keep(other_caregiver, Place(Draft.Form.ANSWER, question), {"body": "And a spoon"})
    hide(question, moderator)
    return answer


@pytest.mark.parametrize("name", ["my_posts", "my_post", "edit_post"])
def test_its_title_is_on_no_page_of_theirs(name, answer, other_caregiver, client_of):
    address = reverse(f"community:{name}", args=[] if name == "my_posts" else [answer.pk])
    page = client_of(other_caregiver).get(address)
    assert page.status_code == 200
    assert "canary" not in page.content.decode().lower()


def test_its_own_writer_still_reads_it(answer, caregiver, client_of):
    page = client_of(caregiver).get(reverse("community:my_post", args=[answer.question_id]))
    assert "Canary of Elm Street" in page.content.decode()
