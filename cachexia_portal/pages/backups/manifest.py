"""What a backup says of itself: of which moment, by which code, and what it holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from .refusal import Damaged, Refused

FORMAT = 1
Migrations = dict[str, list[str]]


@dataclass
class Manifest:
    """The moment is before that of the snapshot, never after it."""

    moment: datetime
    migrations: Migrations
    mode: str = field(default_factory=lambda: settings.SITE_MODE)
    key: str = field(default_factory=lambda: digest_of_the_key())
    format: int = FORMAT
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"moment": self.moment.isoformat(timespec="microseconds")}

    @classmethod
    def from_json(cls, row: Any) -> Manifest:
        """Raises `Refused` for a format of another day."""
        if not isinstance(row, dict):
            raise Damaged("its manifest cannot be read")
        if row.get("format") != FORMAT:
            raise Refused(
                f"This backup has the format {row.get('format')}, and this code reads format {FORMAT}. "
                "Restore it with the version of the site that made it, then upgrade."
            )
        try:
            read = cls(**{**row, "moment": datetime.fromisoformat(row["moment"])})
        except (TypeError, KeyError, ValueError) as wrong:
            raise Damaged("its manifest cannot be read") from wrong
        if not read._has_its_shape():
            raise Damaged("its manifest cannot be read")
        return read

    def _has_its_shape(self) -> bool:
        return (
            _is_of(self.migrations, list)
            and _is_of(self.tables, dict)
            and _is_of(self.left_out, str)
            and _is_of(self.files, dict)
            and all({"columns", "rows", "digest"} <= held.keys() for held in self.tables.values())
            and all({"bytes", "sha256"} <= held.keys() for held in self.files.values())
        )

    def check_mode(self) -> None:
        if self.mode != settings.SITE_MODE:
            raise Refused(
                f"This backup is of a {self.mode} site, and this is a {settings.SITE_MODE} site. "
                f"Set SITE_MODE={self.mode} and restore again."
            )

    def check_migrations(self, ours: Migrations) -> None:
        """Raises `Refused` unless the tables look as they did; `ours` is what this code brings."""
        missing, surplus = _beyond(self.migrations, ours), _beyond(ours, self.migrations)
        if missing:
            raise Refused(
                f"This backup was made by newer code: {missing} is not known here. "
                "Install the version of the site that made it, and restore again."
            )
        if surplus:
            raise Refused(
                f"This backup was made by older code: it does not know {surplus}. Install the version "
                "of the site that made it, restore there into an empty database, then upgrade."
            )


def digest_of_the_key() -> str:
    """Names that stay taken, blocked addresses and second factors hang on SECRET_KEY; this says whether it is the same."""
    return salted_hmac("pages.backups", "the same key", algorithm="sha256").hexdigest()


def applied_migrations() -> Migrations:
    """Of each app, what this database has been through."""
    return _by_app(MigrationRecorder(connection).applied_migrations())


def known_migrations() -> Migrations:
    """Of each app, what this code brings."""
    from django.db.migrations.loader import MigrationLoader

    return _by_app(MigrationLoader(None).disk_migrations)


def _is_of(named: Any, kind: type) -> bool:
    return isinstance(named, dict) and all(isinstance(each, kind) for each in named.values())


def _by_app(names: Any) -> Migrations:
    by_app: Migrations = {}
    for app, name in sorted(names):
        by_app.setdefault(app, []).append(name)
    return by_app


def _beyond(these: Migrations, those: Migrations) -> str:
    """What stands in the first and not in the second."""
    return ", ".join(
        f"{app}.{name}" for app, names in these.items() for name in names if name not in those.get(app, [])
    )
