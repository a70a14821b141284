"""Every cookie this site may set. The privacy page is made from this list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cachexia_portal.delivery import display
from community.models.drafts import KEPT_FOR_VISITORS


@dataclass(frozen=True)
class Cookie:
    """One cookie: its name, what it is for, and when the browser forgets it."""

    name: str
    purpose: str | Promise
    lasts: timedelta


COOKIES = (
    Cookie(
        display.COOKIE_NAME,
        _("Remembers the colours and the text size you chose. It is set only when you choose them."),
        timedelta(seconds=display.COOKIE_SECONDS),
    ),
    Cookie(
        settings.CSRF_COOKIE_NAME,
        _(
            "Protects forms: it shows us that what arrives was sent from our page. It is set when you open a form."
        ),
        timedelta(seconds=settings.CSRF_COOKIE_AGE),
    ),
    Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Keeps you signed in. It is set when you sign in or make an account."),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
    ),
    Cookie(
        "draft",
        _(
            "Lets you sign in without losing what you wrote. It is set when you look a post over and are not signed in."
        ),
        KEPT_FOR_VISITORS,
    ),
)
