"""How allauth behaves here: what it sends, what it says, and how it counts."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal import limits, outbox
from cachexia_portal.accounts import where_signed_in
from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.second_step import DEVICES, must_show_device, owns_app
from cachexia_portal.delivery.context import site_facts
from cachexia_portal.delivery.kept_words import kept_words

WRONG_CODE = _("These are not the six digits we sent last. Please look at the newest e-mail.")
TOO_MANY = _("There were too many tries in a short while. Please wait a few minutes, then try again.")

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use your device or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
    "mail": _("Use a code that we e-mail to you"),
}

# The page that follows says the same, so a message would say it twice.
SAID_BY_THE_PAGE = {
    "account/messages/login_code_sent.txt",
    "account/messages/email_confirmation_sent.txt",
    "account/messages/email_confirmed.txt",
    "mfa/messages/recovery_codes_generated.txt",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "email_password_mismatch": _(
            "This address and password do not belong together. A code always works."
        ),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not the password you have now."),
        "invalid_password_reset": _("This link has been used already, or it is too old."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a keyed digest of the network: whole addresses are kept nowhere."""
        return limits.client_digest(request)

    def set_password(self, user: Member, password: str) -> None:
        """Write the one column: a whole row saved late would bring a closed account back.

        A new password ends every other session.
        """
        user.keep_password(password)
        where_signed_in.end_others(self.request, user)

    def is_safe_url(self, url: str) -> bool:
        """Lead only to paths of this site; a whole address is never followed."""
        return url.startswith("/") and super().is_safe_url(url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, in the request: a code is stored in no outbox and no log."""
        about = {"portal": site_facts(), "help_url": settings.SITE_URL + reverse("help:help_now")}
        mail = self.render_mail(template_prefix, email, {**context, **about, "email": email})
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            raise ImmediateHttpResponse(self._mail_failed()) from error

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Name the site as the settings do: the host of a request can be invented."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def _mail_failed(self) -> HttpResponse:
        kept = kept_words(self.request)
        return render(self.request, "account/mail_failed.html", {"kept": kept}, status=503)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *rest: Any, **named: Any
    ) -> None:
        if message_template not in SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *rest, **named)

    def pre_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse | None:
        """Refuse closed accounts, the invented people on a live site, and an address that was given up."""
        if not user.may_sign_in:
            return self.respond_user_inactive(request, user)
        if _was_given_up(named["email"], user):  # the code was mailed before the address was changed
            clear_login(request)
            return redirect("account_login")
        return super().pre_login(request, user, **named)

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Whoever comes to look because no mail came is told why."""
        response: HttpResponse = super().post_login(request, user, **named)
        if outbox.is_blocked(user.email or ""):
            told = gettext(
                "Our mails to you do not arrive. “Mails you get”, in your profile, says what to do."
            )
            messages.warning(request, told)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask those who must show a device for it, and never only for the password.

        The others may choose, and have the code by mail where there is no password.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for each in methods:
            each["description"] = WAYS[each["id"]]
        if not owns_app(user):  # recovery codes come last, and are for the day when the passkey is lost
            methods.sort(key=lambda each: each["id"] == "mfa_reauthenticate")
        if must_show_device(user):
            return [each for each in methods if each["id"] != "reauthenticate"]
        by_mail = {"id": "mail", "description": WAYS["mail"], "url": reverse("accounts:once_more")}
        return methods if user.has_usable_password() else [*methods, by_mail]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")


def _was_given_up(email: str | None, user: Member) -> bool:
    return bool(email) and (email or "").lower() != (user.email or "").lower()


class MFAAdapter(DefaultMFAAdapter):
    """A device as a second step, and passkeys as a way in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("These digits do not fit. They change often; please type the ones shown now."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Answer allauth's one question about both kinds of device by what the sign-in needs."""
        if user.is_authenticated and set(types or ()) == set(DEVICES):
            return must_show_device(user)
        return bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site as the settings do: the host of a request can be invented."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the account in the member's device by the display name, not the address."""
        named: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**named, "name": user.byline, "display_name": user.byline}

    def build_totp_svg(self, url: str) -> str:
        """Draw the picture on white, so that a device can read it in dark colours too."""
        import qrcode  # large, and needed on one page only
        from qrcode.image.svg import SvgPathFillImage

        drawn: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return drawn

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the member's device by the display name, not the address."""
        member: Member = user
        return member.byline
