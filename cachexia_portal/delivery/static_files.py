"""Static files: hashed names, compressed once, and each style sheet one request.

`main.css` names its parts with `@import`. `collectstatic` puts the parts into
it, each inside its layer, so that the sources stay apart and browsers ask once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(
    r"""^\s*@import\s+(?:url\()?\s*["']?(?P<url>[^"')\s]+)["']?(?:\s*\))?"""
    r"""(?:\s+layer\((?P<layer>[\w.-]+)\))?\s*(?P<media>[^;]*);""",
    re.MULTILINE,
)
LINK = re.compile(r"""url\(\s*(["']?)(?!["']?(?:[a-z]+:|/|\#))([^"')]+)\1\s*\)""", re.IGNORECASE)
ELSEWHERE = re.compile(r"[a-z]+:|/", re.IGNORECASE)

Paths = dict[str, tuple[Any, str]]


class JoinedManifestStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with `@import`s put in place before names are hashed.

    The copies without a hash are joined as well, for pages that are finished files.
    """

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = {**paths, **dict(self._joined_sheets(paths))}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _joined_sheets(self, paths: Paths) -> Iterator[tuple[str, tuple[Any, str]]]:
        joined = {name: join_sheet(name, paths) for name in paths if _has_parts(name, paths)}
        for name, text in joined.items():
            self.delete(name)
            self._save(name, ContentFile(text.encode()))
            yield name, (self, name)


def join_sheet(name: str, paths: Paths) -> str:
    """The text of a style sheet with its imports of this site put in place."""

    def put_in_place(found: re.Match[str]) -> str:
        if ELSEWHERE.match(found["url"]):
            return found[0]
        part = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["url"]))
        text = _with_links_from(posixpath.dirname(name), part, join_sheet(part, paths))
        return "\n" + _wrapped(text.strip(), found["layer"], found["media"].strip())

    return IMPORT.sub(put_in_place, _read(name, paths))


def _wrapped(text: str, layer: str | None, media: str) -> str:
    if layer:
        text = f"@layer {layer} {{\n{text}\n}}"
    return f"@media {media} {{\n{text}\n}}" if media else text


def _with_links_from(folder: str, part: str, text: str) -> str:
    """Links inside a part are relative to it; in the joined sheet, to the sheet."""

    def moved(found: re.Match[str]) -> str:
        target = posixpath.join(posixpath.dirname(part), found[2])
        return f'url("{posixpath.relpath(target, folder or ".")}")'

    return LINK.sub(moved, text)


def _has_parts(name: str, paths: Paths) -> bool:
    return name.endswith(".css") and IMPORT.search(_read(name, paths)) is not None


def _read(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as sheet:
        return sheet.read().decode("utf-8")
