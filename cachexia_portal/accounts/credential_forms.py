"""The forms of a credential: the member's application, and the verifiers' page."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential, FieldOfPractice, Profession
from cachexia_portal.accounts.public_names import check_letters, check_line, check_public_name, tidy_line
from cachexia_portal.help.countries import country_choices

LONGEST_REASON = 1000


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Please choose")), *country_choices()]


class EntryForm(forms.ModelForm):
    """An entry of a register, and the version of the row that the page was made from.

    Nobody stores over a change that they have not seen: the second one is told, and
    keeps what they typed; sent once more, it takes its place.
    """

    instance: Credential

    fields_of_practice = forms.MultipleChoiceField(
        label=_("Fields of practice"),
        choices=FieldOfPractice.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one field.")},
    )
    country = forms.ChoiceField(
        label=_("Country of the register"),
        choices=_countries,
        error_messages={"required": _("Please choose the country.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Credential
        fields = ["profession", "country", "register", "number", "public_name", "letters"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.version if self.instance.pk else None)
        if "fields_of_practice" in self.fields:
            self.fields["fields_of_practice"].initial = self.instance.fields

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and "seen" in self.fields:
            # Locked in the transaction of the one who saves, so that nobody comes between.
            stored = Credential.objects.select_for_update().get(pk=self.instance.pk)
            if cleaned.get("seen") != stored.version:
                self.refuse_unseen(stored)
        return cleaned

    @property
    def changes_the_entry(self) -> bool:
        """Whether anything of the entry itself was typed anew."""
        return bool(set(self.changed_data) - {"seen", "reason"})

    def refuse_unseen(self, stored: Credential) -> None:
        """Say that the row has changed, and let the next sending count for the row as it is now."""
        sent: Any = self.data
        sent = sent.copy()
        sent[self.add_prefix("seen")] = str(stored.version)
        self.data = sent
        self.add_error(None, self.what_changed(stored))
        self.add_error(None, _("If you send it again, what stands below takes its place."))

    @abstractmethod
    def what_changed(self, stored: Credential) -> ValidationError:
        """What stands there now, in words for whoever fills this form in."""

    def _post_clean(self) -> None:
        if "fields_of_practice" in self.cleaned_data:
            self.instance.fields = self.cleaned_data["fields_of_practice"]
        super()._post_clean()  # type: ignore[misc]


class CredentialForm(EntryForm):
    """The verifiers' page: the entry, and why it is not verified or is ended."""

    reason = forms.CharField(
        label=_("Why it is not verified, or is ended"),
        help_text=_("Only for these two steps. The member reads these words."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta(EntryForm.Meta):
        fields = ["member", *EntryForm.Meta.fields, "expires_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ends = {"_refuse", "_end"} & set(self.data)
        if ends and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please say why. The member reads it."))
        return cleaned

    def what_changed(self, stored: Credential) -> ValidationError:
        now = [
            stored.get_profession_display(),
            *stored.field_names,
            stored.country_name,
            stored.register,
            # The number is covered on this page: only whether it is another one.
            _("another number") if stored.number != self.cleaned_data.get("number", stored.number) else "",
            stored.public_name,
            stored.letters,
            stored.expires_on.isoformat(),
        ]
        return ValidationError(
            _("Somebody else changed this after you opened it. It is now: %(now)s. Yours is still below."),
            params={"now": " · ".join(str(word) for word in now if word)},
        )


class ApplicationForm(EntryForm):
    """What a member says of their own training. The number is never written back into the page."""

    field_order = ["profession", "fields_of_practice", "country", "register", "number"]

    class Meta(EntryForm.Meta):
        labels = {
            "profession": _("Your profession"),
            "register": _("The register you are in"),
            "number": _("Your number there"),
            "public_name": _("The name shown with your answers"),
            "letters": _("Letters after your name"),
        }
        help_texts = {
            "register": _("The board, council or chamber that registers you."),
            "number": _("Only the people who check it can see it. We never show it, not even to you."),
            "public_name": _(
                "Everybody can see it once we have checked. Please give it as the register does."
            ),
            "letters": _("Such as RN or RD. Everybody can see them."),
        }
        error_messages = {
            "profession": {"required": _("Please choose your profession.")},
            "register": {"required": _("Please say which register you are in.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["number"] = ""
        number, name = self.fields["number"], self.fields["public_name"]
        number.required, name.required = not self.instance.number, True
        number.error_messages["required"] = _("Please give your number in the register.")
        name.error_messages["required"] = _("Please give the name to be shown.")
        profession: Any = self.fields["profession"]
        profession.choices = [("", _("Please choose")), *Profession.choices]
        number.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        if self.instance.number:
            number.help_text = _("We have your number. Leave this empty to keep it, or type a new one.")
        self.fields["fields_of_practice"].help_text = _("You can answer where one of these is asked for.")

    def clean_register(self) -> str:
        return _checked(self.cleaned_data["register"], check_line)

    def clean_number(self) -> str:
        return _checked(self.cleaned_data["number"], check_line) or self.instance.number

    def clean_public_name(self) -> str:
        return _checked(self.cleaned_data["public_name"], check_public_name)

    def clean_letters(self) -> str:
        return _checked(self.cleaned_data["letters"], check_letters)

    def what_changed(self, stored: Credential) -> ValidationError:
        return ValidationError(
            _(
                "This was changed after you opened the page, perhaps in another tab. Your words are still here."
            )
        )


def _checked(text: str, check: Any) -> str:
    line = tidy_line(text)
    if line:
        check(line)
    return line
