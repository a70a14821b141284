"""The staff pages of the help page."""

from __future__ import annotations

import errno
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cachexia_portal.accounts import roles
from cachexia_portal.delivery.display import Display
from cachexia_portal.help import page_file
from cachexia_portal.help.models import FixedPageApproval, HelpLine
from cachexia_portal.help.pages import page_to_send
from tests.help.lines import checked_line, make_line
from tests.hostile import HOSTILE, STORABLE, live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)
LIST, ADD = reverse("admin:help_helpline_changelist"), reverse("admin:help_helpline_add")
APPROVALS, APPROVE = reverse("admin:help_fixedpageapproval_changelist"), reverse("admin:help_fixedpageapproval_add")  # fmt: skip
FILE_FULL = OSError(errno.ENOSPC, "No space left on device")


def change_url(line: HelpLine) -> str:
    return reverse("admin:help_helpline_change", args=[line.pk])


def typed(line: HelpLine | None = None, **fields) -> dict[str, object]:
    known = {"country": "US", "kind": "crisis", "channel": "call", "name": "Night Line", "number": "555-0100"}
    empty = dict.fromkeys(("hours", "hours_zone", "languages", "site_url"), "")
    return {**known, **empty, "position": 0, "seen_version": line.version if line else "", **fields}


def act(client, line, name, version=None):
    url = reverse("admin:help_helpline_act", args=[line.pk, name])
    return client.post(url, {"version": line.version if version is None else version}, follow=True)


def checked_by(page: str) -> str:
    found = re.search(r'field-checkers.*?<div class="readonly">([^<]*)</div>', page, re.DOTALL)
    assert found
    return found[1]


def public_page() -> str:
    return page_to_send("help", Display()).decode()


def all_pages() -> list[str]:
    return [page_to_send(name, Display()).decode() for name in ("help", "server_error", "read_only")]


def disk_is_full(monkeypatch):
    def full(*names):
        raise FILE_FULL

    monkeypatch.setattr(page_file.os, "replace", full)


# --- Saving writes ------------------------------------------------------------


def test_saving_a_new_line_writes_all_pages(client_of, editor):
    response = client_of(editor).post(ADD, typed(number="555-0131"), follow=True)
    assert response.status_code == 200
    assert HelpLine.objects.get().edited_by == editor
    assert all("555-0131" in page for page in all_pages())


def test_changing_a_line_writes_all_pages_and_voids_its_check(client_of, editor, other_editor):
    line = checked_line(editor, other_editor, date(2026, 11, 1))
    client_of(editor).post(change_url(line), typed(line, number="555-0132"), follow=True)
    assert all("555-0132" in page and "Not yet checked by us." in page for page in all_pages())


def test_checking_and_confirming_write_the_date(clock, client_of, editor, other_editor):
    line = make_line()
    act(client_of(editor), line, "check")
    assert "Not yet checked by us." in public_page()
    response = act(client_of(other_editor), line, "confirm")
    assert "The check is complete." in response.text
    assert all("Checked by two people, 21 November 2026." in page for page in all_pages())


def test_before_the_first_check_nobody_stands_as_the_one_who_checked(client_of, editor, other_editor):
    line = make_line()
    assert checked_by(client_of(editor).get(change_url(line)).text) == "–"
    act(client_of(editor), line, "check")
    act(client_of(other_editor), line, "confirm")
    assert checked_by(client_of(editor).get(change_url(line)).text) == f"{editor}, {other_editor}"


def test_a_line_is_taken_off_the_page_and_put_back(client_of, editor):
    line = make_line()
    act(client_of(editor), line, "retire")
    assert "555-0100" not in public_page()
    line.refresh_from_db()
    act(client_of(editor), line, "restore")
    assert "555-0100" in public_page()


def test_a_full_disk_loses_no_line_tells_staff_and_leaves_the_old_pages(client_of, editor, monkeypatch):
    client = client_of(editor)
    client.post(ADD, typed(number="555-0133"), follow=True)
    disk_is_full(monkeypatch)
    response = client.post(ADD, typed(number="555-0134"), follow=True)
    assert "the public pages could not be written" in response.text
    assert HelpLine.objects.filter(number="555-0134").exists()
    assert "555-0133" in public_page()
    assert "555-0134" not in public_page()


