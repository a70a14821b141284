"""Signing up and signing in: allauth's flows, where ours differ."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.generic import RedirectView

from cachexia_portal.accounts.forms import NAME_IS_TAKEN, PasswordLoginForm
from cachexia_portal.accounts.models import NameTaken
from cachexia_portal.accounts.passkey_forms import as_json
from cachexia_portal.accounts.signed_in import while_open
from cachexia_portal.accounts.views.limited import too_many
from cachexia_portal.delivery.page_kinds import form_page

SECONDS_AFTER_TOO_MANY_TRIES = 300
TOO_MANY = {"too_many_login_attempts", "rate_limited"}
View = Callable[..., HttpResponseBase]


def entrance(view: View) -> View:
    """Make a page of allauth one of ours: a form page, and 429 where it says "too many"."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except ImmediateHttpResponse as instead:
            response = instead.response
        if response.status_code == 429 and not response.has_header("Retry-After"):
            return too_many(request)
        if _says_too_many(response):
            response.status_code = 429
            response["Retry-After"] = str(SECONDS_AFTER_TOO_MANY_TRIES)
        return response

    return form_page(while_open(page))


def _says_too_many(response: HttpResponseBase) -> bool:
    form = (getattr(response, "context_data", None) or {}).get("form")
    if form is None or not form.is_bound:
        return False
    return any(error.code in TOO_MANY for errors in form.errors.as_data().values() for error in errors)


class SignUpView(account.SignupView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Say so at the field when somebody else took the name in this very moment."""
        try:
            return super().form_valid(form)
        except NameTaken:
            form.add_error("display_name", NAME_IS_TAKEN)
            return self.form_invalid(form)


class PasswordLoginView(account.LoginView):
    form_class = PasswordLoginForm
    template_name = "account/login_by_password.html"

    def get_form_class(self) -> type[PasswordLoginForm]:
        return PasswordLoginForm


class SecondStepView(mfa.AuthenticateView):
    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Offer the passkeys that the member has; who has none sees nothing of them."""
        context: dict[str, Any] = super().get_context_data(**named)
        options = context["js_data"]["request_options"]
        has_passkeys = bool(options["publicKey"].get("allowCredentials"))
        return {**context, "options": as_json(options) if has_passkeys else ""}


sign_up = entrance(SignUpView.as_view())
sign_in = entrance(account.request_login_code)
sign_in_again = entrance(
    login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))
)
sign_in_by_password = entrance(PasswordLoginView.as_view())
confirm_login_code = entrance(account.confirm_login_code)
confirm_address = entrance(account.email_verification_sent)
authenticate = entrance(SecondStepView.as_view())
reauthenticate = entrance(account.reauthenticate)
reauthenticate_by_device = entrance(mfa.reauthenticate)
logout = entrance(account.logout)
inactive = entrance(account.account_inactive)
set_password = entrance(account.password_set)
change_password = entrance(account.password_change)
address = entrance(RedirectView.as_view(pattern_name="accounts:profile"))
reset_password = entrance(account.password_reset)
reset_password_asked = entrance(account.password_reset_done)
reset_password_by_link = entrance(account.password_reset_from_key)
reset_password_done = entrance(account.password_reset_from_key_done)
second_step = entrance(mfa.index)
deactivate_totp = entrance(totp.deactivate_totp)
view_recovery_codes = entrance(recovery_codes.view_recovery_codes)
generate_recovery_codes = entrance(recovery_codes.generate_recovery_codes)
download_recovery_codes = entrance(recovery_codes.download_recovery_codes)
# The picture that a device reads is written into the page; no other page needs that.
activate_totp = entrance(csp_update({"img-src": ["data:"]})(totp.activate_totp))
