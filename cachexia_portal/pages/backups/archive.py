"""The file itself: a compressed tar that is written and read in one go, piece by piece.

begun.json                          the moment, so that an old backup is known without reading it all
tables/<table>/<number>.jsonl       rows (`rows.py`), some of them in each piece
media/…  help-pages/…               files as they are
manifest.json                       what the backup holds, with a hash of each piece
manifest.sha256                     the hash of the manifest
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .manifest import Manifest
from .refusal import Damaged

BEGUN, MANIFEST, SEAL = "begun.json", "manifest.json", "manifest.sha256"
FOLDERS = ("tables", "media", "help-pages")
PIECE = 1024 * 1024
COMPRESSION = 6
LONGEST_MANIFEST = 64 * PIECE  # some hundred thousand files; more is not held in memory
UNREADABLE = (tarfile.TarError, EOFError, zlib.error, OSError)


class Writer:
    """Adds one piece after the other, and remembers the hash of each."""

    def __init__(self, file: IO[bytes]) -> None:
        self.files: dict[str, dict[str, Any]] = {}
        self._packed = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=COMPRESSION)
        self._tar = tarfile.open(fileobj=self._packed, mode="w|")  # noqa: SIM115 (closed by `seal`)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, error: type[BaseException] | None, *_rest: object) -> None:
        """What was not sealed is thrown away by whoever made the file; a full disk is said once."""
        with contextlib.suppress(*([OSError] if error else [])):
            self._tar.close()
            self._packed.close()

    def add(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        """A file as it is at this moment. Raises OSError, also when it becomes shorter meanwhile."""
        with path.open("rb") as file:
            self._add(name, file, file.seek(0, io.SEEK_END))

    def seal(self, manifest: Manifest) -> None:
        """The last that is added: without it nothing before counts."""
        manifest.files = dict(self.files)
        content = json.dumps(manifest.as_json(), ensure_ascii=False, indent=1, sort_keys=True).encode()
        self.add(MANIFEST, content)
        self.add(SEAL, hashlib.sha256(content).hexdigest().encode())

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        file.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashed(file)
        self._tar.addfile(entry, hashed)
        self.files[name] = {"bytes": size, "sha256": hashed.hex}


def pieces(file: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Each piece with its name, in order. Raises `Damaged` for what is no archive of ours."""
    file.seek(0)
    with _readable(), tarfile.open(fileobj=file, mode="r|gz") as tar:
        for entry in tar:
            content = tar.extractfile(entry) if entry.isreg() else None
            if content is None or not _is_ours(entry.name):
                raise Damaged(f"it holds {entry.name!r}, which no backup holds")
            yield entry.name, content


def checked(file: IO[bytes]) -> Manifest:
    """Read it to its end and compare every hash before anything is made of it. Raises `Refused`."""
    found: dict[str, dict[str, Any]] = {}
    last: dict[str, bytes] = {}
    for name, content in pieces(file):
        if name in found:
            raise Damaged(f"it holds {name!r} twice")
        hashed = _Hashed(content)
        with _readable():
            if name in (MANIFEST, SEAL):
                last[name] = hashed.read(LONGEST_MANIFEST)
            hashed.read_on()
        found[name] = {"bytes": hashed.size, "sha256": hashed.hex}
    return _sealed(last, found)


def _sealed(last: dict[str, bytes], found: dict[str, dict[str, Any]]) -> Manifest:
    if not last.get(MANIFEST) or found[MANIFEST]["sha256"].encode() != last.get(SEAL):
        raise Damaged("its manifest is missing or was changed")
    manifest = Manifest.from_json(_read_json(last[MANIFEST]))
    del found[MANIFEST], found[SEAL]
    wrong = [name for name in {**found, **manifest.files} if found.get(name) != manifest.files.get(name)]
    if wrong:
        raise Damaged(f"{min(wrong)} is missing or was changed")
    return manifest


def _read_json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise Damaged("its manifest cannot be read") from wrong


def begun(path: Path) -> dict[str, Any] | None:
    """What a backup says in its first piece; None for a file that is none."""
    try:
        with path.open("rb") as file:
            name, content = next(pieces(file), ("", io.BytesIO()))
            return json.load(content) if name == BEGUN else None
    except (Damaged, OSError, ValueError):
        return None


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as wrong:
        raise Damaged("it ends too early, or a part of it was changed") from wrong


def _is_ours(name: str) -> bool:
    """Whether it stays in its folder. Written in one way only: what follows a doubled bar would count from the root."""
    path = PurePosixPath(name)
    if name in (BEGUN, MANIFEST, SEAL):
        return True
    is_plain = str(path) == name and ".." not in path.parts
    return is_plain and len(path.parts) > 1 and path.parts[0] in FOLDERS


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self._hash.update(part)
        self.size += len(part)
        return part

    def read_on(self) -> None:
        """To the end, for the hash alone."""
        while self.read(PIECE):
            pass

    @property
    def hex(self) -> str:
        return self._hash.hexdigest()
