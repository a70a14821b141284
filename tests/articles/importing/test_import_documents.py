"""The command, from files to stored documents."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from articles.models import Approval, Article, Fingerprint, Revision, Rights, SourceBlock, SourceDocument
from cachexia_portal import events
from tests.articles.importing.goldens import FIXTURES
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db
DOCUMENTS = Path(__file__).parents[2] / "documents"
KEYS = ["file", "status", "title", "document", "reason", "line"]


def run(*paths, **options) -> tuple[list[dict], int]:
    out, code = io.StringIO(), 0
    try:
        call_command("import_documents", *map(str, paths), format="json", stdout=out, **options)
    except SystemExit as stopped:
        code = stopped.code
    return json.loads(out.getvalue()), code


def test_files_are_created_then_unchanged():
    paths = FIXTURES
    first, code = run(*paths)
    assert code == 0
    assert [list(row) for row in first] == [KEYS] * len(paths)
    assert {row["status"] for row in first} == {"created"}
    again, code = run(*paths)
    assert code == 0
    assert {row["status"] for row in again} == {"unchanged"}
    assert [row["document"] for row in again] == [row["document"] for row in first]
    assert SourceDocument.objects.count() == len(paths)


def test_all_fourteen_keys_are_mapped_and_the_unknown_one_is_kept():
    run(DOCUMENTS / "marsh.md")
    document = SourceDocument.objects.get()
    assert document.audience_level == "family"
    assert document.cancer_types == ["marsh", "meadow"]
    assert document.citation == "Reed Bureau, 2024"
    assert document.language == "en"
    assert document.claimed_reviewed_on == date(2024, 2, 29)
    assert (document.rights, document.rights_statement) == (Rights.PUBLIC_DOMAIN, "public_domain")
    assert document.claimed_review_frequency == "yearly"
    assert document.publisher_name == "Reed Bureau"
    assert document.source_type == "07_reed_core"
    assert document.source_status == "active"
    assert document.tags == ["broth"]
    assert document.title == "Broth on hard evenings: a cup at a time"
    assert document.front_matter["title"] == "Broth on hard evenings - Reed Bureau"
    assert document.url == "https://reed.example.org/evenings/broth"
    assert document.source_version == "v3"
    assert document.front_matter["shelfMark"] == "R 12"
    assert bytes(document.content) == (DOCUMENTS / "marsh.md").read_bytes()


def test_an_active_status_publishes_nothing(visitor):
    run(DOCUMENTS / "marsh.md")
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
    assert b"Broth on hard evenings" not in visitor.get("/articles/").content


def test_a_broken_file_is_refused_with_its_line_while_the_others_go_on(tmp_path):
    broken = tmp_path / "broken.md"
    broken.write_text("---\ntitle: A\ntags: &x [a]\n---\nWords.\n")
    rows, code = run(
        DOCUMENTS / "kettle.txt", broken, tmp_path, tmp_path / "absent.md", DOCUMENTS / "silent.txt"
    )
    assert code == 1
    assert [row["status"] for row in rows] == ["created", "refused", "refused", "refused", "created"]
    assert rows[1] == {
        "file": str(broken),
        "status": "refused",
        "title": None,
        "document": None,
        "reason": "Anchors and aliases (“&”, “*”) are not allowed in front matter.",
        "line": 3,
    }
    assert "folder" in rows[2]["reason"]
    assert "no such file" in rows[3]["reason"]
    assert SourceDocument.objects.count() == 2


def test_changed_bytes_under_the_same_name_are_a_new_version(tmp_path):
    path = tmp_path / "lamp.md"
    path.write_text("# Lamp\n\nOne lamp.\n")
    first, _ = run(path)
    path.write_text("# Lamp\n\nTwo lamps.\n")
    second, _ = run(path)
    assert (first[0]["status"], second[0]["status"]) == ("created", "new_version")
    assert list(SourceDocument.objects.order_by("version").values_list("name", "version")) == [
        ("lamp.md", 1),
        ("lamp.md", 2),
    ]
    old = SourceDocument.objects.get(version=1)
    assert [block.text for block in old.blocks.filter(kind="paragraph")] == ["One lamp."]


def test_a_dry_run_says_it_and_stores_nothing():
    rows, _ = run(DOCUMENTS / "marsh.md", dry_run=True)
    assert rows[0]["status"] == "created"
    assert rows[0]["document"] is None
    assert not SourceDocument.objects.exists()


def test_the_text_form_names_the_line(tmp_path, capsys):
    broken = tmp_path / "broken.md"
    broken.write_text("one\ntwo\x00")
    with pytest.raises(SystemExit):
        call_command("import_documents", str(broken))
    assert f"{broken}, line 2: " in capsys.readouterr().out


def test_a_whole_file_is_stored_or_nothing_of_it(monkeypatch):
    def break_off(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(SourceBlock.objects, "bulk_create", break_off)
    with pytest.raises(KeyboardInterrupt):
        run(DOCUMENTS / "marsh.md")
    assert not SourceDocument.objects.exists()


def test_hostile_texts_are_taken_as_text_or_refused_with_a_reason(tmp_path):
    paths = []
    for number, typed in enumerate(HOSTILE.values()):
        paths.append(tmp_path / f"{number}.md")
        paths[-1].write_bytes(f"# {typed}\n\nWords.\n".encode(errors="replace"))
    rows, _ = run(*paths)
    assert {row["status"] for row in rows} == {"created", "refused"}
    assert all(row["line"] for row in rows if row["status"] == "refused")
    assert SourceDocument.objects.get(name="0.md").title == "<script>alert('hostile')</script>"


def test_importing_leaves_an_event():
    run(DOCUMENTS / "marsh.md")
    document = SourceDocument.objects.get()
    assert events.history_of(document).get().digest == document.sha256


def test_the_stored_document_is_changed_by_nobody():
    run(DOCUMENTS / "marsh.md")
    document = SourceDocument.objects.get()
    document.title = "Another"
    with pytest.raises(TypeError, match="never changed"):
        document.save()
    for columns in ({"content": b"other"}, {"sha256": "0" * 64}, {"rights": Rights.OWN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SourceDocument.objects.update(**columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceDocument.objects.all()._raw_delete("default")


def test_lines_of_a_block_stand_in_order():
    run(DOCUMENTS / "marsh.md")
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceBlock.objects.update(first_line=9, last_line=8)


def test_findings_and_fingerprint_are_stored_with_the_document():
    run(DOCUMENTS / "lantern.txt")
    document = SourceDocument.objects.get()
    assert [found.line for found in document.diagnostics.blocking()] == [5, 17]
    assert [found.position for found in document.diagnostics.all()] == list(range(1, 9))
    assert Fingerprint.objects.filter(document=document).exists()


def test_a_claimed_review_starts_no_clock_of_ours():
    run(DOCUMENTS / "mill.md")
    document = SourceDocument.objects.get()
    assert document.claimed_reviewed_on == date(2024, 6, 30)
    assert document.claimed_review_frequency == "every 6 months"
    assert not Approval.objects.exists()
    assert not Article.objects.exists()
    assert {event.verb for event in events.history_of(document)} == {"import"}
