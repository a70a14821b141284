"""security.txt (RFC 9116): whom somebody tells who found a hole in the site."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page

COUNTS_FOR = timedelta(days=180)  # from the day it is read; the standard asks for less than a year


@login_not_required
@public_page
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": _contact(),
        "Expires": (today + COUNTS_FOR).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "en",
        "Canonical": f"{settings.SITE_URL}{reverse('pages:security_txt')}",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _contact() -> str:
    """An address as the standard wants it; the contact form of a site that set none."""
    contact = settings.SECURITY_CONTACT or settings.CONTACT_EMAIL
    if not contact:
        return f"{settings.SITE_URL}{reverse('pages:contact')}"
    return contact if contact.startswith(("https://", "mailto:")) else f"mailto:{contact}"
