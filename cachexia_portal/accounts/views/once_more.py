"""Is it still you? For members who sign in with codes alone: one more, to the address they have."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts import mailed_codes
from cachexia_portal.accounts import once_more as asking
from cachexia_portal.accounts.adapter import WRONG_CODE
from cachexia_portal.accounts.address_forms import MailedCodeForm
from cachexia_portal.accounts.second_step import owns_second_step
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.accounts.views.entrance import entrance
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import MAILED_CODE

PURPOSE = "once-more"
TEMPLATE = "accounts/once_more.html"


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def once_more(request: HttpRequest) -> HttpResponse:
    """Mail a code when asked to, and take it; then on to where the person was going."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    then = wanted if get_adapter(request).is_safe_url(wanted) else reverse("accounts:profile")
    if not asking.has_codes_only(request):
        return asking.ask_once_more(request, then)
    email = member_of(request).email or ""
    is_answer = request.method == "POST" and "code" in request.POST
    form = MailedCodeForm(request.POST if is_answer else None)
    has_passkeys = owns_second_step(request.user)
    context = {"next": then, "email": email, "has_passkeys": has_passkeys, "form": form}
    if request.method == "POST" and not is_answer:
        return _send(request, context, email)
    if is_answer and _is_right(request, form):
        asking.remember(request)
        return redirect(then)
    return render(request, TEMPLATE, context | {"is_sent": _is_sent(request)})


def _send(request: HttpRequest, context: dict, email: str) -> HttpResponse:
    if seconds := limits.spend(MAILED_CODE, request):
        return too_many(request, TEMPLATE, context | {"is_sent": _is_sent(request)}, seconds)
    mailed_codes.send(request, PURPOSE, email, "accounts/email/once_more")
    return render(request, TEMPLATE, context | {"is_sent": True})


def _is_sent(request: HttpRequest) -> bool:
    return bool(mailed_codes.address_waiting(request, PURPOSE))


def _is_right(request: HttpRequest, form: MailedCodeForm) -> bool:
    if not form.is_valid():
        return False
    if mailed_codes.is_right(request, PURPOSE, form.cleaned_data["code"]):
        mailed_codes.forget(request, PURPOSE)
        return True
    form.add_error("code", WRONG_CODE)
    return False
