"""Changing the address, in three steps: is it still you, the new one, and the digits sent to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts import mailed_codes, once_more, where_signed_in
from cachexia_portal.accounts.adapter import WRONG_CODE
from cachexia_portal.accounts.address_forms import MailedCodeForm, NewAddressForm
from cachexia_portal.accounts.changing_address import AddressTaken, change_address, is_taken
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.accounts.views.entrance import entrance
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import MAILED_CODE

PURPOSE = "new-address"
# What was typed waits here while the person shows once more who they are.
TYPED = "accounts.typed_address"
ASK, CONFIRM = "accounts/address.html", "accounts/address_confirm.html"


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def address(request: HttpRequest) -> HttpResponse:
    """Ask for the new address, and mail six digits to it; a taken one is answered alike."""
    member = member_of(request)
    typed = request.POST if request.method == "POST" else None
    form = NewAddressForm(typed, member=member, initial={"email": request.session.get(TYPED, "")})
    if not once_more.was_lately_asked(request):
        if typed and form.is_valid():
            request.session[TYPED] = form.cleaned_data["email"]
        return once_more.ask_once_more(request, request.path)
    if not form.is_valid():
        return render(request, ASK, {"form": form})
    if seconds := _spend(request, wanted := form.cleaned_data["email"]):
        return too_many(request, ASK, {"form": form}, seconds)
    request.session.pop(TYPED, None)
    mail = "accounts/email/address_has_account" if is_taken(wanted) else "accounts/email/new_address"
    mailed_codes.send(request, PURPOSE, wanted, mail, counts=not is_taken(wanted))
    return redirect("accounts:confirm_address")


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Take the digits, change the address, and end every other session."""
    wanted = mailed_codes.address_waiting(request, PURPOSE)
    if not wanted:
        return redirect("accounts:address")
    form = MailedCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if mailed_codes.is_right(request, PURPOSE, form.cleaned_data["code"]) and _change(request, wanted):
            messages.success(request, _("Your address is changed. Every other sign-in was ended."))
            return redirect("accounts:profile")
        form.add_error("code", WRONG_CODE)
    return render(request, CONFIRM, {"form": form, "email": wanted})


def _spend(request: HttpRequest, wanted: str) -> int:
    """Count by the member, and by the address that would get the mail."""
    by_member = limits.spend(MAILED_CODE, request)
    return by_member or limits.spend_for(MAILED_CODE, f"address:{wanted}")


def _change(request: HttpRequest, wanted: str) -> bool:
    """Change it, and stay signed in here; whether it was still to be had."""
    mailed_codes.forget(request, PURPOSE)
    try:
        member = change_address(member_of(request), wanted)
    except AddressTaken:
        return False
    where_signed_in.end_others(request, member)
    update_session_auth_hash(request, member)
    return True
