"""Findings of an import are resolved once, by a person, with a reason; and may be opened again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Diagnostic
from articles.resolving import ResolvingRefused, reopen, resolve
from cachexia_portal import events
from cachexia_portal.events.models import EventNote
from tests.articles.conftest import imported
from tests.articles.test_at_once import stored
from tests.limits.processes import run_at_once

pytestmark = pytest.mark.django_db

AT_ONCE = """
from articles.models import Diagnostic
from articles.resolving import ResolvingRefused, resolve
from cachexia_portal.accounts.models import Member

try:
    resolve(
        Diagnostic.objects.get(pk={finding}), "accepted", "A note", by=Member.objects.get(pk={member})
    )
    print("done")
except ResolvingRefused as refused:
    print("refused", refused)
"""


@pytest.fixture
def finding():
    return found()


def found(severity="blocking", position=901, line=7, message="The list after the colon is missing."):
    document = imported(f"A text with one finding, {position}.\n", name=f"{position}.md")
    return Diagnostic.objects.create(
        document=document, position=position, code="LIST_LOST", severity=severity, line=line, message=message
    )


def test_a_resolution_has_a_person_a_time_and_a_reason(finding, editor, clock):
    resolve(finding, "left_out", "  We do not use this part. ", by=editor)
    finding.refresh_from_db()
    assert (finding.resolution, finding.note) == ("left_out", "We do not use this part.")
    assert (finding.resolved_by, finding.resolved_at.isoformat()) == (editor, "2026-11-21T09:00:00+00:00")
    assert finding not in Diagnostic.objects.blocking()


def test_the_event_holds_codes_and_no_words(finding, editor):
    resolve(finding, "accepted", "Read and fine.", by=editor)
    event = events.history_of(finding).get()
    assert (event.verb, event.to_state, event.actor) == ("resolve", "accepted", editor)
    assert EventNote.objects.get(event=event).text == "Read and fine."


@pytest.mark.parametrize("note", ["", " \n\t "])
def test_a_blocking_finding_needs_a_note(finding, editor, note):
    with pytest.raises(ResolvingRefused, match="in a few words"):
        resolve(finding, "accepted", note, by=editor)
    finding.refresh_from_db()
    assert finding.is_blocking
    assert not events.history_of(finding).exists()


@pytest.mark.parametrize("severity", ["warning", "note"])
def test_other_findings_need_none(editor, severity):
    finding = found(severity)
    resolve(finding, "accepted", "", by=editor)
    assert finding.is_resolved


@pytest.mark.parametrize("resolution", ["", "forgotten", "PUT_RIGHT"])
def test_only_the_known_ways_count(finding, editor, resolution):
    with pytest.raises(ResolvingRefused, match="Choose how"):
        resolve(finding, resolution, "A note", by=editor)
    assert not finding.is_resolved


@pytest.mark.parametrize("who", ["caregiver", "medical_reviewer", "moderator", "administrator"])
def test_only_editors_resolve_and_reopen(request, finding, editor, who):
    other = request.getfixturevalue(who)
    with pytest.raises(ResolvingRefused, match="Your role"):
        resolve(finding, "accepted", "A note", by=other)
    resolve(finding, "accepted", "A note", by=editor)
    with pytest.raises(ResolvingRefused, match="Your role"):
        reopen(finding, by=other, seen=finding.resolved_at)
    assert finding.is_resolved


def test_the_second_person_is_told_who_was_first(finding, editor, other_editor):
    same = Diagnostic.objects.get(pk=finding.pk)
    resolve(finding, "left_out", "Not used", by=editor)
    with pytest.raises(ResolvingRefused, match=r"Edda Page resolved this first .* not carried out"):
        resolve(same, "accepted", "Fine", by=other_editor)
    assert (same.resolution, same.note) == ("left_out", "Not used")
    assert events.history_of(finding).count() == 1


def test_what_was_resolved_may_be_opened_again(finding, editor, other_editor):
    resolve(finding, "accepted", "Fine", by=editor)
    reopen(finding, by=other_editor, seen=finding.resolved_at)
    assert finding in Diagnostic.objects.blocking()
    assert (finding.note, finding.resolved_by) == ("", None)
    kept = [note.text for event in events.history_of(finding) for note in event.notes.all()]
    assert kept == ["Fine"]
    resolve(finding, "left_out", "Better so", by=other_editor)
    assert finding.resolved_by == other_editor


def test_only_the_resolution_that_was_seen_is_taken_back(finding, editor, other_editor, clock):
    resolve(finding, "accepted", "Fine", by=editor)
    seen = finding.resolved_at
    reopen(finding, by=editor, seen=seen)
    with pytest.raises(ResolvingRefused, match="Edda Page opened this again first"):
        reopen(finding, by=other_editor, seen=seen)
    clock.shift(timedelta(minutes=1))
    resolve(finding, "left_out", "Not used", by=editor)
    with pytest.raises(ResolvingRefused, match="Edda Page resolved this first"):
        reopen(finding, by=other_editor, seen=seen)
    assert finding.resolution == "left_out"


def test_what_nobody_resolved_cannot_be_opened_again(finding, editor):
    with pytest.raises(ResolvingRefused, match="Nobody has resolved this"):
        reopen(finding, by=editor, seen=None)


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_have_one_outcome(editor, tmp_path):
    finding = found()
    outcomes = sorted(run_at_once(AT_ONCE.format(finding=finding.pk, member=editor.pk), tmp_path))
    assert outcomes[0] == "done\n"
    assert outcomes[1].startswith("refused Edda Page resolved this first")
    [(resolution,)] = stored(f"SELECT resolution FROM articles_diagnostic WHERE id = {finding.pk}", tmp_path)
    assert resolution == "accepted"
    assert stored("SELECT count(*) FROM events_event WHERE verb = 'resolve'", tmp_path) == [(1,)]
