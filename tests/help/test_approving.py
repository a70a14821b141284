"""Who may approve the text of the help page, and what is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cachexia_portal.accounts import roles
from cachexia_portal.help.approving import approval_of_now, approve_help_page, hash_of_now, why_not
from cachexia_portal.help.models import FixedPageApproval, HelpRefused
from tests.help.lines import make_line
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db


def approve(member, read_hash=None):
    return approve_help_page(by=member, read_hash=read_hash or hash_of_now())


def refused(member, match, read_hash=None):
    with pytest.raises(HelpRefused, match=match):
        approve(member, read_hash)
    assert not FixedPageApproval.objects.exists()


@pytest.fixture
def superuser(db):
    return make_member("Sue Root", is_staff=True, is_superuser=True)


def test_a_medical_reviewer_approves_and_the_credential_of_that_day_is_kept(clock, medical_reviewer):
    make_line()
    approval = approve(medical_reviewer)
    assert approval_of_now() == approval
    assert approval.at == timezone.now()
    assert approval.credential_snapshot["public_name"] == "Dr Rhea Moss"
    assert approval.credential_snapshot["letters"] == "MD"
    assert "REG-" not in str(approval.credential_snapshot)


def test_the_snapshot_stays_when_the_credential_changes(medical_reviewer):
    approval = approve(medical_reviewer)
    medical_reviewer.credentials.update(public_name="Somebody Else")
    approval.refresh_from_db()
    assert approval.credential_snapshot["public_name"] == "Dr Rhea Moss"


def test_an_editor_cannot_approve(editor, verifier, other_verifier):
    give_credential(editor, verifier, other_verifier)
    refused(editor, "Only medical reviewers")


def test_a_reviewer_without_a_credential_cannot_approve(db):
    refused(make_member("Nora New", roles.MEDICAL_REVIEWERS), "no credential that is valid today")


def test_a_reviewer_cannot_approve_after_the_last_day_of_the_credential(clock, medical_reviewer):
    clock.shift(timedelta(days=365))
    assert why_not(medical_reviewer, timezone.localdate()) == ""
    clock.shift(timedelta(days=1))
    refused(medical_reviewer, "no credential that is valid today")


def test_a_reviewer_without_a_public_name_cannot_approve(medical_reviewer):
    medical_reviewer.credentials.update(public_name="")
    refused(medical_reviewer, "no public name")


def test_who_edited_a_line_last_cannot_approve(medical_reviewer, editor):
    line, other = make_line(), make_line(number="555-0101")
    line.hours = "always"
    line.save_edit(by=medical_reviewer)
    refused(medical_reviewer, "last to edit")
    other.hours = "never"
    other.save_edit(by=editor)
    refused(medical_reviewer, "last to edit")
    line.hours = "by day"
    line.save_edit(by=editor)
    assert approve(medical_reviewer)


def test_who_took_a_line_off_the_page_last_cannot_approve(medical_reviewer, editor):
    line, other = make_line(), make_line(number="555-0101")
    line.retire(by=medical_reviewer)
    refused(medical_reviewer, "last to edit")
    other.hours = "always"
    other.save_edit(by=editor)
    assert approve(medical_reviewer)


def test_the_rules_hold_for_superusers_too(superuser, verifier, other_verifier):
    refused(superuser, "no credential that is valid today")
    give_credential(superuser, verifier, other_verifier)
    line = make_line()
    line.name = "Other Line"
    line.save_edit(by=superuser)
    refused(superuser, "last to edit")


def test_nothing_is_approved_on_a_demonstration(medical_reviewer, settings):
    settings.IS_DEMO_SITE = True
    refused(medical_reviewer, "demonstration")


def test_a_demo_person_approves_nothing_on_a_live_site(medical_reviewer):
    medical_reviewer.is_demo = True
    refused(medical_reviewer, "demonstration")


def test_a_demo_credential_counts_for_nothing(medical_reviewer):
    medical_reviewer.credentials.update(is_demo=True)
    refused(medical_reviewer, "no credential that is valid today")


def test_a_text_that_has_changed_since_it_was_read_is_not_approved(medical_reviewer, editor):
    line = make_line()
    read = hash_of_now()
    line.number = "555-0199"
    line.save_edit(by=editor)
    refused(medical_reviewer, "changed since you opened it", read)
    refused(medical_reviewer, "changed since you opened it", "x")


def test_an_approval_ends_with_the_text_it_was_of_and_returns_with_it(medical_reviewer, editor):
    line = make_line()
    approve(medical_reviewer)
    line.retire(by=editor)
    assert approval_of_now() is None
    line.restore(by=editor)
    assert approval_of_now() is not None


def test_a_demonstration_has_no_approval(medical_reviewer, settings):
    approve(medical_reviewer)
    settings.IS_DEMO_SITE = True
    assert approval_of_now() is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE help_fixedpageapproval SET text_hash = 'other'", "DELETE FROM help_fixedpageapproval"],
)
def test_the_database_itself_refuses_to_change_or_delete_an_approval(statement, medical_reviewer):
    approve(medical_reviewer)
    before = hash_of_now()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert FixedPageApproval.objects.get().text_hash == before


def test_an_approval_is_neither_changed_nor_deleted(medical_reviewer, editor):
    approval = approve(medical_reviewer)
    approval.reviewer = editor
    for act in (
        approval.save,
        approval.delete,
        FixedPageApproval.objects.all().delete,
        lambda: FixedPageApproval.objects.update(text_hash="other"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()
    assert FixedPageApproval.objects.get().reviewer == medical_reviewer
