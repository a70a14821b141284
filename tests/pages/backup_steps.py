"""A site to back up, an empty one to restore it into, and what a visitor reads there."""

from __future__ import annotations

import gzip
import io
import shutil
import tarfile
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cachexia_portal.events.append_only import lifted
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import snapshot, tables
from cachexia_portal.pages.backups.rows import Digest
from cachexia_portal.search import vocabulary


def restore(file: Path, *, without_erasures: bool = False) -> list[str]:
    """Restore, and what the command said."""
    said: list[str] = []
    backups.restore(file, without_erasures=without_erasures, say=said.append)
    ContentType.objects.clear_cache()
    vocabulary.forget()
    return said


def lose_the_site() -> None:
    """The database as `migrate` makes it, and no files. The log of erasures is somewhere else."""
    with lifted(connection):
        call_command("flush", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    for folder in (settings.MEDIA_ROOT, settings.HELP_PAGES_DIR):
        shutil.rmtree(folder, ignore_errors=True)


def digests() -> dict[str, str]:
    """Of every table that a backup holds."""
    found = {}
    for model in tables.models():
        digest = Digest()
        for line in snapshot.lines(model):
            digest.add(line)
        found[model._meta.db_table] = f"{digest.rows} {digest.hex}"
    return found


def without(found: dict[str, str], *left_out: str) -> dict[str, str]:
    return {table: digest for table, digest in found.items() if table not in left_out}


def pieces_of(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def written(pieces: dict[str, bytes], file: Path) -> Path:
    """An archive with these pieces, however little they fit."""
    with gzip.open(file, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for name, content in pieces.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return file


def everything_a_visitor_reads(words: list[str]) -> str:
    """Every address of every public page, a search for each of the words, and where each post would stand."""
    from tests.crawl.crawling import addresses_of, addresses_of_public_pages
    from tests.crawl.routes import all_routes

    visitor, routes = Client(), all_routes()
    beside = ("community:answer_question", "community:reply", "community:report")
    addresses = addresses_of_public_pages() | {path for name in beside for path in addresses_of(routes[name])}
    addresses |= {f"/search/?q={word}" for word in words} | {"/robots.txt"}
    return "\n".join(_main(visitor, path) for path in sorted(addresses))


def _main(visitor: Client, path: str) -> str:
    """Without the words that the page repeats because the visitor typed them."""
    answer = visitor.get(path)
    text = answer.content.decode()
    _, _, typed = path.partition("?q=")
    return text.replace(typed, "") if typed else text
