"""`backup` and `restore`: the whole site, or nothing."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cachexia_portal.accounts.models import Member, OpenSession
from cachexia_portal.erasures import log, writing
from cachexia_portal.events.append_only import unprotected_tables
from cachexia_portal.launch.models import Doors
from cachexia_portal.limits.models import Limit
from cachexia_portal.outbox import enqueue
from cachexia_portal.outbox.heartbeat import beat
from cachexia_portal.outbox.models import Heartbeat, Lease, Mail
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import archive, loading, manifest, tables
from cachexia_portal.pages.integrity import breaches
from community import moderation
from community.models import Draft, Post, PostRevision
from tests.pages.backup_steps import digests, lose_the_site, pieces_of, restore, without, written
from tests.pages.library import *  # noqa: F403 (fixtures)
from tests.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)
#: What a restore changes on purpose: mails that waited, the doors, and the numbers that follow from time.
CHANGED = ("outbox_mail", "launch_doors")
HOSTILE_WORDS = "Ünïcödé \u202e \U0001f642 'quoted' \"twice\" \\ \t<b>&amp;</b> {json: [1]}\n,\u2028end"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backups" / "site.tar.gz"


@pytest.fixture
def back_up(file):
    """`back_up()`: a backup of the site as it is; returns the file."""
    file.parent.mkdir()

    def made():
        backups.back_up(file)
        return file

    return made


@pytest.fixture
def site(library, caregiver, client_of):
    """Something in most tables, and two files."""
    default_storage.save("figures/ab12.webp", ContentFile(bytes(range(256)) * 9))
    caregiver.rename(" Zoë O’Brien ")
    Draft.objects.create(author=caregiver, form="question", fields={"é": HOSTILE_WORDS, "a": [1.5, None]})
    moderation.send_question(caregiver, title="Waits", body=HOSTILE_WORDS)
    client_of(caregiver).get("/me/")
    return library


def test_what_is_restored_equals_what_was_backed_up(site, back_up, settings):
    before, file = digests(), back_up()
    picture = (settings.MEDIA_ROOT / "figures/ab12.webp").read_bytes()
    lose_the_site()
    assert without(digests(), *CHANGED) != without(before, *CHANGED)
    restore(file)
    assert without(digests(), *CHANGED) == without(before, *CHANGED)
    assert (settings.MEDIA_ROOT / "figures/ab12.webp").read_bytes() == picture == bytes(range(256)) * 9
    assert not [breach for breach in breaches() if "help pages" not in breach]


def test_the_restored_site_is_guarded_and_searched_as_before(site, back_up, visitor):
    file = back_up()
    lose_the_site()
    restore(file)
    assert not unprotected_tables(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        Post.objects.filter(pk=site["question"].pk).update(
            published_revision=PostRevision.objects.exclude(status="approved").first()
        )
    address = site["question"].get_absolute_url()
    assert address in visitor.get("/search/?q=zephyrbread").text
    assert address in visitor.get("/sitemap.xml").text


def test_new_rows_get_new_numbers(site, back_up, caregiver):
    file = back_up()
    last = Post.objects.latest("pk").pk
    lose_the_site()
    restore(file)
    Doors.objects.create(are_open=True, cause="ready")
    assert moderation.send_question(caregiver, title="New", body="Words").pk > last
    assert make_member("Nora New").pk > caregiver.pk


def test_people_keep_what_they_may_do(site, back_up, moderator):
    wanted = moderator.get_all_permissions()
    file = back_up()
    lose_the_site()
    Permission.objects.first().delete()  # those of the empty site have other numbers
    restore(file)
    assert wanted
    assert Member.objects.get(pk=moderator.pk).get_all_permissions() == wanted


def test_the_manifest_says_what_there_is(site, back_up, settings):
    pieces = pieces_of(back_up())
    said = json.loads(pieces["manifest.json"])
    assert said["format"] == 1
    assert said["mode"] == settings.SITE_MODE
    assert said["migrations"] == manifest.known_migrations()
    assert said["tables"]["community_post"]["rows"] == Post.objects.count()
    assert set(said["tables"]) == {model._meta.db_table for model in tables.models()}
    assert "media/figures/ab12.webp" in said["files"]
    assert set(said["files"]) == set(pieces) - {"manifest.json", "manifest.sha256"}


def test_no_table_is_forgotten():
    """Each is in a backup, or left out for a reason that is written down."""
    with connection.cursor() as cursor:
        every = set(connection.introspection.table_names(cursor))
    every = {name for name in every if not name.startswith(("search_in_", "sqlite_"))}
    kept = {model._meta.db_table for model in tables.models()}
    left_out = {model._meta.db_table for model in tables.LEFT_OUT}
    assert every - kept - left_out == {"django_migrations"}
    assert all(tables.LEFT_OUT.values())


def test_nobody_is_signed_in_and_nothing_of_the_moment_comes_back(site, back_up, caregiver, client_of):
    beat()
    client = client_of(caregiver)
    client.get("/me/")
    Limit.objects.create(cache_key="x", expires=timezone.now() + timedelta(days=1), count=3)
    Lease.objects.create(name="tick", holder="gone", until=timezone.now() + timedelta(days=1))
    held = (Session, OpenSession, Limit, Lease, Heartbeat)
    assert all(model.objects.exists() for model in held)
    file = back_up()
    assert not any(client.session.session_key.encode() in piece for piece in pieces_of(file).values())
    lose_the_site()
    restore(file)
    assert not [model for model in held if model.objects.exists()]
    assert client.get("/me/").status_code in (302, 403)


def test_the_community_is_closed_until_a_person_opens_it(site, back_up):
    file = back_up()
    lose_the_site()
    restore(file)
    newest = Doors.objects.latest("pk")
    assert (newest.are_open, newest.cause) == (False, "restored")


def test_no_mail_is_sent_twice(site, back_up, clock):
    enqueue("then", "a@example.org", "Words", "Words")
    enqueue("later", "b@example.org", "Words", "Words", due_at=timezone.now() + timedelta(days=30))
    file = back_up()
    lose_the_site()
    clock.shift(timedelta(days=1))
    said = restore(file)
    then, later = Mail.objects.get(key="then"), Mail.objects.get(key="later")
    assert (then.status, then.text, then.to_address) == ("dropped", "", "")
    assert (later.status, later.text) == ("waiting", "Words")
    assert any("are not sent" in sentence for sentence in said)


# --- What is refused --------------------------------------------------------


def refused(file, **options) -> str:
    with pytest.raises(CommandError) as wrong:
        call_command("restore", str(file), **options)
    return str(wrong.value)


def test_a_backup_never_takes_the_place_of_another_one(back_up, file):
    back_up()
    before = file.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    assert file.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing(back_up, file, monkeypatch):
    monkeypatch.setattr(archive.Writer, "seal", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        back_up()
    assert list(file.parent.iterdir()) == []


def test_what_the_disk_did_not_keep_is_no_backup(back_up, file, monkeypatch):
    """It is read again to its end before it gets its name."""

    def keep_it_badly(handle):
        monkeypatch.undo()
        os.pwrite(handle, b"\0" * 8, os.fstat(handle).st_size // 2)

    log.begin()  # writes through to the disk, too
    monkeypatch.setattr(os, "fsync", keep_it_badly)
    with pytest.raises(backups.Refused, match="could not be read again"):
        back_up()
    assert list(file.parent.iterdir()) == []


def test_nobody_else_may_read_a_backup(back_up):
    assert back_up().stat().st_mode & 0o077 == 0


def test_a_database_with_rows_is_refused(site, back_up):
    file = back_up()
    before = digests()
    assert "not empty" in refused(file)
    assert digests() == before


def test_a_folder_with_pictures_is_refused(site, back_up):
    file = back_up()
    lose_the_site()
    default_storage.save("other.webp", ContentFile(b"x"))
    assert "not empty" in refused(file)
    assert not Member.objects.exists()


def _cut(file):
    file.write_bytes(file.read_bytes()[:-300])


def _turn_a_byte(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _empty(file):
    file.write_bytes(b"")


def _no_archive(file):
    file.write_bytes(b"This is a letter.\n" * 1000)


def _packed_anew(change):
    def damage(file):
        pieces = pieces_of(file)
        change(pieces)
        written(pieces, file)

    return damage


POSTS = "tables/community_post/000001.jsonl"
PICTURE = "media/figures/ab12.webp"
DAMAGES = {
    "cut": _cut,
    "a bit turned": _turn_a_byte,
    "empty": _empty,
    "no archive": _no_archive,
    "rows are missing": _packed_anew(lambda pieces: pieces.pop(POSTS)),
    "a row was changed": _packed_anew(
        lambda pieces: pieces.update({POSTS: pieces[POSTS].replace(b"question", b"story", 1)})
    ),
    "a picture was changed": _packed_anew(lambda pieces: pieces.update({PICTURE: b"another"})),
    "a picture was added": _packed_anew(lambda pieces: pieces.update({"media/more.webp": b"x"})),
    "a path that leads out": _packed_anew(lambda pieces: pieces.update({"media/../../out": b"x"})),
    "an absolute path": _packed_anew(lambda pieces: pieces.update({"/etc/out": b"x"})),
    "the manifest was changed": _packed_anew(
        lambda pieces: pieces.update({"manifest.json": pieces["manifest.json"].replace(b"1", b"2", 1)})
    ),
    "no seal": _packed_anew(lambda pieces: pieces.pop("manifest.sha256")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=[name.replace(" ", "_") for name in DAMAGES])
def test_a_damaged_backup_is_refused_before_anything_is_written(site, back_up, damage, settings):
    file = back_up()
    lose_the_site()
    empty = digests()
    damage(file)
    said = refused(file)
    assert "damaged" in said
    assert digests() == empty
    assert not settings.MEDIA_ROOT.exists()


def test_a_missing_file_is_said_in_one_sentence(file):
    assert "No such file" in refused(file)


def _told(file, **changed):
    """The same backup, sealed again over a manifest that says something else."""
    import hashlib

    pieces = pieces_of(file)
    said = json.loads(pieces["manifest.json"])
    content = json.dumps({**said, **changed}).encode()
    seal = hashlib.sha256(content).hexdigest().encode()
    return written({**pieces, "manifest.json": content, "manifest.sha256": seal}, file)


def test_another_format_is_refused_and_says_what_to_do(back_up):
    assert "version of the site that made it" in refused(_told(back_up(), format=2))


def test_newer_code_is_named(back_up):
    newer = manifest.known_migrations()
    newer["community"] = [*newer["community"], "0099_of_tomorrow"]
    said = refused(_told(back_up(), migrations=newer))
    assert "newer code: community.0099_of_tomorrow" in said
    assert "Install the version" in said


def test_older_code_is_named(back_up):
    older = manifest.known_migrations()
    last = older["community"].pop()
    said = refused(_told(back_up(), migrations=older))
    assert f"older code: it does not know community.{last}" in said


def test_a_backup_of_a_demonstration_is_not_for_a_live_site(back_up):
    assert "SITE_MODE=demo" in refused(_told(back_up(), mode="demo"))


def test_another_secret_key_is_said(back_up):
    file = _told(back_up(), key="another")
    lose_the_site()
    assert any("SECRET_KEY" in sentence for sentence in restore(file))


def test_rows_that_arrive_as_others_are_refused_whole(site, back_up, monkeypatch, settings):
    """Read back from the database, each row has to be the one that was backed up."""
    file = back_up()
    lose_the_site()
    empty = digests()
    load = loading.Loader.load

    def lose_a_line(self, table, content):
        load(self, table, iter(list(content)[:-1]) if table == "accounts_takenname" else content)

    monkeypatch.setattr(loading.Loader, "load", lose_a_line)
    said = refused(file)
    assert "the rows of accounts_takenname are not those" in said
    assert digests() == empty


def test_a_restore_that_fails_late_leaves_all_empty(site, back_up, monkeypatch, settings):
    file = back_up()
    lose_the_site()
    empty = digests()

    def fail():
        assert (settings.MEDIA_ROOT / ".restoring").exists()
        raise OSError("the disk is gone")

    monkeypatch.setattr("cachexia_portal.launch.close_after_restore", fail)
    assert "the disk is gone" in refused(file)
    assert digests() == empty
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    monkeypatch.undo()


# --- Old backups -----------------------------------------------------------


def test_old_backups_are_deleted_and_nothing_else(file, settings, clock):
    file.parent.mkdir()
    backups.back_up(file)
    other = file.parent / "letters.tar.gz"
    written({"letter.txt": b"Dear"}, other)
    (file.parent / "notes.txt").write_text("Mine")
    clock.shift(timedelta(days=settings.BACKUP_DAYS - 1))
    assert backups.drop_old(file.parent) == []
    clock.shift(timedelta(days=2))
    newer = file.parent / "newer.tar.gz"
    call_command("backup", str(newer), drop_old=True)
    assert sorted(path.name for path in file.parent.iterdir()) == [
        "letters.tar.gz",
        "newer.tar.gz",
        "notes.txt",
    ]


def test_the_log_begins_with_the_first_backup(back_up):
    back_up()
    assert log.read().lines == []
    assert writing.write_new() == 0
