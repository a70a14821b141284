"""What a member may do about the account as a whole: the consent, and the end."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import CLOSE_ACCOUNT, PROFILE
from cachexia_portal.pages.me_forms import CloseAccountForm, ConsentForm
from community import leaving


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def close_account(request: HttpRequest) -> HttpResponse:
    """Empty the account, say goodbye, and leave nothing waiting; what is public may stay."""
    template, member = "pages/close_account.html", member_of(request)
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, template, {"form": form})
    if seconds := limits.spend(CLOSE_ACCOUNT, request):
        return too_many(request, template, {"form": form}, seconds)
    leaving.close_account(member, takes_posts_down=form.takes_posts_down)
    logout(request)
    messages.success(request, _("Your account is closed."))
    return redirect("pages:home")


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def health_consent(request: HttpRequest) -> HttpResponse:
    """Show the consent for health data; take it, or take it back with every post."""
    template, member = "pages/health_consent.html", member_of(request)
    form = ConsentForm(request.POST if request.method == "POST" else None, member=member)
    if not form.is_valid():
        return render(request, template, {"form": form})
    if seconds := limits.spend(PROFILE, request):
        return too_many(request, template, {"form": form}, seconds)
    with transaction.atomic():
        member = Member.objects.locked(member)
        if form.changes(member):
            _do_what_was_named(form.cleaned_data["act"], member)
    return redirect("pages:health_consent")


def _do_what_was_named(act: str, member: Member) -> None:
    if act == ConsentForm.GIVE:
        member.give_health_consent()
    else:
        leaving.end_health_consent(member)
