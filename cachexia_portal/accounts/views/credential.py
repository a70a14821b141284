"""A member's own page about their training: apply, correct, take back, and see where it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts import applying
from cachexia_portal.accounts.credential_forms import ApplicationForm
from cachexia_portal.accounts.models import Credential, CredentialRefused, Member
from cachexia_portal.accounts.signed_in import member_of, while_open
from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import PROFILE

TEMPLATE = "accounts/credential.html"


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
@while_open
def credential(request: HttpRequest) -> HttpResponse:
    """Show where it stands, with the form that is open now; do what was sent."""
    member = member_of(request)
    if request.method != "POST":
        return render(request, TEMPLATE, _page(member, _form_for(member)))
    if seconds := limits.spend(PROFILE, request):
        form = _form_for(member, request.POST)
        return too_many(request, TEMPLATE, _page(member, form), seconds)
    try:
        with transaction.atomic():
            form = _form_for(member, request.POST)
            is_done = _withdraw(member) if "withdraw" in request.POST else _store(form, member)
    except CredentialRefused as refusal:
        kept = kept_words(request)
        page = _page(member, _form_for(member)) | {"refusal": refusal, "kept": kept}
        return render(request, TEMPLATE, page, status=409)
    if not is_done:
        return render(request, TEMPLATE, _page(member, form))
    messages.success(request, _("Saved."))
    return redirect("accounts:credential")


def _form_for(member: Member, typed: Any = None) -> ApplicationForm | None:
    """The form for correcting what waits, or for applying; none while neither is open."""
    waiting = applying.waiting_of(member)
    if waiting is None and not applying.may_apply(member, timezone.localdate()):
        return None
    if typed is not None and "withdraw" in typed:
        typed = None
    return ApplicationForm(typed, instance=waiting or applying.fresh_application(member))


def _page(member: Member, form: ApplicationForm | None) -> dict[str, Any]:
    shown = [each for each in (applying.waiting_of(member), applying.latest_of(member)) if each]
    return {
        "form": form,
        "shown": [(each, applying.reason_for(each)) for each in dict.fromkeys(shown)],
        "is_correction": form is not None and form.instance.pk is not None,
    }


def _store(form: ApplicationForm | None, member: Member) -> bool:
    if form is None:
        raise CredentialRefused(_("This was decided meanwhile, so what you sent was not stored."))
    if not form.is_valid():
        return False
    entry: Credential = form.instance
    if entry.pk is None:
        applying.apply(entry, by=member)
    elif form.changes_the_entry:
        entry.correct(by=member)
    return True


def _withdraw(member: Member) -> bool:
    waiting = applying.waiting_of(member)
    if waiting is None:
        raise CredentialRefused(_("There is nothing to take back. It was decided, or taken back already."))
    waiting.withdraw(by=member)
    return True
