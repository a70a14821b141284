"""`manage.py outline`: what an import would make, on standard output, and nothing stored."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import SourceDocument

DOCUMENTS = Path(__file__).parents[2] / "documents"


def run(*paths, form="json") -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("outline", *map(str, paths), format=form, stdout=out)
    except SystemExit as stopped:
        return out.getvalue(), stopped.code
    return out.getvalue(), 0


@pytest.mark.django_db
def test_the_outline_has_the_agreed_form_and_nothing_is_stored(queries):
    path = DOCUMENTS / "lantern.txt"
    with queries(0):
        written, code = run(path)
    (row,) = json.loads(written)
    assert code == 0
    assert list(row) == [
        "file", "sha256", "title", "language", "rights", "front_matter", "claimed", "blocks", "diagnostics",
    ]  # fmt: skip
    assert row["file"] == str(path)
    assert row["claimed"] == {
        "reviewer": "Ada Fern", "credentials": "RN, MPH", "reviewed_on": "2022-03-03", "modified_on": None,
    }  # fmt: skip
    assert list(row["blocks"][0]) == ["kind", "level", "text", "lines", "stripped", "rights"]
    assert list(row["diagnostics"][0]) == ["code", "severity", "line", "message"]
    assert not SourceDocument.objects.exists()


def test_a_refused_file_stands_in_the_list_with_its_line(tmp_path):
    broken = tmp_path / "broken.md"
    broken.write_text("---\ntitle: A\nreviewFrequency: sometimes\n---\nWords.\n")
    written, code = run(broken, DOCUMENTS / "silent.txt", tmp_path / "absent.txt")
    first, second, third = json.loads(written)
    assert code == 1
    assert list(first) == ["file", "status", "reason", "line"]
    assert (first["status"], first["line"]) == ("refused", 3)
    assert "quarterly" in first["reason"]
    assert second["title"] == "Lamps in the hall"
    assert third["status"] == "refused"


def test_the_text_form_can_be_read_from_top_to_bottom(tmp_path):
    written, code = run(DOCUMENTS / "mill.md", tmp_path, form="text")
    assert code == 1
    lines = written.splitlines()
    assert lines[0].endswith("mill.md: Walking with the Miller: Ten Minutes Are Enough")
    assert any(line.split()[:3] == ["35–37", "heading", "2"] for line in lines)
    assert any("blocking HEADING_EMPTY" in line for line in lines)
    assert lines[-1].startswith("refused")
