"""Importing in the admin: a file is shown as what it would become before anything is stored."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import uploads
from articles.models import SourceDocument, WaitingUpload
from articles.resolving import resolve
from tests.articles.conftest import FRONT, imported
from tests.articles.test_admin import change_url, hrefs
from tests.articles.test_resolving import found
from tests.hostile import HOSTILE, live_markup_in

pytestmark = pytest.mark.django_db

UPLOAD = "admin:articles_sourcedocument_upload"
SMALL = (
    FRONT.format(title="Warm soup", licence="public_domain") + "# Warm soup\n\n***\n\nIt is warm.\n"
).encode()


def send(client, content: bytes, name="soup.md", follow=False):
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)}, follow=follow)


def words_of(response) -> str:
    return unescape(response.content.decode())


def carried_by(response) -> dict:
    """What the page of a preview would post."""
    hidden = r'<input type="hidden" name="(name|content|sha256)" value="([^"]*)"'
    return {name: unescape(value) for name, value in re.findall(hidden, response.content.decode())}


def import_it(client, fields, follow=True):
    return client.post(reverse("admin:articles_sourcedocument_import"), fields, follow=follow)


def test_the_list_of_documents_leads_there(editor, medical_reviewer, client_of):
    listed = reverse("admin:articles_sourcedocument_changelist")
    assert reverse(UPLOAD) in hrefs(client_of(editor).get(listed))
    assert reverse(UPLOAD) not in hrefs(client_of(medical_reviewer).get(listed))


def test_a_small_file_is_shown_and_nothing_is_stored(editor, client_of):
    page = words_of(send(client_of(editor), SMALL))
    assert "Warm soup" in page
    assert "The file says that its words may be used." in page
    assert re.search(r"<del><bdi>\*\*\*", page)
    assert "2024-02-29" in page or "29 Feb" in page
    assert "It would be a new document." in page
    assert not SourceDocument.objects.exists()
    assert not WaitingUpload.objects.exists()


def test_what_was_shown_is_imported_by_its_editor(editor, client_of):
    edits = client_of(editor)
    answer = import_it(edits, carried_by(send(edits, SMALL)))
    [document] = SourceDocument.objects.all()
    assert (bytes(document.content), document.imported_by, document.name) == (SMALL, editor, "soup.md")
    assert answer.redirect_chain == [(change_url(document), 302)]
    assert "It is imported." in words_of(answer)


def test_leaving_it_is_a_link(editor, client_of):
    edits = client_of(editor)
    assert reverse("admin:articles_sourcedocument_changelist") in hrefs(send(edits, SMALL))


def test_the_same_bytes_are_said_to_be_there(editor, client_of):
    edits = client_of(editor)
    fields = carried_by(send(edits, SMALL))
    import_it(edits, fields)
    [document] = SourceDocument.objects.all()
    page = send(edits, SMALL)
    assert "These bytes were imported before." in words_of(page)
    assert change_url(document) in hrefs(page)
    assert "Nothing was stored again." in words_of(import_it(edits, fields))
    assert SourceDocument.objects.count() == 1


def test_a_changed_file_is_compared_with_the_stored_one(editor, client_of):
    edits = client_of(editor)
    import_it(edits, carried_by(send(edits, SMALL)))
    changed = send(edits, SMALL.replace(b"It is warm", b"It is cold"))
    page = words_of(changed)
    assert "This would be a new version" in page
    assert '<del><span class="hide">Removed: </span><bdi>warm.</bdi></del>' in page
    assert '<ins><span class="hide">Added: </span><bdi>cold.</bdi></ins>' in page
    answer = import_it(edits, carried_by(changed))
    new = SourceDocument.objects.get(version=2)
    compared = edits.get(reverse("admin:articles_sourcedocument_compare", args=[new.pk]))
    assert compared.request["PATH_INFO"] in hrefs(answer)
    assert "<bdi>cold.</bdi></ins>" in words_of(compared)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "The file is empty."),
        ("blank.txt", b" \n\t\n", "The file is empty."),
        ("page.html", b"<p>Words</p>", "files that end in .txt"),
        ("paper.pdf", b"%PDF-1.7", "files that end in .txt"),
        ("no-ending", b"Words", "files that end in .txt"),
        ("nul.txt", b"a\x00b", "control character"),
        ("utf16.txt", "Words".encode("utf-16"), "UTF-16"),
        ("neither.txt", b"\x81\x8d", "neither"),
        ("open.md", b"---\ntitle: x\n", "never closed"),
        ("date.md", b"---\ntitle: x\nlastReviewed: soon\n---\nWords\n", "Line 3: "),
        ("alias.md", b"---\ntitle: &a x\nstatus: *a\n---\nWords\n", "Line 2: "),
        ("large.txt", b"a " * (2_621_440 + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence_at_the_field(
    editor, client_of, name, content, said
):
    answer = send(client_of(editor), content, name)
    assert answer.status_code == 422
    [error] = re.findall(r'id="id_file_error">(.*?)</p>', words_of(answer), re.DOTALL)
    assert said in error
    assert not SourceDocument.objects.exists()
    assert not WaitingUpload.objects.exists()


@pytest.mark.parametrize("escape", [r"\0", r"\ud800", r"\x07"])
def test_escapes_that_stand_for_no_text_are_refused_with_their_line(editor, client_of, escape):
    answer = send(client_of(editor), f'---\nlicense: open\ntitle: "a{escape}b"\n---\nWords\n'.encode())
    assert answer.status_code == 422
    assert "Line 3: An escape in the front matter" in words_of(answer)


def test_no_file_at_all_is_refused(editor, client_of):
    answer = client_of(editor).post(reverse(UPLOAD), {"file": "no file"})
    assert answer.status_code == 422
    assert "Choose a file first." in words_of(answer)


def with_bytes(given: bytes, /, **fields) -> dict:
    return {
        "name": "soup.md",
        "content": base64.b64encode(given).decode(),
        "sha256": hashlib.sha256(given).hexdigest(),
        **fields,
    }


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "", **{k: v for k, v in with_bytes(SMALL).items() if k != "name"}},
        with_bytes(SMALL, content="not base64!"),
        with_bytes(SMALL, content="é"),
        with_bytes(SMALL, sha256="0" * 64),
        with_bytes(b""),
        with_bytes(b"a " * 110_000),
        with_bytes(SMALL, name="nul\x00.md"),
        with_bytes(b"a\x00b"),
    ],
)
def test_what_was_changed_on_the_way_is_refused_and_nothing_stored(editor, client_of, fields):
    answer = import_it(client_of(editor), fields)
    assert answer.status_code == 422
    assert "id_file_error" in words_of(answer)
    assert not SourceDocument.objects.exists()


def test_other_whole_bytes_are_read_like_any_file(editor, client_of):
    """Sending other bytes to the import is no more than importing them: all is checked again."""
    import_it(client_of(editor), with_bytes(b"Other words.\n", name="../../other.md"))
    [document] = SourceDocument.objects.all()
    assert (document.name, document.rights) == ("other.md", "unknown")


@pytest.mark.parametrize("typed", [text for name, text in HOSTILE.items() if name != "long text"])
def test_hostile_names_and_texts_make_a_sound_page(editor, client_of, typed):
    edits = client_of(editor)
    words = typed.encode(errors="replace").decode().replace("\x00", "")
    page = send(edits, f"# {words}\n\n{words}\n".encode(errors="replace"), f"{words[:100]}.md")
    assert page.status_code in {200, 422}
    assert not live_markup_in(page.content.decode())
    if page.status_code == 200:
        answer = import_it(edits, carried_by(page))
        assert answer.status_code == 200
        assert not live_markup_in(answer.content.decode())


@pytest.mark.parametrize("who", ["caregiver", "medical_reviewer", "moderator", "administrator"])
def test_others_import_nothing(request, who, editor, client_of):
    client = client_of(request.getfixturevalue(who))
    waiting = uploads.keep_waiting("long.md", SMALL, by=editor)
    address = reverse("admin:articles_sourcedocument_waiting", args=[waiting.pk])
    assert send(client, SMALL).status_code in {302, 403}
    assert import_it(client, with_bytes(SMALL), follow=False).status_code in {302, 403}
    for url in (reverse(UPLOAD), address):
        assert client.get(url).status_code in {302, 403}
    assert not SourceDocument.objects.exists()


# --- Large files --------------------------------------------------------------------

LARGE = SMALL + b"A line of a long text, warm as soup.\n\n" * 6_000


def test_a_large_file_waits_for_the_worker_and_says_so(editor, client_of):
    edits = client_of(editor)
    answer = send(edits, LARGE, follow=True)
    [upload] = WaitingUpload.objects.all()
    assert answer.redirect_chain == [
        (reverse("admin:articles_sourcedocument_waiting", args=[upload.pk]), 302)
    ]
    assert "Waiting to be read" in words_of(answer)
    assert "This page does not change by itself." in words_of(answer)
    assert "soup.md" in words_of(edits.get(reverse(UPLOAD)))
    assert not SourceDocument.objects.exists()


def test_a_large_file_is_looked_at_confirmed_and_imported(editor, client_of):
    edits = client_of(editor)
    send(edits, LARGE)
    [upload] = WaitingUpload.objects.all()
    address = reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])
    uploads.work_on_waiting()
    page = words_of(edits.get(address))
    assert "It would be a new document." in page
    assert re.search(r"\d+ more blocks are shown after the import\.", page)
    assert 'name="content"' not in page
    waits = words_of(edits.post(address, {"act": "import"}, follow=True))
    assert "Waiting to be imported" in waits
    assert "Leave it" not in waits
    uploads.work_on_waiting()
    [document] = SourceDocument.objects.all()
    assert change_url(document) in hrefs(edits.get(address))


def test_a_large_file_is_left(editor, client_of):
    edits = client_of(editor)
    send(edits, LARGE)
    [upload] = WaitingUpload.objects.all()
    address = reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])
    answer = edits.post(address, {"act": "drop"}, follow=True)
    assert "Nothing of it was kept." in words_of(answer)
    assert not WaitingUpload.objects.exists()
    assert edits.get(address).status_code == 404


def test_a_large_file_that_is_refused_says_why(editor, client_of):
    edits = client_of(editor)
    send(edits, b"---\nlastReviewed: soon\n---\n" + LARGE)
    [upload] = WaitingUpload.objects.all()
    uploads.work_on_waiting()
    page = words_of(edits.get(reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])))
    assert "The file was refused." in page
    assert "Line 2: " in page


def test_nobody_sees_the_large_file_of_another_editor(editor, other_editor, client_of):
    upload = uploads.keep_waiting("long.md", LARGE, by=editor)
    uploads.work_on_waiting()
    address = reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])
    other = client_of(other_editor)
    assert other.get(address).status_code == 404
    assert other.post(address, {"act": "import"}).status_code == 404
    assert "long.md" not in words_of(other.get(reverse(UPLOAD)))


@pytest.mark.parametrize("act", ["", "publish", "import"])
def test_a_press_that_does_not_fit_changes_nothing(editor, client_of, act):
    upload = uploads.keep_waiting("long.md", LARGE, by=editor)
    address = reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])
    answer = client_of(editor).post(address, {"act": act}, follow=True)
    assert "This was not carried out." in words_of(answer)
    upload.refresh_from_db()
    assert upload.state == "waiting"


# --- Comparing stored versions ------------------------------------------------------


def test_a_document_says_that_there_is_a_newer_version(editor, client_of):
    old, new = imported("Soup is warm.\n"), imported("Soup is cold.\n")
    edits = client_of(editor)
    page = edits.get(change_url(old))
    assert "There is a newer version of this file: version 2." in words_of(page)
    compared = reverse("admin:articles_sourcedocument_compare", args=[new.pk])
    assert f"{compared}?with={old.pk}" in hrefs(page)
    assert "<bdi>cold.</bdi></ins>" in words_of(edits.get(f"{compared}?with={old.pk}"))


@pytest.mark.parametrize("wanted", ["99", "x", "-1", "9" * 30])
def test_there_is_nothing_to_compare_with_what_is_no_older_version(editor, client_of, wanted):
    imported("Another.\n", name="other.md")
    imported("Soup is warm.\n")
    new = imported("Soup is cold.\n")
    compared = reverse("admin:articles_sourcedocument_compare", args=[new.pk])
    assert client_of(editor).get(f"{compared}?with={wanted}").status_code == 404
    first = reverse(
        "admin:articles_sourcedocument_compare",
        args=[SourceDocument.objects.get(version=1, name="soup.md").pk],
    )
    assert client_of(editor).get(first).status_code == 404


def test_many_differences_are_shown_in_pages(editor, client_of):
    imported("".join(f"Paragraph {n} was so.\n\n" for n in range(70)))
    new = imported("".join(f"Paragraph {n} is thus, quite.\n\n" for n in range(70)))
    compared = reverse("admin:articles_sourcedocument_compare", args=[new.pk])
    assert "Page 1 of " in words_of(client_of(editor).get(compared))


def test_every_form_carries_its_token(editor, client_of):
    """The test client asks for none unless it is told to; browsers are always asked."""
    edits = client_of(editor, enforce_csrf_checks=True)
    finding = found()
    upload = uploads.keep_waiting("long.md", LARGE, by=editor)
    pages = [edits.get(change_url(finding.document)), edits.get(reverse(UPLOAD))]
    waiting = reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])
    pages.append(edits.get(waiting))
    uploads.work_on_waiting()
    pages.append(edits.get(waiting))
    pages.append(send(client_of(editor), SMALL))
    resolve(finding, "accepted", "Fine", by=editor)
    pages.append(edits.get(change_url(finding.document)))
    for page in pages:
        forms = re.findall(r'<form[^>]*method="post".*?</form>', words_of(page), re.DOTALL)
        assert len(forms) >= 2  # signing out is one
        assert all('name="csrfmiddlewaretoken"' in form for form in forms)
