"""The forms of passkeys: what a browser signs comes in as JSON, and is as hostile as anything typed."""

from __future__ import annotations

import json
import struct
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 40
LONGEST_ANSWER = 20_000  # a browser's answer is a tenth of it
NOT_FROM_A_BROWSER = _(
    "Nothing came from your device. A passkey needs JavaScript; a code by e-mail works without."
)
DID_NOT_WORK = _(
    "This passkey did not work here. It may have been removed, or the page was open for long. "
    "Please try again, or use a code."
)
# What reading made-up bytes can raise on the way through the library.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error, OverflowError)


def as_json(options: Any) -> str:
    """What the browser needs, for an attribute of the page."""
    return json.dumps(options, cls=DjangoJSONEncoder)


class AnswerField(forms.JSONField):
    """What the browser answers: an object, and not a deep one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if len(value or "") > LONGEST_ANSWER:
            raise ValidationError(DID_NOT_WORK, code="invalid")
        try:
            answer = super().to_python(value)
        except (RecursionError, ValidationError) as error:
            raise ValidationError(DID_NOT_WORK, code="invalid") from error
        if answer is not None and not isinstance(answer, dict):
            raise ValidationError(DID_NOT_WORK, code="invalid")
        return answer


def _answer() -> AnswerField:
    return AnswerField(error_messages={"required": NOT_FROM_A_BROWSER})


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("A name for it"),
        help_text=_("So that you know it again, such as “My phone”. Only you see it."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Please give it a name.")},
    )


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey that signs in by itself: the device asks for a finger, a face or a PIN."""

    name = _name()
    credential = _answer()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValidationError, *UNREADABLE) as error:
            raise ValidationError(DID_NOT_WORK, code="invalid") from error
        return cleaned


class NamePasskeyForm(webauthn.EditWebAuthnForm):
    name = _name()


class AnswersWithPasskey:
    """What a browser signed, checked by the library; whatever is wrong is one sentence."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            raise error if error.code == "too_many_login_attempts" else _did_not_work() from error
        except UNREADABLE as error:
            raise _did_not_work() from error


class SignInPasskeyForm(AnswersWithPasskey, webauthn.LoginWebAuthnForm):
    credential = _answer()


class SecondStepPasskeyForm(AnswersWithPasskey, webauthn.AuthenticateWebAuthnForm):
    credential = _answer()


class OnceMorePasskeyForm(AnswersWithPasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = _answer()


def _did_not_work() -> ValidationError:
    return ValidationError(DID_NOT_WORK, code="invalid")
