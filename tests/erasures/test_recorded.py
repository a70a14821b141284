"""Each act after which something may never be shown again leaves a row, and after the commit a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cachexia_portal.erasures import log, models, writing
from cachexia_portal.erasures.models import Erasure, Kind
from cachexia_portal.pages.backups import loading
from community import leaving, moderation
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import *  # noqa: F403 (fixtures)
from tests.community.moderation import acts
from tests.community.stories.conftest import agreed, found_story, story, tell  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


def recorded() -> list[tuple[str, int]]:
    return sorted(Erasure.objects.values_list("kind", "subject_id"))


def test_a_take_down(published):
    moderation.withdraw(published, by=published.author)
    assert recorded() == [("taken_down", published.pk)]
    moderation.withdraw(published, by=published.author)
    assert len(recorded()) == 1, "nothing was left to take"


def test_what_waits_and_is_taken_back(waiting):
    """A restored desk would have it again, and could publish it."""
    moderation.withdraw(waiting, by=waiting.author)
    assert recorded() == [("taken_down", waiting.pk)]


def test_a_post_shown_without_its_name(published):
    moderation.show_without_name(published, by=published.author)
    moderation.show_without_name(published, by=published.author)
    assert recorded() == [("without_name", published.pk)]


def test_a_post_that_search_engines_are_to_forget(published):
    moderation.forget_in_search(published, by=published.author)
    assert recorded() == [("forgotten", published.pk)]


@pytest.mark.parametrize("act", ["file", "send"])
def test_a_question_kept_out_of_search_engines_while_it_is_changed(published, client_of, act):
    sent = {"_do": act, "body": "Other words.", "title": "Meals", "seen": "1", "noindex": "on"}
    for _ in range(2):
        client_of(published.author).post(f"/me/posts/{published.pk}/edit/", sent)
    assert recorded() == [("forgotten", published.pk)]


def test_a_story_that_search_engines_are_to_forget(found_story):  # noqa: F811
    moderation.forget_in_search(found_story, by=found_story.author)
    assert recorded() == [("forgotten", found_story.pk)]


def test_a_consent_taken_back_whole(story):  # noqa: F811
    consent = story.consents.get()
    moderation.withdraw(story, by=story.author)
    assert recorded() == [("consent_withdrawn", consent.pk), ("taken_down", story.pk)]


def test_a_further_use_taken_back(tell):  # noqa: F811
    story = tell(uses={"in_print": True})  # noqa: F811
    moderation.renew_consent(story, by=story.author, years=1)
    moderation.change_consent(story, by=story.author, purpose="in_print", is_agreed=False)
    assert recorded() == [("uses_withdrawn", story.pk)]
    moderation.change_consent(story, by=story.author, purpose="in_print", is_agreed=True)
    assert len(recorded()) == 1


def test_a_hidden_post(published, moderator):
    acts.hide(published, moderator)
    assert recorded() == [("hidden", published.pk)]


def test_an_undone_decision_after_which_nothing_is_public_any_more(published, moderator):
    """A backup made in those ten minutes shows what nobody is to see."""
    hidden = acts.hide(published, moderator)
    shown_again = moderation.restore(published, by=moderator)
    moderation.undo(shown_again, by=moderator)
    assert hidden.at < shown_again.at
    assert recorded() == [("hidden", published.pk)] * 2


def test_an_undone_first_publication(waiting, moderator):
    published = acts.decide_post(waiting, Verb.PUBLISH, moderator)
    moderation.undo(published, by=moderator)
    assert recorded() == [("hidden", waiting.pk)]


def test_an_undone_edit_leaves_the_post_public(published, moderator):
    edit = acts.edit(published, "Other words.")
    moderation.undo(acts.decide(edit.review_items.get(), Verb.PUBLISH, moderator), by=moderator)
    assert recorded() == []


def test_an_undone_question_to_the_writer_takes_nothing_away(waiting, moderator):
    moderation.undo(acts.decide_post(waiting, Verb.ASK_CHANGE, moderator), by=moderator)
    assert recorded() == []


def test_private_details_covered_in_a_public_post(published, moderator, other_caregiver):
    moderation.report(published, by=other_caregiver, type="private")
    acts.decide_post(published, Verb.COVER, moderator, spans=[("body", 2, 5)])
    assert recorded() == [("hidden", published.pk)]


def test_an_act_that_is_refused_or_undone_leaves_nothing(published, other_caregiver):
    with pytest.raises(TransitionRefused):
        moderation.withdraw(published, by=other_caregiver)
    with pytest.raises(ZeroDivisionError):
        _withdraw_and_fail(published)
    assert recorded() == []


@transaction.atomic
def _withdraw_and_fail(post) -> None:
    moderation.withdraw(post, by=post.author)
    raise ZeroDivisionError


@pytest.mark.parametrize("down", [True, False])
def test_a_closed_account(published, story, down):  # noqa: F811
    author, consent = published.author, story.consents.get()
    leaving.close_account(author, takes_posts_down=down)
    stories_end = [("consent_withdrawn", consent.pk), ("taken_down", story.pk)]
    posts = [("taken_down", published.pk)] if down else []
    assert recorded() == sorted([("account_closed", author.pk), *stories_end, *posts])


def test_the_consent_for_health_data(published):
    leaving.end_health_consent(published.author)
    assert recorded() == [("health_consent_ended", published.author_id), ("taken_down", published.pk)]


# --- The line --------------------------------------------------------------


def lines() -> list[tuple[str, int]]:
    return [(line.kind, line.subject_id) for line in log.read().lines]


def test_the_line_follows_the_commit(published, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        moderation.withdraw(published, by=published.author)
        assert not log.path().exists()
    assert lines() == [("taken_down", published.pk)]
    assert Erasure.objects.get().logged_at


def test_where_the_disk_is_full_the_act_stands_and_the_sweep_writes_it(
    published, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def full(_lines):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(log, "append", full)
        with django_capture_on_commit_callbacks(execute=True):
            moderation.withdraw(published, by=published.author)
    assert Erasure.objects.get().logged_at is None
    writing.keep_the_log()
    assert lines() == [("taken_down", published.pk)]
    assert writing.write_new() == 0


def test_the_sweep_goes_on_until_all_is_written(db, monkeypatch):
    monkeypatch.setattr(writing, "AT_ONCE", 2)
    Erasure.objects.bulk_create(Erasure(kind=Kind.HIDDEN, subject_id=number) for number in range(5))
    writing.keep_the_log()
    assert len(lines()) == 5
    assert not Erasure.objects.filter(logged_at=None).exists()


def test_the_sweep_drops_what_is_older_than_any_backup(db, settings, clock):
    writing.keep_the_log()
    Erasure.objects.create(kind=Kind.HIDDEN, subject_id=1)
    writing.keep_the_log()
    clock.shift(timedelta(days=settings.ERASURE_LOG_DAYS - 1))
    Erasure.objects.create(kind=Kind.HIDDEN, subject_id=2)
    writing.keep_the_log()
    assert len(lines()) == 2
    clock.shift(timedelta(days=2, minutes=1))
    writing.keep_the_log()
    assert lines() == [("hidden", 2)]
    assert log.read().begun == timezone.now() - timedelta(days=settings.ERASURE_LOG_DAYS)


def test_the_log_is_written_anew_once_a_day_and_not_with_every_sweep(db, settings, clock):
    writing.keep_the_log()
    clock.shift(timedelta(days=settings.ERASURE_LOG_DAYS + 1, minutes=1))
    writing.keep_the_log()
    begun = log.read().begun
    clock.shift(timedelta(hours=23))
    writing.keep_the_log()
    assert log.read().begun == begun
    clock.shift(timedelta(hours=2))
    writing.keep_the_log()
    assert log.read().begun > begun


def test_of_every_kind_it_is_known_which_rows_it_numbers():
    """A restore gives none of these numbers again, and a member is told of those that are theirs."""
    kinds = [
        *models.OF_MEMBERS,
        *models.OF_CONSENTS,
        *models.OF_POSTS,
        *models.OF_REVISIONS,
        *models.OF_ARTICLES,
    ]
    assert sorted(kinds) == sorted(Kind)
    assert sorted(kind for of_rows in loading.SUBJECTS.values() for kind in of_rows) == sorted(Kind)
