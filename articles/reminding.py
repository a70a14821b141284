"""Asking reviewers to check a guide again: 60 and 30 days before it is due, and on the day.

First the one who checked it last is asked alone. From 30 days on everybody who may
approve it is asked. Where nobody can be, whoever answers for the guide hears that. No mail holds a word of the guide: a link to it and the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles import review_clock
from articles.models import Article
from cachexia_portal import outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from cachexia_portal.accounts.roles import ADMINISTRATORS, MEDICAL_REVIEWERS

if TYPE_CHECKING:
    from articles.models import Revision

#: Days before the check is due, the earliest first.
STEPS = (60, 30, 0)


def remind_of_reviews() -> int:
    """Write what is due to be written today; return how many mails. One for each guide, step and reviewer."""
    today = timezone.localdate()
    return sum(_remind(live, due, step) for live, due, step in _coming_due(today))


def step_on(today: date, due: date) -> int | None:
    """The step that has come; None while there is time. After a gap only the last one counts."""
    left = (due - today).days
    return next((step for step in reversed(STEPS) if left <= step), None)


def _coming_due(today: date) -> Iterator[tuple[Revision, date, int]]:
    for guide in Article.objects.visible_to(None).for_lists():
        live = guide.live_revision
        if live is None or live.approval is None:
            continue
        due = review_clock.due_on(live.approval, guide.review_months, today)
        if (step := step_on(today, due)) is not None:
            yield live, due, step


def _remind(live: Revision, due: date, step: int) -> int:
    reviewers = whom_to_ask(live, step)
    told = reviewers or who_answers_for(live)
    return sum(_write(member, live, due, step, may_check=bool(reviewers)) for member in told)


def whom_to_ask(live: Revision, step: int) -> list[Member]:
    """Those who may approve it; at first only the last reviewer, where that one still may and can be reached."""
    reviewers = Member.objects.holding(MEDICAL_REVIEWERS).distinct().order_by("pk")
    open_to = [member for member in reviewers if _may_check(member, live)]
    assert live.approval is not None
    last = [member for member in open_to if member.pk == live.approval.reviewer_id]
    return last if step == STEPS[0] and last else open_to


def who_answers_for(live: Revision) -> list[Member]:
    """The guide's owner and backup; where no mail reaches them, the administrators."""
    members = [live.article.owner, live.article.backup]
    reached = [member for member in members if member and mail_choices.reaches(member)]
    return reached or list(Member.objects.holding(ADMINISTRATORS).order_by("pk"))


def _may_check(member: Member, live: Revision) -> bool:
    """Whether mails about checks reach somebody who could approve these words today."""
    credential = member.credential_on(timezone.localdate())
    if credential is None or not credential.public_name or live.was_written_by(member):
        return False
    return mail_choices.reaches(member) and mail_choices.wants(member, MailKind.REVIEWS)


def _write(member: Member, live: Revision, due: date, step: int, *, may_check: bool) -> bool:
    key = f"articles.review.{live.article_id}.{due:%Y%m%d}.{step}.{member.pk}"
    if outbox.has(key):
        return False
    return mail_choices.write_to(member, MailKind.REVIEWS, key, _subject(), _letter(live, due, may_check))


def _subject() -> str:
    return _("%(site)s: a text is due to be checked again") % {"site": settings.SITE_NAME}


def _letter(live: Revision, due: date, may_check: bool) -> str:
    path = reverse("admin:articles_revision_change", args=[live.pk])
    day = formats.date_format(due, "j F Y")
    words = {"address": settings.SITE_URL + path, "day": day, "may_check": may_check}
    return render_to_string("articles/mail/review_due.txt", words)
