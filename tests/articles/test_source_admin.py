"""The review screen of a document: its lines, its blocks, and what is left to resolve."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Diagnostic, Revision
from articles.resolving import resolve
from tests.articles.conftest import imported
from tests.articles.test_admin import change_url
from tests.articles.test_resolving import found
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db


def act_url(finding, act="resolve") -> str:
    return reverse(f"admin:articles_sourcedocument_{act}", args=[finding.document_id, finding.pk])


def page_of(client, row, query="") -> str:
    return unescape(client.get(change_url(row) + query).content.decode())


def long_document(paragraphs: int):
    text = "".join(f"This is paragraph {n} of a long text.\n\n" for n in range(1, paragraphs + 1))
    document = imported(text, name=f"{paragraphs}.md")
    document.diagnostics.all().delete()
    return document


def test_lines_stand_beside_what_became_of_them(editor, client_of):
    document = imported("# Soup\n\n***\n\nSoup is warm.\n")
    page = page_of(client_of(editor), document)
    assert re.search(r'id="line-10">10</div><div><del><bdi>\*\*\*</bdi></del>', page)
    assert "Left out because:" in page
    assert re.search(r'id="line-12">12</div><div><bdi>Soup is warm\.', page)


def test_a_finding_is_marked_at_its_line_and_listed(editor, client_of):
    finding = found(line=8)
    page = page_of(client_of(editor), finding.document)
    assert f'[<a href="#finding-{finding.pk}">A list is missing after a colon</a>]' in page
    assert f'id="finding-{finding.pk}"' in page
    assert page.count("The list after the colon is missing.") == 1
    assert "?line=8&findings=1#line-8" in page
    assert "1 finding has to be resolved before a guide made of this can be published." in page


def test_an_editor_resolves_a_finding_and_opens_it_again(editor, client_of, clock):
    finding, edits = found(), client_of(editor)
    answer = edits.post(act_url(finding), {"resolution": "left_out", "note": "Not used"}, follow=True)
    page = unescape(answer.content.decode())
    assert answer.redirect_chain[-1][0].endswith(f"#finding-{finding.pk}")
    assert "Left out of our text." in page
    assert "Edda Page" in page
    assert "Not used" in page
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    edits.post(act_url(finding, "reopen"), {"seen": seen})
    finding.refresh_from_db()
    assert finding.is_blocking


def test_what_was_typed_stays_when_something_is_missing(editor, client_of):
    finding = found()
    answer = client_of(editor).post(act_url(finding), {"resolution": "", "note": "Half a thought"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'value="Half a thought"' in page
    assert "Choose how it was resolved." in page
    assert f'id="finding-{finding.pk}-note_error"' not in page
    assert not finding.is_resolved


def test_a_blocking_finding_asks_for_a_note_at_the_field(editor, client_of):
    finding = found()
    page = unescape(client_of(editor).post(act_url(finding), {"resolution": "accepted"}).content.decode())
    assert f'id="finding-{finding.pk}-note_error"' in page
    assert "Say in a few words what you did" in page


def test_the_second_editor_hears_who_was_first_and_keeps_the_note(editor, other_editor, client_of):
    finding = found()
    resolve(finding, "left_out", "Not used", by=editor)
    answer = client_of(other_editor).post(act_url(finding), {"resolution": "accepted", "note": "My words"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Edda Page resolved this first" in page
    assert ">My words</textarea>" in page
    assert "Not used" in page


@pytest.mark.parametrize("seen", ["", "yesterday", "0001-01-01T00:00:00+14:00", "2026-11-21T09:00:00"])
def test_a_stale_or_invented_moment_opens_nothing_again(editor, client_of, seen):
    finding = found()
    resolve(finding, "accepted", "Fine", by=editor)
    answer = client_of(editor).post(act_url(finding, "reopen"), {"seen": seen})
    assert answer.status_code == 409
    finding.refresh_from_db()
    assert finding.is_resolved


def test_a_reviewer_reads_and_resolves_nothing(medical_reviewer, client_of):
    finding, reads = found(), client_of(medical_reviewer)
    page = page_of(reads, finding.document)
    assert "The list after the colon is missing." in page
    assert "Resolve it" not in page
    assert "Write our own from it" not in page
    assert reads.post(act_url(finding), {"resolution": "accepted", "note": "x"}).status_code == 403
    finding.refresh_from_db()
    assert not finding.is_resolved


@pytest.mark.parametrize("who", ["caregiver", "moderator", "verifier", "administrator"])
def test_others_reach_neither_page_nor_act(request, who, client_of):
    finding, client = found(), client_of(request.getfixturevalue(who))
    assert "The list" not in client.get(change_url(finding.document)).content.decode()
    for act in ("resolve", "reopen"):
        assert client.post(act_url(finding, act), {"resolution": "accepted", "note": "x"}).status_code in {
            302,
            403,
        }
    finding.refresh_from_db()
    assert not finding.is_resolved


def test_a_finding_is_reached_only_through_its_own_document(editor, client_of):
    finding, other = found(), imported("Another.\n", name="other.md")
    for act in ("resolve", "reopen"):
        url = reverse(f"admin:articles_sourcedocument_{act}", args=[other.pk, finding.pk])
        assert client_of(editor).post(url, {"resolution": "accepted", "note": "x"}).status_code == 404
        assert client_of(editor).get(act_url(finding, act)).status_code == 405


def test_nothing_is_changed_by_posting_to_the_page(editor, client_of):
    document = imported("Words.\n")
    assert client_of(editor).post(change_url(document), {"title": "Other"}).status_code == 403


def test_a_long_document_is_shown_in_parts(editor, client_of):
    document, edits = long_document(250), client_of(editor)
    first = page_of(edits, document)
    assert "This is paragraph 99 of" in first
    assert "This is paragraph 100 of" not in first
    assert "Lines after these" in first
    middle = page_of(edits, document, "?line=300")
    assert "This is paragraph 147 of" in middle
    assert "This is paragraph 99 of" not in middle
    assert "Lines before these" in middle
    assert "This is paragraph 250 of" in page_of(edits, document, "?line=999999999")


@pytest.mark.parametrize("line", ["0", "-1", "x", "9" * 40, "²"])
def test_an_odd_line_in_the_address_is_no_error(editor, client_of, line):
    document = imported("Words.\n")
    assert "Words." in page_of(client_of(editor), document, f"?line={line}&findings={line}")


def test_a_very_long_line_is_cut_and_its_length_told(editor, client_of):
    document = imported("word " * 40_000)
    answer = client_of(editor).get(change_url(document))
    assert "more characters)" in answer.content.decode()
    assert len(answer.content) < 60_000


def test_many_findings_are_shown_in_pages(editor, client_of):
    document, edits = imported("Words.\n"), client_of(editor)
    for position in range(1, 51):
        Diagnostic.objects.create(
            document=document, position=900 + position, code="LINK_RELATIVE", severity="note",
            line=7, message=f"Link number {position} has no site.",
        )  # fmt: skip
    stops = Diagnostic.objects.create(
        document=document,
        position=999,
        code="LIST_LOST",
        severity="blocking",
        line=7,
        message="A list is lost.",
    )
    first = page_of(edits, document)
    assert f'id="finding-{stops.pk}"' in first, "what stops publication comes first"
    assert "Page 1 of 2" in first
    last = document.diagnostics.get(message="Link number 50 has no site.")
    answer = edits.post(act_url(last), {"resolution": "accepted"}, follow=True)
    assert f'id="finding-{last.pk}"' in answer.content.decode()


def test_the_page_costs_the_same_for_one_block_and_for_many(editor, client_of):
    edits, counts = client_of(editor), []
    for document in (long_document(1), long_document(220)):
        for position in range(1, document.blocks.count() + 1):
            Diagnostic.objects.create(
                document=document, position=position, code="LINK_RELATIVE", severity="note",
                line=9, message="No site.",
            )  # fmt: skip
        document.diagnostics.exclude(position=1).update(
            resolution="accepted", resolved_by=editor, resolved_at=timezone.now()
        )
        with CaptureQueriesContext(connection) as seen:
            edits.get(change_url(document))
        ours = [query for query in seen.captured_queries if '"articles_' in query["sql"]]
        counts.append((len(ours), len(seen)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12


def test_hostile_texts_are_escaped_on_every_part_of_the_page(editor, client_of):
    edits, document = client_of(editor), imported("Words.\n")
    for position, typed in enumerate(STORABLE.values(), 900):
        finding = Diagnostic.objects.create(
            document=document,
            position=position,
            code="LIST_LOST",
            severity="warning",
            line=7,
            message=typed[:500],
        )
        answer = edits.post(act_url(finding), {"resolution": "accepted", "note": typed}, follow=True)
        assert answer.status_code in {200, 422}
        assert not live_markup_in(answer.content.decode())


def test_a_document_is_the_beginning_of_a_guide_in_two_ways(editor, client_of):
    document, edits = imported("# Soup\n\nSoup is warm.\n"), client_of(editor)
    draft = reverse("admin:articles_sourcedocument_draft", args=[document.pk])
    edits.post(draft, {"way": "republish"})
    edits.post(draft, {"way": "adapt"})
    edits.post(draft, {"way": "adapt"})
    assert sorted(Article.objects.values_list("kind", flat=True)) == ["adapted", "republished"]
    page = page_of(edits, document)
    for revision in Revision.objects.all():
        assert change_url(revision) in page


def test_a_reserved_document_may_still_be_leaned_on(editor, client_of):
    document = imported("Their words.\n", licence="reserved")
    page = page_of(client_of(editor), document)
    assert "No draft can be made of it." in page
    assert "Write our own from it" in page
