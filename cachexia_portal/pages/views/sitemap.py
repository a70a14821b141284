"""sitemap.xml: what search engines may know of. Pages that nobody shall find there are left out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import sitemap as guides
from cachexia_portal.delivery.page_kinds import public_page
from community import sitemap as questions

FIXED = (
    "pages:home",
    "help:help_now",
    "pages:about_mission",
    "pages:about_how_we_check",
    "pages:about_house_rules",
    "pages:about_privacy",
    "pages:about_terms",
    "pages:about_accessibility",
    "pages:about_funding",
    "pages:about_young_carers",
)


@login_not_required
@public_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    fixed = [(reverse(name), None) for name in FIXED]
    paths = [*fixed, *guides.addresses_for(request.user), *questions.addresses_for(request.user)]
    context = {"site_url": settings.SITE_URL, "paths": paths}
    return render(request, "pages/sitemap.xml", context, content_type="application/xml; charset=utf-8")
