"""What readers report: an item at once, and nothing that anybody sees changes."""

from __future__ import annotations

import pytest

from cachexia_portal.events.models import Event
from community import moderation
from community.models import Report, ReviewItem
from community.models.reports import REPORT_LENGTH
from community.moderation import AlreadyDecided, MayNotWrite
from community.workflow import TransitionRefused, Verb

from .acts import decide, hide, open_item, public_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("type", "kind", "priority"),
    [
        ("worried", "safety", 1000),
        ("private", "privacy", 500),
        ("about_me", "privacy", 500),
        ("selling", "report", 200),
    ],
)
def test_a_report_opens_an_item_of_its_kind(published, other_caregiver, type, kind, priority):
    report = moderation.report(published, by=other_caregiver, type=type, words="Line two.")

    item = ReviewItem.objects.open().get()
    assert (report.item, item.kind, item.priority) == (item, kind, priority)
    assert (report.words, item.revision) == ("Line two.", published.published_revision)
    assert public_words(published)


def test_the_desk_does_not_learn_who_reported(published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind")

    assert Event.objects.get(verb="reported").actor is None


def test_a_second_reader_joins_the_open_item(published, other_caregiver, clinician, moderator):
    seen = moderation.report(published, by=other_caregiver, type="unkind").item
    seen.refresh_from_db()
    joined = moderation.report(published, by=clinician, type="selling")

    assert joined.item == seen
    with pytest.raises(AlreadyDecided):
        decide(seen, Verb.KEEP, moderator)
    assert decide(open_item(published), Verb.KEEP, moderator)
    assert moderation.report(published, by=clinician, type="selling").item != seen


def test_one_person_reports_an_item_once_and_new_words_are_kept(published, other_caregiver):
    first = moderation.report(published, by=other_caregiver, type="unkind", words="One")
    version = open_item(published).version
    moderation.report(published, by=other_caregiver, type="unkind", words="One")
    assert open_item(published).version == version
    again = moderation.report(published, by=other_caregiver, type="unkind", words="Two")

    assert again == first == Report.objects.get()
    assert again.words == "One\n\nTwo"
    assert open_item(published).version == version + 1


def test_words_past_the_limit_are_not_added(published, other_caregiver):
    moderation.report(published, by=other_caregiver, type="unkind", words="a" * REPORT_LENGTH)

    assert (
        moderation.report(published, by=other_caregiver, type="unkind", words="b").words
        == "a" * REPORT_LENGTH
    )


def test_what_was_taken_back_meanwhile_is_not_reported(
    published, published_answer, other_caregiver, caregiver
):
    moderation.withdraw(published, by=caregiver)
    for post in (published, published_answer):
        with pytest.raises(TransitionRefused, match="not on the site any more"):
            moderation.report(post, by=other_caregiver, type="unkind")
    assert not Report.objects.exists()


def test_what_nobody_can_see_is_not_reported(waiting, published_answer, other_caregiver, moderator):
    hide(published_answer, moderator)
    other = moderation.send_question(other_caregiver, title="T", body="B")
    for post in (published_answer, other):
        with pytest.raises(TransitionRefused):
            moderation.report(post, by=other_caregiver, type="unkind")


def test_a_closed_account_reports_nothing(published, other_caregiver):
    stale = type(other_caregiver).objects.get(pk=other_caregiver.pk)
    other_caregiver.close()
    with pytest.raises(MayNotWrite):
        moderation.report(published, by=stale, type="unkind")


def test_a_moderator_who_reports_gives_up_their_claim(published, other_caregiver, moderator, other_moderator):
    moderation.report(published, by=other_caregiver, type="unkind")
    moderation.claim(open_item(published), by=moderator)
    moderation.report(published, by=moderator, type="unkind")

    assert decide(open_item(published), Verb.KEEP, other_moderator)
