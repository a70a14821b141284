"""robots.txt: a demonstration is for nobody's index; a live site hides what is personal."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page

NOT_FOR_CRAWLERS = (
    *("/admin/", "/accounts/", "/me/", "/display/", "/contact/"),
    *("/questions/ask/", "/search/", "/readyz"),
)


@login_not_required
@public_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    paths = ["/"] if settings.IS_DEMO_SITE else NOT_FOR_CRAWLERS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    if not settings.IS_DEMO_SITE:
        lines.append(f"Sitemap: {settings.SITE_URL}{reverse('pages:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
