"""A medical reviewer reads exactly the words of a fixed page, and approves those."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cachexia_portal.accounts import roles
from cachexia_portal.help.approving import approval_of, approve_page, why_not
from cachexia_portal.help.health_pages import health_pages
from cachexia_portal.help.models import FixedPageApproval, HelpRefused
from tests.help.lines import make_line
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db
NAMES = ("mission", "young_carers", "worry")
EACH = pytest.mark.parametrize("name", NAMES)
LIST, HELP = (reverse(f"admin:help_fixedpageapproval_{act}") for act in ("changelist", "add"))


def path_of(name: str) -> str:
    return reverse("admin:help_fixedpageapproval_read", args=[name])


def approve(name: str, by, read_hash: str = "") -> FixedPageApproval:
    page = health_pages()[name]
    return approve_page(page, by=by, read_hash=read_hash or page.digest())


def refused(by, match: str, read_hash: str = "") -> None:
    for name in NAMES:
        with pytest.raises(HelpRefused, match=match):
            approve(name, by, read_hash)
    assert not FixedPageApproval.objects.exists()


# --- Who may, and what is kept ------------------------------------------------------


def test_these_are_the_pages():
    assert tuple(health_pages()) == NAMES


@EACH
def test_an_approval_is_of_this_page_and_of_these_words(clock, name, medical_reviewer):
    approval = approve(name, medical_reviewer)
    digest = health_pages()[name].digest()
    assert (approval.page, approval.text_hash, approval.at) == (name, digest, timezone.now())
    assert approval.credential_snapshot["public_name"] == "Dr Rhea Moss"
    assert approval_of(name, digest) == approval
    assert approval_of(name, "0" * 64) is None
    assert not any(approval_of(other, digest) for other in {*NAMES, "help"} - {name})


def test_words_that_changed_since_they_were_read_are_not_approved(medical_reviewer):
    refused(medical_reviewer, "changed since you opened it", "0" * 64)


def test_the_words_of_one_page_approve_no_other(medical_reviewer):
    with pytest.raises(HelpRefused, match="changed since you opened it"):
        approve("worry", medical_reviewer, health_pages()["mission"].digest())


def test_an_editor_cannot(editor, verifier, other_verifier):
    give_credential(editor, verifier, other_verifier)
    refused(editor, "Only medical reviewers")


def test_an_administrator_cannot(administrator, verifier, other_verifier):
    give_credential(administrator, verifier, other_verifier)
    refused(administrator, "Only medical reviewers")


def test_a_reviewer_without_a_credential_cannot():
    refused(make_member("Nora New", roles.MEDICAL_REVIEWERS), "no credential that is valid today")


def test_a_reviewer_cannot_after_the_last_day_of_the_credential(clock, medical_reviewer):
    clock.shift(timedelta(days=366))
    refused(medical_reviewer, "no credential that is valid today")


def test_a_reviewer_without_a_public_name_cannot(medical_reviewer):
    medical_reviewer.credentials.update(public_name="")
    refused(medical_reviewer, "no public name")


def test_a_demo_credential_counts_for_nothing(medical_reviewer):
    medical_reviewer.credentials.update(is_demo=True)
    refused(medical_reviewer, "no credential that is valid today")


def test_a_demo_person_approves_nothing(medical_reviewer):
    medical_reviewer.is_demo = True
    refused(medical_reviewer, "demonstration")


def test_nothing_is_approved_on_a_demonstration(medical_reviewer, settings):
    settings.IS_DEMO_SITE = True
    refused(medical_reviewer, "demonstration")


def test_who_edited_a_help_line_last_may_approve_another_page(medical_reviewer):
    """Nobody edits these words in the site; whoever touched a number did not write them."""
    make_line().retire(by=medical_reviewer)
    assert "last to edit" in why_not(medical_reviewer, timezone.localdate())
    for name in NAMES:
        assert approve(name, medical_reviewer)


# --- On the staff pages ---------------------------------------------------------------


@EACH
def test_a_reviewer_reads_the_whole_text_and_approves_it(clock, name, client_of, medical_reviewer):
    client = client_of(medical_reviewer)
    page = client.get(path_of(name))
    read_as = unescape(page.text)
    for words in health_pages()[name].paragraphs():
        assert words in read_as
    assert not FixedPageApproval.objects.exists(), "looking changes nothing"
    read = re.search(r'name="read_hash" value="([0-9a-f]{64})"', page.text)[1]
    answer = client.post(path_of(name), {"read_hash": read}, follow=True)
    assert "The page now says that you have checked it." in answer.text
    assert FixedPageApproval.objects.get().page == name
    assert "Checked for this site by Dr Rhea Moss, MD, on 21 November 2026." in client.get(path_of(name)).text


def test_a_reviewer_who_may_not_gets_the_reason_and_no_button(client_of, medical_reviewer):
    medical_reviewer.credentials.update(public_name="")
    client = client_of(medical_reviewer)
    page = client.get(path_of("worry"))
    assert "your credential has no public name yet" in page.text
    assert "read_hash" not in page.text
    digest = health_pages()["worry"].digest()
    assert "no public name" in client.post(path_of("worry"), {"read_hash": digest}).text
    assert not FixedPageApproval.objects.exists()


@pytest.mark.parametrize("role", [roles.EDITORS, roles.MODERATORS, roles.VERIFIERS, roles.ADMINISTRATORS])
def test_nobody_else_reaches_it(client_of, role):
    client = client_of(make_member("Somebody Else", role))
    assert client.get(path_of("mission")).status_code == 403
    assert client.post(path_of("mission"), {"read_hash": "x"}).status_code == 403


def test_there_is_no_other_page(client_of, medical_reviewer):
    for name in ("help", "terms", "anything"):
        assert client_of(medical_reviewer).get(path_of(name)).status_code == 404


@pytest.mark.parametrize("path", [LIST, HELP, path_of("worry")])
def test_wherever_one_page_is_approved_all_are_named_with_their_state(
    clock, path, client_of, medical_reviewer
):
    approve("mission", medical_reviewer)
    html = client_of(medical_reviewer).get(path).text
    below = html[html.index('id="health-pages"') :]
    links = re.findall(r'href="([^"]+)"', below)
    assert links[:4] == [HELP, *(path_of(name) for name in NAMES)]
    assert below.count(">To do<") == 3
    assert below.count(">Done<") == 1
