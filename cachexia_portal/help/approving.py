"""Approving health words on a fixed page: who may, and what is kept of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from .health_pages import HealthPage
from .models import FixedPageApproval, HelpLine, HelpRefused, today
from .wording import text_hash

PERMISSION = "help.add_fixedpageapproval"
Page = FixedPageApproval.Page


def hash_of_now() -> str:
    """Of the text that the help page shows at this moment."""
    return text_hash(HelpLine.objects.shown())


def approval_of_now() -> FixedPageApproval | None:
    """The approval of the text that the help page shows at this moment."""
    return approval_of(Page.HELP, hash_of_now())


def approval_of(page: str, text_hash: str) -> FixedPageApproval | None:
    """The approval of exactly this text; a demonstration has none."""
    return None if settings.IS_DEMO_SITE else FixedPageApproval.objects.of(page, text_hash)


def why_not(member: Any, day: date, page: str = Page.HELP) -> str:
    """The sentence that says why this person may not approve this page today; empty if they may.

    Being a superuser changes nothing here but the permission. The words of every page but the help page
    come with the code, so nobody is known who edited them last.
    """
    if settings.IS_DEMO_SITE or member.is_demo:
        return _("This is a demonstration: nothing is approved on it.")
    if not member.has_perm(PERMISSION):
        return _("Only medical reviewers approve the text of this page.")
    credential = _checked_credential(member, day)
    if credential is None:
        return _("You have no credential that is valid today. A verifier can check one for you.")
    if not credential.public_name:
        return _("The page names who checked it, and your credential has no public name yet.")
    if page == Page.HELP and edited_last(member):
        return _("You were the last to edit one of the lines. Somebody else has to approve the page.")
    return ""


def edited_last(member: Any) -> bool:
    """Whether the page's lines stand as this person left them.

    That is so when they were the last to edit a line that is shown, and when
    theirs was the latest edit of all, which may have taken a line off the page.
    """
    if HelpLine.objects.shown().filter(edited_by=member).exists():
        return True
    latest = HelpLine.objects.exclude(edited_at=None).order_by("edited_at", "pk").last()
    return latest is not None and latest.edited_by_id == member.pk


@transaction.atomic
def approve_help_page(*, by: Any, read_hash: str) -> FixedPageApproval:
    """Keep that this person approves the text whose hash they were shown. Raises HelpRefused."""
    list(HelpLine.objects.select_for_update().values_list("pk"))  # no line changes meanwhile
    return _approve(Page.HELP, by=by, read_hash=read_hash, hash_now=hash_of_now())


@transaction.atomic
def approve_page(page: HealthPage, *, by: Any, read_hash: str) -> FixedPageApproval:
    """The same for a page whose words come with the code."""
    return _approve(page.checked_as, by=by, read_hash=read_hash, hash_now=page.digest())


def _approve(page: str, *, by: Any, read_hash: str, hash_now: str) -> FixedPageApproval:
    day = today()
    if refusal := why_not(by, day, page):
        raise HelpRefused(refusal)
    if read_hash != hash_now:
        raise HelpRefused(_("The page has changed since you opened it. Please read it again."))
    return FixedPageApproval.objects.create(
        page=page,
        text_hash=read_hash,
        reviewer=by,
        credential_snapshot=_checked_credential(by, day).snapshot(),
    )


def _checked_credential(member: Any, day: date) -> Any:
    credential = member.credential_on(day)
    return None if credential is None or credential.is_demo else credential
