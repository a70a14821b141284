"""Words that are typed and not saved: seen as a page, kept for their editor alone, without any effect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import editing, publishing
from articles.models import Autosave
from articles.models.revisions import BODY_LIMIT
from tests.articles.forms_of import change_url, form_of, preview_url, unsaved_url
from tests.hostile import HOSTILE, live_markup_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def edits(editor, client_of):
    return client_of(editor)


def type_in(client, draft, *, fetch=True, **words):
    """What the script sends after a pause."""
    headers = {"X-Requested-With": "fetch"} if fetch else {}
    fields = {**draft.words(), "seen_version": draft.version, **words}
    return client.post(preview_url(draft), fields, headers=headers)


def test_typed_words_are_shown_as_a_page_and_kept_beside_the_draft(draft, edits, editor):
    before = draft.content_hash
    answer = type_in(edits, draft, body="Soup is *warm*.", key_points="One point.\r\n\r\nTwo points.")
    assert "<em>warm</em>" in answer.text
    assert "<li>One point.</li><li>Two points.</li>" in answer.text
    assert "Kept for you, not saved yet." in answer.text
    assert "<html" not in answer.text
    kept = Autosave.objects.get(revision=draft, editor=editor)
    assert (kept.words["body"], kept.seen_version) == ("Soup is *warm*.", draft.version)
    draft.refresh_from_db()
    assert (draft.body, draft.version, draft.content_hash) == ("Plain words.", 1, before)


def test_without_a_script_the_button_shows_the_whole_page_and_keeps_the_words(draft, edits, editor):
    page = edits.get(change_url(draft)).text
    assert f'formaction="{preview_url(draft)}"' in page
    answer = type_in(edits, draft, fetch=False, body="Soup is *warm*.")
    assert "<html" in answer.text
    assert "<em>warm</em>" in answer.text
    assert editing.unsaved_of(draft, editor).words["body"] == "Soup is *warm*."


def test_each_pause_writes_over_the_one_before(draft, edits):
    for body in ("One", "One two", "One two three"):
        type_in(edits, draft, body=body)
    assert [kept.words["body"] for kept in Autosave.objects.all()] == ["One two three"]


def test_words_that_are_the_stored_ones_again_are_not_kept(draft, edits):
    type_in(edits, draft, body="Other words.")
    answer = type_in(edits, draft)
    assert "Nothing has changed since it was last saved." in answer.text
    assert not Autosave.objects.exists()


def test_unsaved_words_are_offered_to_their_editor_and_to_nobody_else(draft, edits, other_editor, client_of):
    type_in(edits, draft, body="Only mine.")
    page = edits.get(change_url(draft)).text
    assert "Take it up" in page
    assert "did not save it" in page
    theirs = client_of(other_editor)
    for url in (change_url(draft), f"{change_url(draft)}?unsaved=1"):
        other = theirs.get(url).text
        assert "Take it up" not in other
        assert "Only mine." not in other
    theirs.post(unsaved_url(draft), {"act": "throw"})
    assert Autosave.objects.count() == 1


def test_taken_up_words_stand_in_the_form_with_the_version_they_began_from(draft, edits, other_editor):
    type_in(edits, draft, body="Mine, from the first version.", audience="detailed")
    draft.body = "Saved by somebody else."
    draft.rewrite(by=other_editor)
    answer = edits.post(unsaved_url(draft), {"act": "take"}, follow=True)
    form = answer.context["adminform"].form
    assert form["body"].value() == "Mine, from the first version."
    assert form["audience"].value() == "detailed"
    assert form["seen_version"].value() == 1
    assert "Mine, from the first version." in answer.text
    assert Autosave.objects.exists()


def test_thrown_away_words_are_gone(draft, edits):
    type_in(edits, draft, body="Not these.")
    edits.post(unsaved_url(draft), {"act": "throw"})
    assert not Autosave.objects.exists()
    assert "Take it up" not in edits.get(change_url(draft)).text


def test_saving_by_hand_ends_ones_own_unsaved_words_and_nobody_elses(draft, edits, other_editor):
    type_in(edits, draft, body="Mine.")
    editing.autosave(draft, {"body": "Of the other."}, draft.version, by=other_editor)
    edits.post(change_url(draft), form_of(draft, body="Mine, saved."))
    assert [kept.editor for kept in Autosave.objects.all()] == [other_editor]


def test_a_text_in_review_keeps_and_shows_nothing_until_changes_are_asked_for(
    draft, edits, editor, medical_reviewer
):
    type_in(edits, draft, body="Half a thought.")
    publishing.submit_for_review(draft, by=editor)
    assert editing.unsaved_of(draft, editor) is None
    assert "This text is closed just now" in type_in(edits, draft, body="Too late.").text
    assert "Half a thought." not in edits.get(f"{change_url(draft)}?unsaved=1").text
    publishing.request_changes(draft, by=medical_reviewer, note="Line two")
    assert editing.unsaved_of(draft, editor).words["body"] == "Half a thought."


def test_a_text_that_has_ended_keeps_nobodys_unsaved_words(draft, edits, other_editor):
    from tests.articles.test_admin import move

    type_in(edits, draft, body="Mine.")
    editing.autosave(draft, {"body": "Of the other."}, 1, by=other_editor)
    move(edits, draft, "discard", note="Begun twice")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("who", ["medical_reviewer", "caregiver", "moderator", "visitor"])
def test_nobody_but_editors_sends_words(request, who, draft, client_of):
    person = request.getfixturevalue(who)
    client = person if who == "visitor" else client_of(person)
    answer = type_in(client, draft, body="Let me in.")
    assert answer.status_code in {302, 403, 404}
    assert client.post(unsaved_url(draft), {"act": "take"}).status_code in {302, 403, 404}
    assert not Autosave.objects.exists()


def test_a_token_is_needed(draft, editor, client_of):
    answer = type_in(client_of(editor, enforce_csrf_checks=True), draft, body="From elsewhere.")
    assert answer.status_code == 403
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40, "1; DROP"])
def test_a_version_that_is_none_is_kept_as_none(draft, edits, version):
    assert type_in(edits, draft, body="Words.", seen_version=version).status_code == 200
    assert Autosave.objects.get().seen_version == 0


def test_hostile_words_are_kept_and_shown_as_words(draft, edits):
    *some, all_of_them = *sendable()[:8], "\n\n".join(sendable())
    for typed in (*some, all_of_them):
        answer = type_in(edits, draft, title=typed, summary=typed, body=typed, key_points=typed)
        page = edits.get(f"{change_url(draft)}?unsaved=1")
        for shown in (answer, page):
            assert shown.status_code == 200
            assert not [piece for piece in live_markup_in(shown.text) if piece != '" onmouseover="'], typed


def sendable() -> list[str]:
    """No browser can send half a character."""
    return [typed for name, typed in HOSTILE.items() if name != "lone surrogate"]


@pytest.mark.parametrize("name", ["nul", "lone surrogate"])
def test_what_no_database_takes_is_left_out(draft, editor, name):
    assert editing.autosave(draft, {"body": HOSTILE[name]}, 1, by=editor) == editing.SAVED
    kept = Autosave.objects.get().words["body"]
    assert kept.startswith("before")
    assert kept.endswith("after")


def test_a_text_too_long_to_store_is_still_kept(draft, edits):
    body = "A long evening. " * 19_000
    assert BODY_LIMIT < 300_000 < len(body)
    assert "Kept for you" in type_in(edits, draft, body=body).text
    assert Autosave.objects.get().words["body"] == body


def test_a_vast_text_is_refused_and_what_was_kept_before_stays(draft, edits):
    type_in(edits, draft, body="Kept.")
    assert "too long to be kept" in type_in(edits, draft, body="x" * (2 * BODY_LIMIT + 1)).text
    assert Autosave.objects.get().words["body"] == "Kept."


def test_the_time_of_the_last_pause_is_shown(draft, edits):
    type_in(edits, draft, body="Mine.")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Autosave.objects.update(saved_at=an_hour_ago)
    assert f"{timezone.localtime(an_hour_ago):%H:%M}" in edits.get(change_url(draft)).text


def test_get_takes_up_and_throws_away_nothing(draft, edits):
    type_in(edits, draft, body="Mine.")
    assert edits.get(unsaved_url(draft)).status_code == 405
    assert edits.post(unsaved_url(draft), {"act": "else"}).status_code == 400
    assert Autosave.objects.exists()
