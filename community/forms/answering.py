"""An answer: from lived experience; with a credential also from training; for the society."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential, Member
from community import moderation
from community.fields import OneLineField, PlainTextField
from community.models import Basis, Kind, Lane, Post, ShownAs
from community.models.revisions import SOURCE_LENGTH, WHEN_TO_CALL_LENGTH

from .wording import CHOOSE
from .words import SignedForm

ANSWER_AS_STAFF = "community.answer_as_staff"
CLINICAL = ("basis", "source", "when_to_call")


class ClinicalForm(forms.Form):
    """What words that carry a credential say beside themselves."""

    basis = forms.ChoiceField(
        label=_("What does it rest on?"),
        choices=Basis.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    source = OneLineField(
        label=_("The source"),
        help_text=_("If it rests on one: what it is called, who made it, and from when it is."),
        max_length=SOURCE_LENGTH,
        required=False,
    )
    when_to_call = PlainTextField(
        label=_("When should somebody call their own team?"),
        help_text=_("Readers see it below your answer."),
        max_length=WHEN_TO_CALL_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "input input-low", "rows": 3}),
    )

    @property
    def clinical_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in CLINICAL if name in self.fields]

    def check_clinical(self) -> None:
        """A basis, its source where it is one, and when to call: readers need all of it."""
        cleaned = self.cleaned_data
        needed = {
            "basis": _("Please choose what it rests on."),
            "when_to_call": _("Please say when somebody should call their own team."),
        }
        if cleaned.get("basis") == Basis.SOURCE:
            needed["source"] = _("Please name the source.")
        for name, sentence in needed.items():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def clinical_words(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name) or "" for name in CLINICAL}


class AnswerForm(ClinicalForm, SignedForm):
    """The lanes that are open to this member; with one alone nothing is asked."""

    lane = forms.ChoiceField(
        label=_("From where do you answer?"), required=False, error_messages=CHOOSE, widget=forms.RadioSelect
    )
    field_order = ("lane", "body", *CLINICAL, "shown_as", "relation")

    def __init__(self, *args: Any, question: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        self.credential = self._credential()
        self.fields["body"].label = _("Your answer")
        self.fields["body"].help_text = _(
            "From your own experience: “In our family …”. What happened, and what you did. "
            "A few honest lines are plenty."
        )
        self._offer_lanes()

    def _credential(self) -> Credential | None:
        return moderation.clinical_credential_for(self.member, self.question) if self.member else None

    def _offer_lanes(self) -> None:
        lanes: list[tuple[str, Any]] = [(Lane.LIVED, _("From my own experience"))]
        if self.credential:
            lanes.append((Lane.CLINICAL, _("From my training")))
        else:
            for name in CLINICAL:
                del self.fields[name]
        if self.member and self.member.has_perm(ANSWER_AS_STAFF):
            lanes.append((Lane.STAFF, _("For the society that runs this site")))
        if len(lanes) == 1:
            del self.fields["lane"]
            return
        lane = cast(forms.ChoiceField, self.fields["lane"])
        lane.choices = lanes
        self.initial = {"lane": Lane.LIVED, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Who answers from training or for the society does so by name."""
        cleaned = self.cleaned_data
        if self.chosen_lane != Lane.LIVED and cleaned.get("shown_as") == ShownAs.ANONYMOUS:
            self.add_error(
                "shown_as",
                _("Such an answer carries your name. Choose your name, or answer from your own experience."),
            )
        if self.chosen_lane == Lane.CLINICAL:
            self.check_clinical()
        return cleaned

    @property
    def chosen_lane(self) -> str:
        return self.cleaned_data.get("lane") or Lane.LIVED

    @property
    def is_lived(self) -> bool:
        return self.chosen_lane == Lane.LIVED

    def preview(self) -> Post:
        credential = self.credential if self.chosen_lane == Lane.CLINICAL else None
        below = {"parent": self.question, "question": self.question}
        drawn = {"kind": Kind.ANSWER, "lane": self.chosen_lane, "credential": credential, **below}
        return self.shown_revision(Post(author=self.shown_author, **drawn, **self.appearance()))

    def clinical_words(self) -> dict[str, str]:
        """Nothing beside the words in another lane."""
        return super().clinical_words() if self.chosen_lane == Lane.CLINICAL else dict.fromkeys(CLINICAL, "")

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        words = {"body": self.cleaned_data["body"], "lane": self.chosen_lane, **self.clinical_words()}
        return moderation.send_answer(author, self.question, **words, **self.appearance())

    @property
    def with_credential(self) -> Post | None:
        """The name and badge that a clinical answer of this member carries; None without a credential."""
        if self.credential is None:
            return None
        return Post(
            kind=Kind.ANSWER, lane=Lane.CLINICAL, credential=self.credential, author=self.shown_author
        )
