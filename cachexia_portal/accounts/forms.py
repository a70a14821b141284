"""The forms of signing up and signing in, in the words and the look of this site."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.addresses import UNFINISHED_ADDRESS, check_that_mail_can_go_there
from cachexia_portal.accounts.fields import CountryField, DisplayNameField, RelationField
from cachexia_portal.accounts.models import Member, NameTaken, TakenName
from cachexia_portal.accounts.models.taken_name import own_digest_of

PASSWORD_HINT = _("At least 10 characters. A few words in a row are easy to remember and hard to guess.")
# A code counts for its half minute and the ones beside it; it is remembered for longer than that.
CODE_REMEMBERED_SECONDS = 180


class PlainWords:
    """Labels, hints and lengths of our own for the fields that allauth makes."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if isinstance(field, forms.EmailField):
                say_what_is_wrong_with_an_address(field)


class OneCode(PlainWords):
    """Six digits, offered by the phone's keyboard."""

    labels = {"code": _("The six digits")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "20"}
        field.error_messages["required"] = _("Please type the digits.")


class SignupForm(PlainWords, account.SignupForm):
    """A new member: an address, a name for others, and what is agreed to."""

    field_order = [
        "email",
        "display_name",
        "relation",
        "country",
        "is_adult",
        "accepts_terms",
        "health_consent",
    ]
    labels = {"email": _("E-mail address")}
    hints = {
        "email": _(
            "Other members never see it. We send six digits to it, so there is no password to remember."
        ),
        "display_name": _("Everybody can see it. Please make one up, and do not use your real name."),
        "relation": _("It may be shown beside your posts."),
        "country": _(
            "So that your own pages can lead you to the numbers of your country. Other members never see it."
        ),
        "health_consent": _(
            "Asking and answering here can tell something about health. The law wants a yes of its own for "
            "that. You can leave this box empty and only read, and you can change your mind at any time."
        ),
    }

    account_already_exists: bool
    display_name = DisplayNameField()
    relation = RelationField()
    country = CountryField()
    is_adult = forms.BooleanField(
        label=_("I am 18 or older."),
        error_messages={"required": _("This community is for adults. Please tick the box if you are one.")},
    )
    accepts_terms = forms.BooleanField(
        label=_("I have read the terms and the house rules, and I agree."),
        error_messages={"required": _("You need to agree to the terms to have an account.")},
    )
    health_consent = forms.BooleanField(
        label=_("You may keep and show what I write here about health, mine or another person’s."),
        required=False,
    )

    def clean_display_name(self) -> str:
        name: str = self.cleaned_data["display_name"]
        if not self._took_it_just_now(name) and TakenName.objects.has(name):
            raise NAME_IS_TAKEN
        return name

    def try_save(self, request: HttpRequest) -> tuple[Member | None, HttpResponse | None]:
        """Make the member, or write to an address that has one; both look the same from outside.

        The name is entered as taken in both cases: a name that stayed free would
        tell that the address is known. Raises `NameTaken`.
        """
        try:
            with transaction.atomic():
                self._take_name(request)
                if not self.account_already_exists:
                    return super().try_save(request)
        except IntegrityError as error:  # the same address, or the same name, sent twice at once
            if not Member.objects.filter(email=self.cleaned_data["email"]).exists():
                raise NameTaken from error
            self.account_already_exists = True
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        """Fill the row; adults are noted by the time of saying so, never by a birth date."""
        user.display_name = self.cleaned_data["display_name"]
        user.relation = self.cleaned_data["relation"]
        user.country = self.cleaned_data["country"]
        user.accept_terms()
        user.save()
        if self.cleaned_data["health_consent"]:
            user.give_health_consent()

    def _take_name(self, request: HttpRequest) -> None:
        name = self.cleaned_data["display_name"]
        if self._took_it_just_now(name):
            self._give_up_the_earlier_sign_up(request.session[NAME_JUST_TAKEN])
        else:
            TakenName.objects.take(name)
        request.session[NAME_JUST_TAKEN] = name

    def _took_it_just_now(self, name: str) -> bool:
        """Whether this browser took the name a moment ago, perhaps with a slip in the address."""
        earlier = context.request.session.get(NAME_JUST_TAKEN, "")
        return bool(earlier) and own_digest_of(earlier) == own_digest_of(name)

    def _give_up_the_earlier_sign_up(self, earlier: str) -> None:
        Member.objects.never_confirmed().filter(display_name=earlier).update(display_name="")
        if Member.objects.filter(display_name=earlier).exists():  # confirmed since, in another browser
            raise NameTaken(earlier)


NAME_JUST_TAKEN = "accounts.name_just_taken"
NAME_IS_TAKEN = forms.ValidationError(
    _("Somebody has this name, or one that looks like it. Names are never given twice. Please try another."),
    code="taken",
)


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):
    labels = {"email": _("E-mail address")}
    hints = {
        "email": _(
            "Other members never see it. We send six digits to it, so there is no password to remember."
        )
    }


class PasswordLoginForm(PlainWords, account.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Password")}

    def _setup_password_field(self) -> None:
        """Keep the field: allauth drops it where nobody signs up with a password."""


class ConfirmLoginCodeForm(OneCode, account.ConfirmLoginCodeForm):
    pass


class ConfirmAddressForm(OneCode, account.ConfirmEmailVerificationCodeForm):
    pass


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("The password you have now"),
        "password1": _("The new password"),
        "password2": _("The new password again"),
    }
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(PlainWords, account.SetPasswordForm):
    labels = {"password1": _("The new password"), "password2": _("The new password again")}
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("The new password"), "password2": _("The new password again")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    labels = {"password": _("Your password")}


class OnlyOnce(OneCode):
    """A code from a device that counts one single time, for as long as it could count at all."""

    labels = {"code": _("The six digits your device shows, or a recovery code")}
    user: Member

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        digest = hashlib.sha256(f"{self.user.pk}:{''.join(filter(str.isalnum, code))}".encode()).hexdigest()
        if not cache.add(f"accounts.code:{digest}", "used", timeout=CODE_REMEMBERED_SECONDS):
            raise forms.ValidationError(_("This code was used a moment ago. Please wait for the next one."))
        return code


class AuthenticateForm(OnlyOnce, mfa.AuthenticateForm):
    pass


class MFAReauthenticateForm(OnlyOnce, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(OneCode, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits your device shows")}


def say_what_is_wrong_with_an_address(field: forms.Field) -> None:
    """Give an address field our own sentences, and the length that the column has."""
    field.error_messages |= {"invalid": UNFINISHED_ADDRESS, "required": _("Please type your e-mail address.")}
    field.validators = [*field.validators, check_that_mail_can_go_there]
    field.widget.attrs |= {"maxlength": "254"}