def test_a_full_disk_is_told_after_a_check_too(client_of, editor, monkeypatch):
    disk_is_full(monkeypatch)
    assert "the public pages could not be written" in act(client_of(editor), make_line(), "check").text


# --- Who may do what ----------------------------------------------------------


def test_the_person_who_checked_sees_no_button_to_confirm(client_of, editor, other_editor):
    line = make_line()
    line.record_check(by=editor)
    assert "I have checked it too" not in client_of(editor).get(change_url(line)).text
    assert "I have checked it too" in client_of(other_editor).get(change_url(line)).text


def test_confirming_ones_own_check_is_refused_with_a_sentence(client_of, editor):
    line = make_line()
    line.record_check(by=editor)
    response = act(client_of(editor), line, "confirm")
    assert "has to be somebody else" in response.text
    assert not HelpLine.objects.get().is_checked


@pytest.mark.parametrize("version", ["", "0", "99", "x", "-1", "1e3", "٣", "9" * 40])
def test_an_act_on_a_line_that_was_not_seen_is_refused(version, client_of, editor):
    line = make_line()
    response = act(client_of(editor), line, "check", version)
    assert "That was not done" in response.text
    assert HelpLine.objects.get().first_check_on is None


def test_an_act_is_never_a_get_and_never_another_name(client_of, editor):
    line = make_line()
    client = client_of(editor)
    assert client.get(reverse("admin:help_helpline_act", args=[line.pk, "check"])).status_code == 404
    assert client.post(reverse("admin:help_helpline_act", args=[line.pk, "delete"])).status_code == 404


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.VERIFIERS, roles.MEDICAL_REVIEWERS])
def test_other_roles_change_nothing(role, client_of):
    line, client = make_line(), client_of(make_member("Other Staff", role))
    assert act(client, line, "check").status_code == 403
    assert client.post(change_url(line), typed(line, number="555-0135")).status_code == 403
    assert client.post(ADD, typed()).status_code == 403
    assert HelpLine.objects.get().number == "555-0100"


def test_a_member_reaches_none_of_it(client_of, caregiver):
    line, client = make_line(), client_of(caregiver)
    for url in (LIST, ADD, change_url(line), APPROVALS, APPROVE, reverse("admin:help_helpline_preview")):
        assert "555-0100" not in client.get(url).text


def test_no_line_and_no_approval_can_be_deleted(client_of, db):
    superuser = make_member("Sue Root", is_staff=True, is_superuser=True)
    line, client = make_line(), client_of(superuser)
    assert client.post(f"{LIST}{line.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"})
    assert HelpLine.objects.exists()


# --- Two editors --------------------------------------------------------------


def test_an_edit_over_somebody_elses_is_refused_and_the_words_stay(client_of, editor, other_editor):
    line = make_line()
    client_of(other_editor).post(change_url(line), typed(line, name="Theirs"), follow=True)
    response = client_of(editor).post(change_url(line), typed(line, name="Mine"))
    assert "Somebody else changed this line after you opened it" in response.text
    assert 'value="Mine"' in response.text
    assert HelpLine.objects.get().name == "Theirs"


# --- Bad input ----------------------------------------------------------------


WORDS = ("name", "hours", "hours_zone", "languages")
REST = ("number", "site_url", "country", "kind", "channel", "position", "seen_version")


@pytest.mark.parametrize("fields", [WORDS, REST], ids=["words", "the rest"])
def test_whatever_is_typed_is_refused_or_shown_safely(fields, client_of, editor):
    client = client_of(editor)
    for text in HOSTILE.values():
        sendable = text.encode("utf-8", "replace").decode()
        response = client.post(ADD, typed(**dict.fromkeys(fields, sendable)))
        assert response.status_code in (200, 302)
        assert not live_markup_in(response.text)
    assert not live_markup_in(client.get(LIST).text)
    assert not live_markup_in(public_page())


