"""Forms for what members write. They check and say sorry; sending is `moderation`'s."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member, Relation
from community import moderation, plain_text
from community.fields import OneLineField, PlainTextField
from community.models import Post, ShownAs
from community.models.revisions import BODY_LENGTH, TITLE_LENGTH

from .wording import CHOOSE


class WordsForm(forms.Form):
    """What a question and an answer share: the words, and how they are shown."""

    body = PlainTextField(
        max_length=BODY_LENGTH,
        error_messages={"required": _("Please write something first. A few words are enough.")},
    )
    relation = forms.ChoiceField(
        label=_("Who do you care for?"),
        choices=Relation.choices,
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    shown_as = forms.ChoiceField(
        label=_("How should it appear?"),
        choices=ShownAs.choices,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
        help_text=_("Without your name it says “A caregiver”, to readers and to our moderators."),
    )
    health_consent = forms.BooleanField(
        label=_(
            "I agree that this site keeps and shows what I write here about health, mine or that of "
            "the person I care for. I can end this at any time under My posts."
        ),
        error_messages={"required": _("Without this we may not keep words about health. Please tick it.")},
    )

    def __init__(self, *args: Any, member: Member | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member
        if member is None or member.has_health_consent:
            del self.fields["health_consent"]
        if member is not None:
            self._speak_to(member)

    def _speak_to(self, member: Member) -> None:
        self.initial = {"relation": member.relation, "shown_as": ShownAs.NAME, **self.initial}
        as_named = gettext("As %(name)s") % {"name": member.byline}
        shown_as = cast(forms.ChoiceField, self.fields["shown_as"])
        shown_as.choices = [(ShownAs.NAME, as_named), (ShownAs.ANONYMOUS, ShownAs.ANONYMOUS.label)]

    @abstractmethod
    def send(self, author: Member) -> Post:
        """Hand the words to the desk."""

    def keep_consent(self, author: Member) -> None:
        """The box that was ticked with these words; nothing where the consent stands already."""
        if self.cleaned_data.get("health_consent"):
            author.give_health_consent()

    def _appearance(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in ("shown_as", "relation")}


class AskForm(WordsForm):
    title = OneLineField(
        label=_("A title for the list"),
        help_text=_("Left empty, your first sentence is the title."),
        max_length=TITLE_LENGTH,
        required=False,
    )
    field_order = ["body", "title", "relation", "shown_as", "health_consent"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["body"].label = _("What is going on?")
        self.fields["body"].help_text = _(
            "Say a little about the person, what you have noticed, and what you would like to know."
        )

    def clean(self) -> dict[str, Any]:
        """A title is made from the writer's own words where none was given."""
        cleaned = self.cleaned_data
        if not cleaned.get("title") and "title" not in self.errors:
            cleaned["title"] = plain_text.first_sentence(cleaned.get("body", ""), TITLE_LENGTH)
        return cleaned

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        words = {key: self.cleaned_data[key] for key in ("title", "body")}
        return moderation.send_question(author, **words, **self._appearance())


class AnswerForm(WordsForm):
    def __init__(self, *args: Any, question: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        self.fields["body"].label = _("Your answer")
        self.fields["body"].help_text = _("Speak from your own experience. A few honest lines are plenty.")

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        body = self.cleaned_data["body"]
        return moderation.send_answer(author, self.question, body=body, **self._appearance())
