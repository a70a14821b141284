"""Every state of every kind of post in every lane has its words, on the list and on its own page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from community import moderation, reported, standing, told, whereabouts
from community.models import ItemKind, Kind, Lane, Report, ReviewItem
from community.whereabouts import WORDS, Place
from community.workflow import BY_THE_AUTHOR, OUTCOMES, Outcome, Status, Verb
from tests.community.mine.conftest import KINDS_AND_LANES

pytestmark = pytest.mark.django_db
#: Words that a newer version replaced are never the newest.
REACHED = [place.name for place in Place if place is not Place.REPLACED]
BELOW = ("OUT_OF_SIGHT",)  # what hangs under something
TOLD = ("CONSENT_OVER",)  # stories
ALONE = [name for name in REACHED if name not in (*BELOW, *TOLD)]
MORE = {Kind.QUESTION: (), Kind.STORY: TOLD}
APPEALABLE = {"CHANGE_ASKED", "EDIT_CHANGE_ASKED", "HIDDEN", "REFUSED", "EDIT_REFUSED"}


def test_every_place_has_its_words():
    assert set(WORDS) == set(Place)
    assert all(
        str(part) for words in WORDS.values() for part in (words.pill, words.icon, words.heading, words.says)
    )


def test_every_status_has_its_places():
    assert set(whereabouts.PLACES) == set(Status)
    reached = {place for pair in whereabouts.PLACES.values() for place in pair}
    assert reached | {Place.HIDDEN, Place.OUT_OF_SIGHT, Place.CONSENT_OVER} == set(Place)


def test_every_kind_and_lane_has_its_words():
    assert set(whereabouts.GOES_ALONG) == set(whereabouts.FORGOTTEN) == set(Kind)
    assert set(whereabouts.NAME_STAYS) == {"", *Lane}
    assert set(reported.WHAT) == set(Kind)


def test_every_outcome_is_said_to_whoever_reported():
    assert set(reported.CAME_OF_IT) == set(Outcome)


def test_every_verb_is_told_or_kept_on_purpose():
    assert set(told.SAYS) | set(told.UNTOLD) == set(Verb)
    assert not set(told.SAYS) & set(told.UNTOLD)
    assert set(told.SAYS) == set(OUTCOMES) - set(BY_THE_AUTHOR)


@pytest.mark.parametrize("place", REACHED)
def test_a_post_says_where_it_is(client_of, send, states, place):
    """On the list and on its own page; steps lead there; and the page and the act agree about appeals."""
    post = send(Kind.STORY) if place in TOLD else send(Kind.ANSWER, Lane.LIVED)
    states[place](post)
    found = standing.of_post(post.author, post.pk)
    client = client_of(post.author)
    page = client.get(reverse("community:my_post", args=[post.pk])).content.decode()
    listed = client.get("/me/").content.decode()

    words = WORDS[Place[place]]
    for said in (words.pill, words.heading, words.says):
        assert str(said) in page
    assert str(words.pill) in listed
    assert found.title in listed
    assert ("Not public" in page) is not found.is_on_site
    assert ("See it where others see it" in page) is found.is_on_site

    assert page.count('aria-current="step"') == 1
    assert [step.is_done for step in found.steps] == sorted(
        (step.is_done for step in found.steps), reverse=True
    )
    assert all(step.at for step in found.steps if step.is_done)

    decisions = [each.decision for each in found.history]
    open_to_it = [decision for decision in decisions if moderation.can_be_appealed(decision)]
    assert [found.appealable] == (open_to_it or [None])
    assert bool(open_to_it) is (place in APPEALABLE)
    assert ("ask someone else to look</a>" in page) is (place in APPEALABLE)


@pytest.mark.parametrize(("kind", "lane"), KINDS_AND_LANES)
def test_each_kind_in_each_lane_comes_to_each_place(client_of, send, states, send_again, kind, lane):
    for place in [*ALONE, *MORE.get(kind, BELOW)]:  # the last takes all away
        post = send(kind, lane)
        states[place](post)
        found = standing.of_post(post.author, post.pk)

        assert found.place is Place[place]
        assert found.title
        assert found.steps[-1].says
        assert found.change_label
    assert client_of(post.author).get("/me/").status_code == 200


@pytest.mark.parametrize("place", ["EDIT_WAITING", "EDIT_CHANGE_ASKED", "EDIT_REFUSED"])
def test_earlier_words_are_said_to_stay(client_of, send, states, place):
    post = send(Kind.QUESTION)
    states[place](post)
    client = client_of(post.author)

    for address in ("/me/", reverse("community:my_post", args=[post.pk])):
        assert "Your earlier words stay on the site." in client.get(address).content.decode()


def test_a_change_of_a_hidden_post_says_that_it_is_hidden(client_of, send, states, send_again):
    post = send(Kind.QUESTION)
    states["HIDDEN"](post)
    send_again(post)
    page = client_of(post.author).get("/me/").content.decode()

    assert "Your change waits to be read" in page
    assert "Your earlier words are hidden." in page
    assert "Somebody is named." in page
    assert "Not public" in page


def test_what_came_of_a_report_quotes_nothing(client_of, send, states, other_caregiver):
    post = send(Kind.QUESTION)
    states["ON_SITE"](post)
    item = ReviewItem.objects.create(revision=post.published_revision, kind=ItemKind.REPORT)
    Report.objects.create(item=item, reporter=other_caregiver, type="harm", words="I am uneasy")
    client = client_of(other_caregiver)
    assert "You reported a question.</strong> A person will read it." in client.get("/me/").content.decode()

    for outcome in Outcome:
        ReviewItem.objects.filter(pk=item.pk).update(outcome=outcome, resolved_at=timezone.now())
        page = client.get("/me/").content.decode()
        assert str(reported.CAME_OF_IT[outcome]) in page
        for quoted in ("My title", post.published_revision.body, "I am uneasy"):
            assert quoted not in page


def test_what_a_worry_came_to_is_not_told_to_whoever_reported():
    item = ReviewItem(kind=ItemKind.SAFETY, outcome=Outcome.KEPT, resolved_at=timezone.now())

    assert reported.outcome_of(item) == reported.LOOKED_AFTER
