"""Whom an act tells, by mail: a link and no word of any post. Invented people and closed accounts get none."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal import outbox
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from community.models import Decision, ReviewItem

from . import small_teams


def tell_author(decision: Decision) -> None:
    """Due when the decision can no longer be undone."""
    post = decision.item.revision.post
    mail_choices.write_to(
        post.author,
        MailKind.DECISIONS,
        notice_key(decision),
        _("Your post has been read"),
        _letter("post_read", reverse("community:my_post", args=[post.pk])),
        due_at=decision.undo_until,
    )


def notice_key(decision: Decision) -> str:
    return f"community.decision.{decision.pk}"


def tell_of_a_worry(item: ReviewItem, *, because_of: Member) -> None:
    """At once, to the moderators and the safeguarding address; once for each item.

    Nothing goes out about what invented people write or report. These mails have no
    kind, so nobody stops them: a person may be in danger, and whoever stopped them
    would learn of it from nothing else.
    """
    if because_of.is_demo:
        return
    reached = filter(mail_choices.reaches, small_teams.moderators_to_worry(item))
    addresses = [str(member.email) for member in reached]
    if settings.SAFEGUARDING_EMAIL:
        addresses.append(settings.SAFEGUARDING_EMAIL)
    text = _letter("worried", reverse("admin:community_reviewitem_change", args=[item.pk]))
    for number, address in enumerate(addresses):
        key = f"community.worry.{item.pk}.{number}"
        outbox.enqueue(key, address, _("Please look at something on the desk now"), text)


def _letter(name: str, path: str) -> str:
    return render_to_string(f"community/mail/{name}.txt", {"address": settings.SITE_URL + path})
