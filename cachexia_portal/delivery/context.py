"""What every template knows about the site. Costs no query."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path

from cachexia_portal.delivery.display import Display
from cachexia_portal.delivery.site_notices import notices_now


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor. `canonical_url` is the page without its query.

    The name is not `site`, because allauth's pages have a `site` of their own.
    """
    return {
        "portal": facts_of_now(),
        "display": Display.from_request(request),
        "canonical_url": settings.SITE_URL + escape_uri_path(request.path),
    }


def facts_of_now() -> dict[str, Any]:
    """What a page says of the site at this moment; finished pages that wait in a file know the settings only."""
    return {**site_facts(), "notices": notices_now()}


def site_facts() -> dict[str, Any]:
    """The settings a page may show; also for pages that are made without a request."""
    return {
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
        "organisation": settings.ORGANISATION,
        "postal_address": settings.POSTAL_ADDRESS,
        "contact_email": settings.CONTACT_EMAIL,
        "safeguarding_email": settings.SAFEGUARDING_EMAIL,
        "privacy_email": settings.PRIVACY_EMAIL,
        "is_demo": settings.IS_DEMO_SITE,
        "is_read_only": settings.READ_ONLY,
        "time_zone": settings.TIME_ZONE,
    }
