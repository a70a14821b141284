"""Two lanes of answers side by side, replies under each, and what is said of who answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import CancerType, Topic
from cachexia_portal.accounts.models import Credential
from community import moderation
from community.models import Post
from tests.community.conftest import BODY, TITLE, publish
from tests.people import make_member

pytestmark = pytest.mark.django_db


def lane(page: str, which: str) -> str:
    """From this lane's heading to the next lane's, or to the end of the answers."""
    lanes = page[page.index('class="lanes"') : page.index('aria-labelledby="write"')]
    lived, _, clinical = lanes.partition("lane-clinician")
    return lived if which == "lived" else clinical


def test_each_answer_stands_in_its_own_lane(page_of, published, published_answer, clinical):
    page = page_of(published)

    assert "A saucer, and I sat down" in lane(page, "lived")
    assert "Ask the team about it." in lane(page, "clinical")
    assert "Ask the team about it." not in lane(page, "lived")
    assert "2 answers" in page


def test_a_clinician_is_named_with_what_was_checked(page_of, published, clinical, clock):
    clinical_lane = lane(page_of(published), "clinical")

    assert "<bdi>Dr Cleo Marsh</bdi>" in clinical_lane
    assert "Verified" in clinical_lane
    assert "MD" in clinical_lane
    assert "United States" in clinical_lane
    assert "State medical board" in clinical_lane
    assert "When something changes quickly." in clinical_lane
    assert "A leaflet of the ward" in clinical_lane
    assert "who cares for" not in clinical_lane
    assert "REG-" not in page_of(published)


def test_the_day_of_the_check_is_named(page_of, published, clinical):
    Credential.objects.update(checked_on="2026-05-03")

    assert "on 3 May 2026" in page_of(published)


def test_after_the_end_the_badge_says_that_it_was_so_when_this_was_written(
    page_of, published, clinical, clock
):
    assert "when this was written" not in page_of(published)

    clock.shift(timedelta(days=400))
    assert "when this was written" in page_of(published)


def test_a_credential_that_was_ended_says_the_same(page_of, published, clinical):
    Credential.objects.update(ended_on=timezone.localdate())

    assert "when this was written" in page_of(published)


def test_a_demo_badge_never_says_verified_alone(page_of, published, clinical, settings):
    settings.IS_DEMO_SITE = True
    Credential.objects.update(is_demo=True)
    badge = lane(page_of(published), "clinical").partition("badge-clinician")[2].partition("</span>")[0]

    assert "emo" in badge
    assert "Registration checked" not in page_of(published)


def test_a_clinician_who_left_is_a_former_member(page_of, published, clinical, clinician):
    clinician.close()

    page = page_of(published)
    assert "A former member" in lane(page, "clinical")
    assert "Cleo" not in page


def test_staff_answer_in_the_name_of_the_society(page_of, published, published_answer, settings):
    settings.ORGANISATION = "The Cachexia Society"
    Post.objects.filter(pk=published_answer.pk).update(lane="staff")
    page = page_of(published)

    assert "From The Cachexia Society" in page
    assert "<bdi>The Cachexia Society</bdi>" in page
    assert "Sam Brook" not in page
    assert 'class="lanes"' not in page


def test_without_a_name_of_its_own_the_society_goes_by_the_sites(page_of, published, published_answer):
    Post.objects.filter(pk=published_answer.pk).update(lane="staff")

    assert "<bdi>Alongside</bdi>" in page_of(published)


def test_a_reply_stands_under_its_answer(page_of, published, published_answer, reply, clinical):
    page = page_of(published)
    answer = page[
        page.index(f'id="answer-{published_answer.pk}"') : page.index(
            "</article>", page.index(f'id="answer-{published_answer.pk}"')
        )
    ]

    assert f'id="reply-{reply.pk}"' in answer
    assert "Thank you for the saucer." in answer
    assert "2 answers" in page  # a reply is none


def test_a_reply_goes_with_its_answer(page_of, published, published_answer, reply):
    Post.objects.filter(pk=published_answer.pk).update(hidden_at=timezone.now())

    page = page_of(published)
    assert "Thank you for the saucer." not in page
    assert "Nobody has answered yet" in page


def test_two_queries_for_one_answer_and_for_many_with_replies(
    queries, visitor, published, published_answer, moderator, caregiver, other_caregiver
):
    address = published.get_absolute_url()
    visitor.get(address)
    with queries(2):
        visitor.get(address)
    for number in range(5):
        answer = publish(moderation.send_answer(other_caregiver, published, body=f"No. {number}"), moderator)
        publish(moderation.send_reply(caregiver, answer, body=f"Thank you, {number}"), moderator)
    with queries(2):
        page = visitor.get(address).content.decode()
    assert page.count('id="reply-') == 5


def test_the_asker_without_a_name_is_the_person_who_asked(page_of, caregiver, other_caregiver, moderator):
    question = moderation.send_question(
        caregiver, title=TITLE, body=BODY, shown_as="anonymous", relation="partner"
    )
    publish(question, moderator)
    answer = publish(moderation.send_answer(other_caregiver, question, body="A saucer."), moderator)
    publish(moderation.send_reply(caregiver, answer, body="Thank you.", shown_as="anonymous"), moderator)
    publish(moderation.send_reply(other_caregiver, answer, body="Any time.", shown_as="anonymous"), moderator)
    page = page_of(question)

    assert "Asked by <bdi>A caregiver</bdi>" in page
    assert "Reply from <bdi>The person who asked</bdi>" in page
    assert "Reply from <bdi>A caregiver</bdi>" in page
    assert "Robin Hill" not in page


def test_beside_a_named_question_a_reply_without_a_name_gives_nobody_away(
    page_of, published, published_answer, caregiver, moderator
):
    reply = moderation.send_reply(caregiver, published_answer, body="Thank you.", shown_as="anonymous")
    publish(reply, moderator)

    assert "The person who asked" not in page_of(published)


def test_an_old_question_says_so(page_of, published, clock, settings):
    clock.shift(timedelta(days=500))
    assert "This question is old" not in page_of(published)

    clock.shift(timedelta(days=60))
    assert "This question is old" in page_of(published)

    settings.OLD_QUESTION_MONTHS = 36
    published.revisions.update(body="Other words, so that the page is made anew.")
    assert "This question is old" not in page_of(published)


def test_what_it_mentions_stands_above_the_words(page_of, caregiver, moderator):
    post = moderation.send_question(
        caregiver, title=TITLE, body="My own words.", content_notes=["death", "weight"]
    )
    page = page_of(publish(post, moderator))

    assert "This question mentions death or dying, weights and other numbers." in page
    assert page.index("This question mentions") < page.index('<p dir="auto">My own words.')


def test_no_replies_please_closes_every_way_to_answer(page_of, published, published_answer):
    address = reverse("community:answer_question", args=[published.pk, published.slug])
    assert address in page_of(published)

    Post.objects.filter(pk=published.pk).update(wants="no_reply")
    page = page_of(published)
    assert address not in page
    assert "/reply/" not in page
    assert "No replies, please" in page


def test_topics_lead_to_the_list(page_of, published):
    published.topics.add(Topic.objects.create(slug="food", name="Eating & food"))
    Post.objects.filter(pk=published.pk).update(
        cancer_type=CancerType.objects.create(slug="lung", name="Lung")
    )
    page = page_of(published)

    assert f'href="{reverse("community:questions")}?topic=food">Eating &amp; food</a>' in page
    assert '<span class="tag">Lung</span>' in page


def test_a_question_may_be_kept_from_search_engines(page_of, published, published_answer):
    robots = '<meta name="robots" content="noindex">'
    assert robots not in page_of(published)

    Post.objects.filter(pk=published.pk).update(noindex=True)
    page = page_of(published)
    assert robots in page
    assert "QAPage" not in page


@pytest.mark.parametrize("which", ["published_answer", "reply"])
def test_whoever_wrote_on_a_page_may_have_search_engines_forget_it(page_of, published, reply, request, which):
    below = request.getfixturevalue(which)
    moderation.forget_in_search(below, by=below.author)
    page = page_of(published)
    assert '<meta name="robots" content="noindex">' in page
    assert "QAPage" not in page

    moderation.withdraw(below, by=below.author)
    assert '<meta name="robots" content="noindex">' not in page_of(published)


def test_twenty_answers_weigh_at_most_thirty_kilobytes(published, moderator, visitor):
    import gzip
    import random

    words = random.Random(1)
    author = make_member("Ivo Lane")
    for _number in range(20):
        body = " ".join("".join(words.choices("abcdefghijklmnop", k=6)) for _ in range(60))
        publish(moderation.send_answer(author, published, body=body), moderator)
    page = visitor.get(published.get_absolute_url()).content

    assert len(gzip.compress(page)) < 18_000  # style sheet, sprite and icon come to less than 12,000
