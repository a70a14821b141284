import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cachexia_portal import events
from cachexia_portal.delivery.digest import keyed
from cachexia_portal.events.models import Event, EventNote

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_row(moderator, caregiver, clock):
    event = events.record("hide", caregiver, by=moderator, from_state="live", to_state="hidden")
    event.refresh_from_db()
    assert (event.actor, event.verb, event.subject_kind, event.subject_id) == (
        moderator,
        "hide",
        "accounts.member",
        caregiver.pk,
    )
    assert (event.from_state, event.to_state, event.at.isoformat()) == (
        "live",
        "hidden",
        "2026-11-21T09:00:00+00:00",
    )


def test_what_the_site_itself_does_has_no_actor(caregiver):
    assert events.record("expire", caregiver).actor is None


def test_the_history_of_a_row_is_its_own_and_in_order(caregiver, other_caregiver):
    first, _other, second = (
        events.record("ask", caregiver),
        events.record("ask", other_caregiver),
        events.record("answer", caregiver),
    )
    assert list(events.history_of(caregiver)) == [first, second]


@pytest.mark.parametrize("many", [1, 3])
def test_a_history_with_people_and_notes_takes_two_queries(caregiver, moderator, queries, many):
    for _ in range(many):
        events.keep_note(events.record("ask", caregiver, by=moderator), "because")
    with queries(2):
        for event in events.history_of(caregiver):
            assert str(event.actor) == "Mona Field"
            assert [note.text for note in event.notes.all()] == ["because"]


@pytest.mark.parametrize("column", ["verb", "from_state", "to_state", "digest"])
@pytest.mark.parametrize("words", ["two words", "ann@example.org"])
def test_the_database_refuses_words_and_addresses_in_an_event(caregiver, column, words):
    values = {"verb": "ask", "subject_kind": "accounts.member", "subject_id": caregiver.pk, column: words}
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(**values)


def test_a_person_of_whom_an_event_tells_cannot_be_deleted(caregiver, moderator):
    events.record("hide", caregiver, by=moderator)
    with pytest.raises(ProtectedError):
        moderator.delete()


def test_words_are_kept_beside_the_event(caregiver):
    event = events.record("refuse", caregiver)
    note = events.keep_note(event, "It names a person.", "author")
    assert (note.event, note.text, note.audience) == (event, "It names a person.", EventNote.Audience.AUTHOR)


def test_a_note_is_for_the_team_unless_said_otherwise(caregiver):
    assert events.keep_note(events.record("refuse", caregiver), "spam?").audience == "team"


@pytest.mark.parametrize("nothing", ["", "  \n "])
def test_no_note_is_made_of_no_words(caregiver, nothing):
    assert events.keep_note(events.record("refuse", caregiver), nothing) is None
    assert not EventNote.objects.exists()


def test_an_audience_that_nobody_knows_is_refused(caregiver):
    event = events.record("refuse", caregiver)
    with pytest.raises(IntegrityError), transaction.atomic():
        events.keep_note(event, "words", "everybody")


def test_a_keyed_digest_can_only_be_made_with_the_key(settings):
    digest = keyed("ann@example.org", "address")
    assert len(digest) == 64
    assert digest == keyed("ann@example.org", "address")
    assert digest != keyed("ann@example.org", "another purpose")
    settings.SECRET_KEY = "another-" + "y" * 40
    assert digest != keyed("ann@example.org", "address")
