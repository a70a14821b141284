"""The public page of a story."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Topic
from community import moderation
from community.models import Post
from community.workflow import TransitionRefused
from tests.community.stories.conftest import STORY_BODY, STORY_TITLE, agreed, end_the_consent_to
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_visitor_reads_a_story(read, story):
    page = read(story)

    assert f'<h1 dir="auto">{STORY_TITLE}</h1>' in page
    assert '<p dir="auto">Then our nurse asked whether I had a saucer.</p>' in page
    assert "A caregiver’s story" in page
    assert "By <bdi>Robin Hill</bdi>, who cares for a husband, wife or partner" in page
    assert "<span>1 minute to read</span>" in page
    assert "shared with consent" in page
    assert "It is not medical advice." in page
    assert f"<title>{STORY_TITLE} |" in page
    assert '<meta name="description" content="For three months I filled the big plates.' in page


@pytest.mark.parametrize(
    ("relation", "whose", "by"),
    [
        ("", "A caregiver’s story", "By a caregiver"),
        ("partner", "A caregiver’s story", "By a caregiver"),
        ("patient", "A patient’s story", "By a patient"),
        ("professional", "A story from someone who works in care", "By someone who works in care"),
    ],
)
def test_without_a_name_it_says_no_more_than_the_relation(read, tell, relation, whose, by):
    page = read(tell(shown_as="anonymous", relation=relation))

    assert whose in page
    assert by in page
    assert "Robin" not in page
    assert "husband" not in page


def test_what_it_mentions_stands_in_a_closed_fold(read, tell):
    page = read(tell(content_notes=["death", "children"]))

    fold = re.search(r'<details class="fold">(.*?)</details>', page, re.DOTALL)[1]
    assert "What this story mentions" in fold
    assert "This story mentions death or dying, children." in fold


def test_without_notes_there_is_no_fold(read, story):
    assert "What this story mentions" not in read(story)


def test_it_is_found_while_its_teller_agrees_and_no_longer(visitor, client_of, gone, moderator):
    address = f"/stories/{gone.pk}-the-peach/"

    for client in (visitor, client_of(gone.author), client_of(moderator)):
        response = client.get(address)
        assert response.status_code == 404
        assert "Half a peach" not in response.content.decode()


def test_what_nobody_has_read_is_not_found(visitor, caregiver):
    waiting = moderation.send_story(caregiver, title=STORY_TITLE, body=STORY_BODY, consent=agreed())

    assert visitor.get(f"/stories/{waiting.pk}-the-saucer/").status_code == 404
    assert visitor.get(f"/stories/{waiting.pk}-x/").status_code == 404


def test_a_wrong_slug_leads_to_the_right_one_for_good(visitor, story):
    response = visitor.get(reverse("community:story", args=[story.pk, "something-else"]))

    assert response.status_code == 301
    assert response.url == story.get_absolute_url() == f"/stories/{story.pk}-the-saucer/"


def test_a_wrong_slug_of_what_is_gone_gives_no_title_away(visitor, story):
    end_the_consent_to(story)
    response = visitor.get(f"/stories/{story.pk}-x/")

    assert response.status_code == 404
    assert "saucer" not in response.content.decode()


def test_a_question_has_no_page_among_the_stories_nor_a_story_among_the_questions(visitor, story, published):
    assert visitor.get(f"/stories/{published.pk}-{published.slug}/").status_code == 404
    assert visitor.get(f"/questions/{story.pk}-{story.slug}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 18, str(10**30)])
def test_numbers_of_nothing_are_not_found(visitor, db, number):
    assert visitor.get(f"/stories/{number}-x/").status_code == 404


def test_a_title_without_latin_letters_has_an_address(visitor, tell):
    post = tell("أمي لا تأكل")

    assert post.get_absolute_url() == f"/stories/{post.pk}-story/"
    assert visitor.get(post.get_absolute_url()).status_code == 200


def test_hostile_words_are_shown_safely(read, tell, hostile):
    from community import plain_text

    words = plain_text.clean(hostile) or "nothing"
    page = read(tell(" ".join(words[:140].split()), words[:20_000]))

    assert live_markup_in(re.sub(r'<script type="application/ld\+json">.*?</script>', "", page)) == []


# --- No replies -------------------------------------------------------------------


def test_nothing_on_the_page_asks_for_an_answer(read, client_of, other_caregiver, story):
    pages = read(story), client_of(other_caregiver).get(story.get_absolute_url()).content.decode()

    for page in pages:
        main = page[page.index("<main") : page.index("</main>")]
        assert "/answer/" not in main
        assert "/reply/" not in main
        assert "<textarea" not in main


def test_the_server_takes_no_answer_to_a_story(client_of, other_caregiver, story):
    client = client_of(other_caregiver)
    for address in (
        reverse("community:answer_question", args=[story.pk, story.slug]),
        reverse("community:reply", args=[story.pk, story.slug, story.pk]),
    ):
        assert client.get(address).status_code == 404
        client.post(address, {"body": "Well done.", "_do": "send"})
    for send in (moderation.send_answer, moderation.send_reply):
        with pytest.raises(TransitionRefused):
            send(other_caregiver, story, body="Well done.")

    assert not Post.objects.exclude(pk=story.pk).exists()


def test_no_draft_of_an_answer_to_a_story_is_kept(client_of, other_caregiver, story):
    from community.models import Draft

    for form in ("answer", "reply"):
        response = client_of(other_caregiver).post(
            reverse("community:save_draft"),
            {"form": form, "about": story.pk, "fields": {"body": "Well done."}},
            content_type="application/json",
        )
        assert response.status_code == 400
    assert not Draft.objects.exists()


# --- What to read next ------------------------------------------------------------


def test_it_leads_on_to_guides_on_its_topics(read, tell, food, guide_about):
    other = Topic.objects.create(slug="sleep", name="Sleep")
    guide_about(food, title="Taking the pressure off food")
    guide_about(other, title="Nights")
    page = read(tell(topics=[food]))

    assert "Read more about this" in page
    assert 'class="door" href="/articles/guide-1/">Taking the pressure off food</a>' in page
    assert 'href="/topics/food/">All about “Eating &amp; food”</a>' in page
    assert "Nights" not in page


def test_three_guides_are_enough_the_newest_first(read, tell, food, guide_about):
    for number in range(5):
        guide_about(food, title=f"Bowl {number}")

    assert re.findall(r"Bowl \d", read(tell(topics=[food]))) == ["Bowl 4", "Bowl 3", "Bowl 2"]


def test_a_guide_under_two_of_its_topics_is_named_once(read, tell, food, guide_about):
    other = Topic.objects.create(slug="sleep", name="Sleep")
    guide_about(food, title="Bowls").topics.add(other)

    assert read(tell(topics=[food, other])).count(">Bowls<") == 1


def test_a_guide_whose_check_is_long_overdue_is_not_recommended(visitor, tell, food, guide_about):
    """From today on: the database has a clock of its own, which says whether the consent lasts."""
    guide_about(food, title="An old bowl")
    post = tell(topics=[food], uses={"years": 2})
    assert "An old bowl" in visitor.get(post.get_absolute_url()).content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=578)):
        page = visitor.get(post.get_absolute_url()).content.decode()
    assert STORY_TITLE in page
    assert "An old bowl" not in page


def test_without_a_topic_there_are_still_more_stories(read, story):
    page = read(story)

    assert 'class="door" href="/stories/">More stories</a>' in page
    assert "All about" not in page


# --- What it costs ----------------------------------------------------------------


def test_two_queries_whatever_it_is_filed_under(visitor, tell, food, guide_about, queries):
    bare, filed = tell(), tell("Filed", topics=[food])
    for number in range(4):
        guide_about(food, title=f"Bowl {number}")
    for address in (bare.get_absolute_url(), filed.get_absolute_url()):
        with queries(2):
            visitor.get(address)


def test_a_member_pays_no_more_than_five(client_of, other_caregiver, story, django_assert_max_num_queries):
    client, address = client_of(other_caregiver), story.get_absolute_url()
    with django_assert_max_num_queries(5):
        client.get(address)


def test_a_public_page_has_no_token_and_sets_no_cookie(visitor, story):
    response = visitor.get(story.get_absolute_url())

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"


# --- On paper ---------------------------------------------------------------------


def test_whom_to_call_stands_in_the_foot_of_the_print(read, story):
    foot = re.search(r'<p class="small paper-only">(.*?)</p>', read(story), re.DOTALL)[1]

    assert "call the care team or your emergency number" in words_of(foot)
    assert foot.endswith("http://localhost:8000/help-now/")
