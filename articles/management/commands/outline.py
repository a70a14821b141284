"""Show what an import would make of files, and store nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.importing.block import Block
from articles.importing.outline import Outline, outline_of
from articles.importing.refusal import ImportRefused
from articles.importing.storing import REFUSED, read_bytes

CLAIMED = {
    "reviewer": "claimed_reviewer",
    "credentials": "claimed_credentials",
    "reviewed_on": "claimed_reviewed_on",
    "modified_on": "claimed_modified_on",
}


class Command(BaseCommand):
    help = "Show the blocks and diagnostics of source documents. Stores nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, paths: list[str], format: str, **options: Any) -> None:
        shown = [_shown(path) for path in paths]
        if format == "json":
            self.stdout.write(json.dumps(shown, ensure_ascii=True, indent=2))
        else:
            for row in shown:
                self.stdout.write("\n".join(_text(row)))
        if any(row.get("status") == REFUSED for row in shown):
            sys.exit(1)


def _shown(path: str) -> dict[str, Any]:
    try:
        outline = outline_of(Path(path).name, read_bytes(Path(path)))
    except ImportRefused as refused:
        return {"file": path, "status": REFUSED, "reason": refused.reason, "line": refused.line}
    return {"file": path, **as_json(outline)}


def as_json(outline: Outline) -> dict[str, Any]:
    """The outline in the form that other programs read: words, numbers, lists, null."""
    columns = outline.columns
    return {
        "sha256": outline.sha256,
        "title": outline.title,
        "language": columns["language"],
        "rights": outline.rights.value,
        "front_matter": outline.front_matter.values,
        "claimed": {name: _plain(columns[column]) for name, column in CLAIMED.items()},
        "blocks": [_block(block) for block in outline.blocks],
        "diagnostics": [
            {
                "code": found.code.value,
                "severity": found.severity.value,
                "line": found.line,
                "message": found.message,
            }
            for found in outline.diagnostics
        ],
    }


def _plain(value: Any) -> str | None:
    return str(value) if value else None


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
        "lines": [block.first_line, block.last_line],
        "stripped": block.stripped,
        "rights": block.rights.value if block.rights else None,
    }


def _text(row: dict[str, Any]) -> list[str]:
    if row.get("status") == REFUSED:
        place = f", line {row['line']}" if row["line"] else ""
        return [f"refused      {row['file']}{place}: {row['reason']}"]
    said = [f"{name}: {value}" for name, value in row["claimed"].items() if value]
    return [
        f"{row['file']}: {row['title']}",
        f"  rights: {row['rights']}" + "".join(f", {words}" for words in said),
        *(f"  {_lines(block)}  {_kind(block):<16} {_first_words(block)}" for block in row["blocks"]),
        *(
            f"  {found['line']:>5}  {found['severity']:<8} {found['code']}: {found['message']}"
            for found in row["diagnostics"]
        ),
    ]


def _lines(block: dict[str, Any]) -> str:
    first, last = block["lines"]
    return f"{first}–{last}".rjust(9) if last > first else str(first).rjust(9)


def _kind(block: dict[str, Any]) -> str:
    level = f" {block['level']}" if block["level"] else ""
    return f"{block['kind']}{level}"


def _first_words(block: dict[str, Any]) -> str:
    words = " ".join(block["text"][:200].split())[:72]
    return f"[left out: {block['stripped']}] {words}" if block["stripped"] else words
