"""Where a member is signed in, and ending any of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cachexia_portal.accounts import where_signed_in
from cachexia_portal.accounts.models import Member, OpenSession
from cachexia_portal.accounts.models.open_session import NETWORK_KEPT_FOR
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.page_kinds import form_page

TEMPLATE = "accounts/sessions.html"
SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def sessions(request: HttpRequest) -> HttpResponse:
    """List them, this one first, and end what was asked for."""
    member = member_of(request)
    if request.method == "POST":
        messages.success(request, _end(request, member))
        return redirect("accounts:sessions")
    rows = list(OpenSession.objects.filter(member=member).still_open().order_by("-seen_on", "-pk")[:SHOWN])
    key = request.session.session_key
    this = [row for row in rows if row.session_key == key]
    others = [row for row in rows if row.session_key != key]
    context = {"this": this, "others": others, "days": NETWORK_KEPT_FOR.days}
    return render(request, TEMPLATE, context)


def _end(request: HttpRequest, member: Member) -> str:
    """End one, or all others; one that is gone or is not theirs is answered alike."""
    if "others" in request.POST:
        ended = where_signed_in.end_others(request, member)
        return ngettext("%(number)d sign-in was ended.", "%(number)d sign-ins were ended.", ended) % {
            "number": ended
        }
    wanted = request.POST.get("end", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19:
        mine = OpenSession.objects.filter(member=member, pk=wanted)
        mine.exclude(session_key=request.session.session_key).end()
    return _("That sign-in is ended.")
