"""Archives that somebody sealed anew: every hash fits, and still nothing is written where it does not belong."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.core.management import CommandError, call_command

from cachexia_portal.accounts.models import Member
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups.rows import Digest
from tests.pages.backup_steps import lose_the_site, pieces_of, written

pytestmark = pytest.mark.django_db(transaction=True)
LAST = ("manifest.json", "manifest.sha256")


@pytest.fixture
def file(caregiver, tmp_path):
    """A backup of a site that was lost since."""
    made = tmp_path / "site.tar.gz"
    backups.back_up(made)
    lose_the_site()
    return made


def _refused(file) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(file))
    assert not Member.objects.exists()
    return str(refusal.value)


def _sealed(file, said, **more):
    pieces = {name: content for name, content in pieces_of(file).items() if name not in LAST} | more
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    return written({**pieces, "manifest.json": content, "manifest.sha256": seal}, file)


def _with_a_piece(file, name):
    said = json.loads(pieces_of(file)["manifest.json"])
    content = b"[]\n"
    said["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return _sealed(file, said, **{name: content})


@pytest.mark.parametrize("start", ["media/", "media//", "help-pages/", "media/./", "media/more/../../.."])
def test_no_piece_leaves_its_folder(file, start, tmp_path):
    outside = tmp_path / "outside"
    assert "damaged" in _refused(_with_a_piece(file, f"{start}{outside}"))
    assert not outside.exists()


@pytest.mark.parametrize("table", ["nothing", "django_session"])
def test_rows_of_a_table_that_the_manifest_does_not_name_are_refused(file, table):
    assert "damaged" in _refused(_with_a_piece(file, f"tables/{table}/000001.jsonl"))


@pytest.mark.parametrize("said", [b"{", b"null", b"[]", b"\xff", b"[" * 200_000])
def test_a_manifest_that_is_none_is_refused(file, said):
    assert "damaged" in _refused(_sealed(file, said))


@pytest.mark.parametrize("value", [None, 1, "x", [], [1], {"accounts_member": None}, {"accounts_member": {}}])
@pytest.mark.parametrize("part", ["tables", "files", "migrations", "moment"])
def test_a_manifest_of_another_shape_is_refused(file, part, value):
    said = json.loads(pieces_of(file)["manifest.json"])
    assert "This backup" in _refused(_sealed(file, {**said, part: value}))


def _with_members(file, spoil):
    """The rows of members changed by `spoil`, and every hash and count of them made true."""
    name = "tables/accounts_member/000001.jsonl"
    pieces = pieces_of(file)
    content = spoil(pieces[name])
    said = json.loads(pieces["manifest.json"])
    said["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    digest = Digest()
    for line in content.splitlines(keepends=True):
        digest.add(line)
    said["tables"]["accounts_member"] |= {"rows": digest.rows, "digest": digest.hex}
    return _sealed(file, said, **{name: content})


def _each_value(value):
    return lambda rows: b"".join(
        json.dumps([value] * len(json.loads(row))).encode() + b"\n" for row in rows.splitlines()
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows + rows,
        lambda rows: b"[]\n",
        lambda rows: b"{}\n",
        lambda rows: b"\xff\n",
        lambda rows: b"[" * 200_000,
        lambda rows: rows[:-20],
        *map(
            _each_value, [None, True, 10**40, -1.5, "x", "\0", "\ud800", [], {}, "2026-13-45T99:00:00+00:00"]
        ),
    ],
)
def test_rows_that_are_none_are_refused_in_a_sentence(file, spoil):
    assert "damaged" in _refused(_with_members(file, spoil))


def test_rows_that_belong_to_nobody_are_refused_in_a_sentence(file):
    """The member gets another number, and what belongs to them keeps the old one."""

    def moved(rows):
        return re.sub(rb"^\[(\d+)", lambda found: b"[%d" % (int(found[1]) + 1_000), rows, flags=re.MULTILINE)

    assert "the rows of one table cannot be stored (IntegrityError)" in _refused(_with_members(file, moved))
