"""Asking storytellers, once, before the time they agreed to is over. Silence takes the story down, never keeps it up.

The end itself is looked at wherever a story is read; nothing here makes or moves it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind

from .agreements import ASKED_AGAIN
from .models import StoryConsent

AT_ONCE = 200  # in one sweep


def remind_of_consents() -> None:
    """One mail for each story on the site whose time is over within a month; at most one for each consent."""
    due = _due().values_list("pk", flat=True)[:AT_ONCE]
    for pk in list(due):
        _remind(pk)


def _due():
    """Nobody is written to about a story that is not on the site, or that is over already."""
    soon = timezone.now() + ASKED_AGAIN
    live = StoryConsent.objects.live().filter(reminded_at=None, ends_at__lte=soon, post__is_demo=False)
    shown = live.filter(post__published_revision__isnull=False, post__hidden_at=None)
    return shown.exclude(post__author__email=None).filter(post__author__is_demo=False).order_by("ends_at")


@transaction.atomic
def _remind(pk: int) -> None:
    """The mark and the mail stand or fall together; whoever ended or renewed it meanwhile gets none."""
    consent = _due().filter(pk=pk).select_related("post__author").select_for_update(of=("self",)).first()
    if consent is None or not consent.post.author.email:
        return
    consent.reminded_at = timezone.now()
    consent.save(update_fields=["reminded_at"])
    mail_choices.write_to(
        consent.post.author,
        MailKind.STORIES,
        f"community.consent.{consent.pk}",
        _("Shall your story stay?"),
        _letter(consent),
    )


def _letter(consent: StoryConsent) -> str:
    path = reverse("community:my_post", args=[consent.post_id])
    day = formats.date_format(timezone.localtime(consent.ends_at, consent.post.author.zone), "j F Y")
    words = {"address": f"{settings.SITE_URL}{path}#consent", "day": day}
    return render_to_string("community/mail/consent_ends.txt", words)
