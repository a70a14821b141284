"""What a member says of themselves, each act with a form of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits, outbox
from cachexia_portal.accounts.profile_forms import AboutForm, NameForm, TimeZoneForm
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import PROFILE

TEMPLATE = "accounts/profile.html"
ACTS = {"name": NameForm, "about": AboutForm, "time_zone": TimeZoneForm}


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def profile(request: HttpRequest) -> HttpResponse:
    """Show the forms, and save the one that was sent."""
    member = member_of(request)
    act = request.POST.get("act", "")
    forms = {name: form(member=member, prefix=name) for name, form in ACTS.items()}
    context = {"forms": forms, "no_mail_arrives": outbox.is_blocked(member.email or "")}
    if act not in ACTS:
        return render(request, TEMPLATE, context)
    forms[act] = context["form"] = form = ACTS[act](request.POST, member=member, prefix=act)
    if seconds := limits.spend(PROFILE, request):
        return too_many(request, TEMPLATE, context, seconds)
    if not (form.is_valid() and form.save()):
        return render(request, TEMPLATE, context)
    messages.success(request, _("Saved."))
    return redirect("accounts:profile")
