"""A question is found by its public words from the instant they are public, and not an instant longer."""

from __future__ import annotations

import pytest
from django.db import transaction

from cachexia_portal import search
from cachexia_portal.search.models import SearchDocument
from community import moderation, searchable
from community.workflow import Verb
from tests.community.conftest import publish
from tests.community.searchable.looking import VISITOR, decide, found, is_found, stored

pytestmark = pytest.mark.django_db
OLD, NEW = "marmalade", "rhubarb"


@pytest.fixture
def waiting(caregiver):
    return moderation.send_question(caregiver, title=f"About {OLD}", body="He asks for it every night.")


@pytest.fixture
def edited(published, caregiver):
    """Live words, and newer ones that wait."""
    moderation.send_again(
        published, by=caregiver, seen=1, title=f"About {NEW}", body="He asks for it every night."
    )
    return published


def test_waiting_words_are_not_found(waiting):
    assert not is_found(OLD, waiting)
    assert not SearchDocument.objects.exists()


def test_published_words_are_found_by_title_and_text(published):
    assert is_found(OLD, published)
    assert is_found("night", published)


@pytest.mark.parametrize("verb", [Verb.REFUSE, Verb.ASK_CHANGE])
def test_words_that_were_not_published_are_not_found(verb, waiting, moderator, house_rule):
    decide(waiting, verb, moderator, house_rule=house_rule, reason="Because")
    assert not is_found(OLD, waiting)


def test_an_edit_is_found_when_it_is_published_and_the_old_words_no_more(edited, moderator):
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (True, False)
    publish(edited, moderator)
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (False, True)


def test_an_edit_that_was_refused_changes_nothing(edited, moderator, house_rule):
    decide(edited, Verb.REFUSE, moderator, house_rule=house_rule, reason="Because")
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (True, False)


def test_hidden_words_are_not_found_and_restored_ones_are(published, moderator, house_rule):
    moderation.hide(published, by=moderator, house_rule=house_rule, reason="A name")
    assert not is_found(OLD, published)
    moderation.restore(published, by=moderator)
    assert is_found(OLD, published)


def test_covered_words_are_not_found_and_the_rest_is(published, moderator, caregiver, other_caregiver):
    moderation.report(published, by=other_caregiver, type="private")
    decide(published, Verb.COVER, moderator, reason="A name", spans=[("title", 6, 6 + len(OLD))])
    assert (is_found(OLD, published), is_found("night", published)) == (False, True)


def test_waiting_words_that_are_covered_before_they_are_shown_are_never_found(waiting, moderator):
    decide(waiting, Verb.COVER, moderator, reason="A name", spans=[("title", 6, 6 + len(OLD))])
    assert (is_found(OLD, waiting), is_found("night", waiting)) == (False, True)


def test_undoing_a_publication_takes_the_words_away(waiting, moderator):
    decision = decide(waiting, Verb.PUBLISH, moderator)
    assert is_found(OLD, waiting)
    moderation.undo(decision, by=moderator)
    assert not is_found(OLD, waiting)


def test_undoing_the_publication_of_an_edit_brings_the_old_words_back(edited, moderator):
    decision = decide(edited, Verb.PUBLISH, moderator)
    moderation.undo(decision, by=moderator)
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (True, False)


def test_undoing_a_hiding_brings_the_words_back(published, moderator, house_rule):
    decision = moderation.hide(published, by=moderator, house_rule=house_rule, reason="A name")
    moderation.undo(decision, by=moderator)
    assert is_found(OLD, published)


def test_undoing_a_cover_takes_all_of_it_away_again(waiting, moderator):
    decision = decide(waiting, Verb.COVER, moderator, reason="A name", spans=[("title", 6, 6 + len(OLD))])
    moderation.undo(decision, by=moderator)
    assert not is_found("night", waiting)


def test_words_that_an_appeal_brings_back_are_found(
    waiting, moderator, other_moderator, house_rule, caregiver
):
    decision = decide(waiting, Verb.REFUSE, moderator, house_rule=house_rule, reason="Because")
    moderation.appeal(decision, by=caregiver, words="Please look again")
    assert not is_found(OLD, waiting)
    decide(waiting, Verb.PUBLISH, other_moderator)
    assert is_found(OLD, waiting)


def test_what_its_author_takes_down_is_gone_and_so_is_an_edit(edited, caregiver):
    moderation.withdraw(edited, by=caregiver)
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (False, False)
    assert not SearchDocument.objects.exists()


def test_everything_that_somebody_takes_back_goes_at_once(published, caregiver):
    moderation.withdraw_all_of(caregiver, by=caregiver)
    assert not is_found(OLD, published)


def test_whoever_leaves_their_posts_here_leaves_them_findable(edited, caregiver):
    moderation.withdraw_waiting_of(caregiver, by=caregiver)
    assert (is_found(OLD, edited), is_found(NEW, edited)) == (True, False)


def test_a_name_that_is_taken_off_and_search_engines_change_no_word(published, caregiver):
    moderation.show_without_name(published, by=caregiver)
    moderation.forget_in_search(published, by=caregiver)
    assert is_found(OLD, published)
    assert not stored("Robin")


def test_an_act_that_is_rolled_back_changes_nothing(published, caregiver):
    with transaction.atomic():
        moderation.withdraw(published, by=caregiver)
        assert not is_found(OLD, published)
        transaction.set_rollback(True)
    assert is_found(OLD, published)


def test_the_end_of_a_very_long_question_is_found_too(caregiver, moderator):
    long = "every evening the same soup " * 700
    post = publish(moderation.send_question(caregiver, title="Long", body=f"{long} {OLD}"), moderator)
    assert is_found(OLD, post)


@pytest.mark.parametrize(
    ("body", "is_urgent"),
    [("He does not like soup.", False), ("He cannot breathe and his lips are blue.", True)],
)
def test_an_emergency_is_marked_as_one(body, is_urgent, caregiver, moderator):
    post = moderation.send_question(caregiver, title="Tonight", body=body)
    for item in list(post.revisions.get().review_items.all()):
        if item.kind == "new":
            moderation.publish(item, by=moderator, version=item.version)
    assert SearchDocument.objects.get(row=post.pk).is_urgent is is_urgent


def test_an_invented_question_is_found_on_a_demonstration_site_alone(published, settings):
    type(published).objects.filter(pk=published.pk).update(is_demo=True)
    assert not found(OLD)
    settings.IS_DEMO_SITE = True
    assert found(OLD)


def test_hostile_words_are_found_or_not_and_never_an_error(hostile, caregiver, moderator):
    storable = hostile.encode(errors="ignore").decode().replace("\x00", "")
    if not storable.strip():
        storable = "soup"
    post = publish(moderation.send_question(caregiver, title=storable[:150], body=storable), moderator)
    assert SearchDocument.objects.filter(row=post.pk).exists()
    found(hostile)
    moderation.withdraw(post, by=caregiver)
    assert not SearchDocument.objects.exists()


def test_a_visitor_finds_what_a_member_finds(published, caregiver):
    for person in (VISITOR, caregiver):
        assert not search.search(OLD, searchable.shelves(person), ()).is_empty
