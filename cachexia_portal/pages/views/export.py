"""A copy of everything that is held about a member, made when they ask for it and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.once_more import asked_once_more
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import EXPORT
from cachexia_portal.pages import exporting


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@asked_once_more
@while_open
def export(request: HttpRequest) -> HttpResponse:
    """Say what there is to take along; a button makes it."""
    template, member = "pages/export.html", member_of(request)
    make = {"json": _file, "page": _page}.get(request.POST.get("form", ""))
    if make is None:
        return render(request, template)
    if seconds := limits.spend(EXPORT, request):
        return too_many(request, template, {}, seconds)
    return make(request, member)


def _file(request: HttpRequest, member: Member) -> HttpResponse:
    words = exporting.as_json(exporting.everything_about(member), member)
    return _named(HttpResponse(words, content_type="application/json; charset=utf-8"), "attachment", "json")


def _page(request: HttpRequest, member: Member) -> HttpResponse:
    """To read and to print; a browser that keeps it gives it the same name."""
    context = {"sections": exporting.everything_about(member), "member": member, "made_at": timezone.now()}
    return _named(render(request, "pages/exported.html", context), "inline", "html")


def _named(response: HttpResponse, how: str, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'{how}; filename="{exporting.file_name(ending)}"'
    return response