def test_hostile_rows_are_escaped_on_every_staff_page(client_of, administrator, medical_reviewer):
    for text in STORABLE.values():
        make_line(
            name=text[:80], number=text[:80] or "1", hours=text[:120], languages=text[:120], country="ZZ"
        )
    first, client = HelpLine.objects.first(), client_of(administrator)
    pages = [client.get(url) for url in (LIST, change_url(first), reverse("admin:app_list", args=["help"]))]
    pages += [client.get(LIST, {"q": text}) for text in STORABLE.values()]
    pages.append(client_of(medical_reviewer).get(APPROVE))
    for page in pages:
        assert page.status_code == 200
        assert not live_markup_in(page.text)


# --- Approving ----------------------------------------------------------------


def read_hash(html: str) -> str:
    return re.search(r'name="read_hash" value="([0-9a-f]{64})"', html)[1]


def test_a_reviewer_reads_the_whole_text_and_approves_it(clock, client_of, medical_reviewer):
    make_line(number="555-0136")
    client = client_of(medical_reviewer)
    page = client.get(APPROVE)
    assert "Call the hospice line first; if nobody answers, the emergency number" in page.text
    assert "555-0136" in page.text
    response = client.post(APPROVE, {"read_hash": read_hash(page.text)}, follow=True)
    assert "The page now says that you have checked it." in response.text
    assert "Checked for this site by Dr Rhea Moss, MD, on 21 November 2026." in public_page()


def test_a_reviewer_who_may_not_gets_the_reason_and_no_button(client_of, medical_reviewer):
    medical_reviewer.credentials.update(expires_on=date(2020, 1, 1), confirmed_on=None, confirmed_by=None)
    client = client_of(medical_reviewer)
    page = client.get(APPROVE)
    assert "You have no credential that is valid today." in page.text
    assert "read_hash" not in page.text
    assert "no credential that is valid today" in client.post(APPROVE, {"read_hash": "x"}).text
    assert not FixedPageApproval.objects.exists()


def test_an_editor_cannot_reach_the_approving(client_of, editor):
    assert client_of(editor).get(APPROVE).status_code == 403
    assert client_of(editor).post(APPROVE, {"read_hash": "x"}).status_code == 403


def test_an_approval_is_listed_and_can_only_be_read(client_of, medical_reviewer):
    client = client_of(medical_reviewer)
    client.post(APPROVE, {"read_hash": read_hash(client.get(APPROVE).text)})
    approval = FixedPageApproval.objects.get()
    assert approval.text_hash[:12] in client.get(APPROVALS).text
    page = client.get(reverse("admin:help_fixedpageapproval_change", args=[approval.pk]))
    assert "Dr Rhea Moss" in page.text
    assert 'name="_save"' not in page.text


# --- Warnings -----------------------------------------------------------------


def test_staff_are_told_what_the_page_lacks(clock, client_of, editor, other_editor):
    checked_line(editor, other_editor, date(2026, 11, 21) - timedelta(days=90), name="Old Line")
    make_line()
    for url in (reverse("admin:app_list", args=["help"]), LIST):
        page = client_of(editor).get(url).text
        assert "These lines have not been checked for 90 days." in page
        assert "Old Line" in page
        assert "1 line on the page is not yet checked." in page
        assert "No clinician has approved the help page as it stands." in page
        assert "The public pages are not written" in page


def test_staff_are_not_told_what_is_well(clock, client_of, editor, other_editor, medical_reviewer):
    checked_line(editor, other_editor, date(2026, 11, 21))
    client = client_of(medical_reviewer)
    client.post(APPROVE, {"read_hash": read_hash(client.get(APPROVE).text)})
    page = client_of(editor).get(LIST).text
    assert "desk-note" not in page
    assert "Last written on 21 November 2026." in page


def test_the_list_costs_the_same_for_one_line_and_for_three(client_of, editor, same_queries):
    same_queries(make_line, LIST, client=client_of(editor))


def test_the_preview_is_for_staff_who_may_see_lines(client_of, editor, moderator):
    make_line(number="555-0137")
    url = reverse("admin:help_helpline_preview")
    assert "555-0137" in client_of(editor).get(url).text
    assert client_of(moderator).get(url).status_code == 403
