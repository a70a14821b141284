"""The pages of help for the staff: for everybody with a role and a second step, and nobody else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cachexia_portal.help.countries import country_name
from cachexia_portal.help.models import HelpLine, Kind, today
from cachexia_portal.pages import fixed_pages

from . import reading


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """Which guides there are."""
    return _page(request, "contents", title=_("Help for staff"), guides=list(reading.every_guide()))


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """One guide; the one for worry with the numbers of the society's own country."""
    try:
        found = reading.guide(name)
    except KeyError as unknown:
        raise Http404 from unknown
    more = _of_worry() if name == reading.WORRY else {}
    return _page(request, "guide", title=found.title, guide=found, **more)


def _of_worry() -> dict[str, Any]:
    standing = fixed_pages.standing_of(fixed_pages.WORRY, fixed_pages.WORRY.digest())
    return {"standing": standing, **_whom_to_call()}


def _whom_to_call() -> dict[str, Any]:
    """From the site's own help lines, as the public page shows them."""
    day, home = today(), settings.HOME_COUNTRY
    lines = HelpLine.objects.shown().filter(country=home, kind__in=[Kind.EMERGENCY, Kind.CRISIS])
    rows = [{"line": line, "is_stale": line.is_stale_on(day)} for line in lines]
    return {"is_worry": True, "calls": rows, "country": country_name(home) if home else ""}


def _page(request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
    shown = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/staff_guides/{name}.html", shown)
