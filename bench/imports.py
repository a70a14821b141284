#!/usr/bin/env python
"""What importing costs: a thousand documents, each with blocks, findings and fingerprint; and long texts.

    .venv/bin/python bench/imports.py [--documents 1000] [--database postgres://…]

Makes and leaves nothing: without --database it works in a SQLite file of its own; a named database has to be
an empty one. Prints milliseconds of processor time for each document, how much the memory grew between the first
tenth and the end, and the seconds that one megabyte takes. Exit 1 if a budget is broken.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT_MS, MEGABYTE_SECONDS, GROWTH_MB = 50, 2.0, 8
MEGABYTE = 1_000_000
PARAGRAPH = "Care at home takes many small steps, and step {n} is one of them. Nobody has to take all of them at once. "
LONG_TEXTS = {
    "prose": (PARAGRAPH * 4 + "\n\n", "one paragraph after the other"),
    "one line": ("step ", "no line break at all"),
    "brackets": ("[", "a row of opening brackets"),
    "pictures": ("![", "a row of opened pictures"),
    "hashes": ("#", "a row of hashes"),
    "blank lines": ("\n", "nothing but line breaks"),
}


def main() -> None:
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="portal-imports-"))
    try:
        _set_up(folder, options.database)
        per_document, growth = _import_documents(options.documents)
        print(f"documents         {options.documents}")
        print(f"per document      {per_document:6.1f} ms   (budget {DOCUMENT_MS})")
        print(f"memory grew by    {growth:6.1f} MB   (budget {GROWTH_MB})")
        slowest = max(_recognise(name, *text) for name, text in LONG_TEXTS.items())
    finally:
        shutil.rmtree(folder)
    sys.exit(per_document > DOCUMENT_MS or growth > GROWTH_MB or slowest > MEGABYTE_SECONDS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--database", help="an empty database; without it, a SQLite file that is deleted")
    return parser.parse_args()


def _set_up(folder: Path, database: str | None) -> None:
    os.environ.update(
        SECRET_KEY="bench-" + "x" * 50,
        SITE_URL="http://localhost:8000",
        DATA_DIR=str(folder),
        DATABASE_URL=database or f"sqlite:///{folder}/bench.sqlite3",
        DJANGO_SETTINGS_MODULE="cachexia_portal.settings",
    )
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _import_documents(count: int) -> tuple[float, float]:
    """Milliseconds for each document, and megabytes that the memory grew by after the first tenth."""
    from articles.importing.storing import import_content

    begun, early = time.process_time(), 0.0
    for number in range(count):
        result = import_content(f"document-{number}.md", _document(number))
        assert result.status == "created", result
        if number == count // 10:
            early = _memory_mb()
    return (time.process_time() - begun) * 1000 / count, _memory_mb() - early


def _document(number: int) -> bytes:
    """About ten kilobytes, as a long page of the web has, and every kind of irregularity several times over."""
    front = f"---\ntitle: Steps {number} - House\nsource: House\nlicense: public_domain\nlastReviewed: 2024-01-02\n---\n"
    parts = [front, f"# Steps {number}\n"]
    for section in range(4):
        prose = PARAGRAPH.format(n=number * 100 + section)
        parts.append(f"##\n\nPart {section} of {number}\n")
        parts.extend(
            f"{prose * 3}See [a page](/pages/{section}), currently open.\n" for _paragraph in range(5)
        )
        parts.append(
            f"What to take, for {number}:\n\n- Water. A full glass.\n- Bread. One slice, cut small.\n"
        )
        parts.append("![A step](/step.jpg?v=1)\n\nThe first step.\n\nCredit: Somebody Else\n")
    parts.append("## References\n\n1. Step A. Steps at home. J Steps. 2011;4(2):17-23.\n")
    return "\n".join(parts).encode()


def _recognise(name: str, piece: str, what: str) -> float:
    from articles.importing.outline import outline_of

    text = ("a" + piece * (MEGABYTE // len(piece)) + "\nz").encode()
    begun = time.process_time()
    outline_of("long.md", text)
    seconds = time.process_time() - begun
    print(f"1 MB, {name:<12} {seconds:5.2f} s    (budget {MEGABYTE_SECONDS}) {what}")
    return seconds


def _memory_mb() -> float:
    """The most that this process has held at any time."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
