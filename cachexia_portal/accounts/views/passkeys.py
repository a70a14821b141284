"""Passkeys: allauth's flows, where ours differ. Every page says in words what to use instead."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic.edit import FormView

from cachexia_portal.accounts.once_more import asked_once_more
from cachexia_portal.accounts.passkey_forms import as_json
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.accounts.views.entrance import entrance


class AddView(webauthn.AddWebAuthnView):
    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Ask the device for a passkey that can sign in by itself."""
        context: dict[str, Any] = {**super().get_context_data(), **named}
        return {**context, "options": as_json(auth.begin_registration(self.request.user, True))}

    def get_success_url(self) -> str:
        """Show the recovery codes to those who may once need them: the staff."""
        if self.did_generate_recovery_codes and member_of(self.request).is_staff:
            return reverse("mfa_view_recovery_codes")
        return reverse("mfa_list_webauthn")


class SignInView(webauthn.LoginWebAuthnView):
    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page for people, which keeps nothing yet; for its script what the device needs."""
        if request.headers.get("Accept") == "application/json":
            return super().get(request, *args, **kwargs)
        return FormView.get(self, request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it on the page itself."""
        return FormView.form_invalid(self, form)

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        return {**super().get_context_data(), **named}


class ReauthenticateView(webauthn.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it on the page itself."""
        return FormView.form_invalid(self, form)

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """A form that was refused comes back with its sentence, and with a new question for the device."""
        context: dict[str, Any] = {**super().get_context_data(), **named}
        return {**context, "options": as_json(context["js_data"]["request_options"])}


passkeys = entrance(webauthn.list_webauthn)
add = entrance(asked_once_more(AddView.as_view()))
sign_in = entrance(SignInView.as_view())
reauthenticate = entrance(ReauthenticateView.as_view())
rename = entrance(webauthn.edit_webauthn)
remove = entrance(webauthn.remove_webauthn)
