"""The pages about this site, each written in full in its own template."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page


@require_safe
@login_not_required
@public_page
def mission(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/mission.html")


@require_safe
@login_not_required
@public_page
def how_we_check(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/how_we_check.html")


@require_safe
@login_not_required
@public_page
def house_rules(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/house_rules.html")


@require_safe
@login_not_required
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/privacy.html")


@require_safe
@login_not_required
@public_page
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/terms.html")


@require_safe
@login_not_required
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/accessibility.html")


@require_safe
@login_not_required
@public_page
def funding(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/funding.html")


@require_safe
@login_not_required
@public_page
def young_carers(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about/young_carers.html")
