"""The kept outlines of the fixture documents: one line for each block and each finding."""

from __future__ import annotations

import json
from pathlib import Path

from articles.importing.outline import outline_of
from articles.management.commands.outline import as_json

FOLDER = Path(__file__).parents[2] / "documents"
FIXTURES = sorted(path for path in FOLDER.iterdir() if path.suffix in {".txt", ".md"})
LISTED = ("blocks", "diagnostics")


def golden_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.outline.json")


def outlined(path: Path) -> dict:
    return as_json(outline_of(path.name, path.read_bytes()))


def _written(outline: dict) -> str:
    parts = [f" {json.dumps(key)}: {_plain(value)}" for key, value in outline.items() if key not in LISTED]
    for key in LISTED:
        rows = ",\n".join(f"  {_plain(row)}" for row in outline[key])
        parts.append(f' "{key}": [\n{rows}\n ]' if rows else f' "{key}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _plain(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def write() -> None:
    """Keep the outlines as they are now."""
    for path in FIXTURES:
        golden_of(path).write_text(_written(outlined(path)))
