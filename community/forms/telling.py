"""Telling a story: the words, whom it is about, and what may be done with it, one use at a time."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Member
from community import consent_words, moderation
from community.models import Kind, Post, WhoKnows
from community.moderation import Agreed

from .filing import FiledForm
from .wording import CHOOSE
from .words import SignedForm

YES, NO = "yes", "no"
FURTHER = tuple(purpose.name for purpose in consent_words.FURTHER)
CONSENT = ("who_knows", consent_words.ON_THIS_SITE, *FURTHER, "years")
STORY_FILING = ("content_notes",)
PROMPTS = (
    _("What was it like before you had a word for it?"),
    _("Was there one meal, or one day, that stayed with you?"),
    _("What helped, even a little? What did not?"),
    _("What would you tell somebody whose first week this is?"),
)


class ConsentForm(forms.Form):
    """What its teller agrees to. Nothing is chosen beforehand but the shorter time."""

    who_knows = forms.ChoiceField(
        label=consent_words.WHO,
        help_text=consent_words.WHO_HINT,
        choices=WhoKnows.choices,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    on_this_site = forms.ChoiceField(
        label=consent_words.SITE.label,
        help_text=consent_words.SITE.hint,
        choices=[(YES, consent_words.SITE_YES), (NO, consent_words.SITE_NO)],
        error_messages={
            **CHOOSE,
            "required": _("Please choose yes or no. “No” keeps it as a draft that only you can see."),
        },
        widget=forms.RadioSelect,
    )
    years = forms.TypedChoiceField(
        label=consent_words.HOW_LONG,
        help_text=consent_words.HOW_LONG_HINT,
        choices=list(consent_words.YEARS.items()),
        coerce=int,
        empty_value=cast(Any, min(consent_words.YEARS)),
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_final: bool = True, **options: Any) -> None:
        super().__init__(*args, **{"is_final": is_final, **options})
        self.is_final = is_final
        self.initial = {"years": min(consent_words.YEARS), **self.initial}
        for purpose in consent_words.FURTHER:
            self.fields[purpose.name] = forms.BooleanField(
                label=purpose.label, help_text=purpose.hint, required=False
            )

    def clean_on_this_site(self) -> str:
        """No is an answer too: then it is looked at, and kept, and not sent."""
        chosen = str(self.cleaned_data[consent_words.ON_THIS_SITE])
        if self.is_final and chosen == NO:
            raise forms.ValidationError(
                _("You chose to keep it just for you, so it was not sent. To send it, choose yes.")
            )
        return chosen

    @property
    def asks_consent(self) -> bool:
        return consent_words.ON_THIS_SITE in self.fields

    @property
    def may_be_sent(self) -> bool:
        """Whether its teller wants it sent at all."""
        return not self.asks_consent or self.cleaned_data.get(consent_words.ON_THIS_SITE) == YES

    @property
    def further_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FURTHER]

    @property
    def says(self) -> dict[str, Any]:
        """The words around the fields."""
        return {
            "more": consent_words.MORE,
            "more_hint": consent_words.MORE_HINT,
            "promise": consent_words.PROMISE,
            "promises": consent_words.PROMISES,
        }

    @property
    def agreed(self) -> Agreed | None:
        """What was chosen; None where nothing was asked."""
        if not self.asks_consent:
            return None
        chosen = {name: self.cleaned_data[name] for name in ("who_knows", *FURTHER, "years")}
        return Agreed(on_this_site=self.may_be_sent, **chosen)

    @property
    def said_yes_to(self) -> list[str | Promise]:
        """For the look: each use that was agreed to, and for how long; empty where it is kept back."""
        if not self.asks_consent or not self.may_be_sent:
            return []
        uses = [each.in_a_list for each in consent_words.FURTHER if self.cleaned_data.get(each.name)]
        return [consent_words.SITE.in_a_list, *uses, consent_words.YEARS[self.cleaned_data["years"]]]


class StoryForm(ConsentForm, FiledForm, SignedForm):
    """A story of one's own; the words, whom it is about, and one yes or no are needed."""

    last_fields: ClassVar[tuple[str, ...]] = ("title", "topics", "health_consent")
    unseen_fields: ClassVar[tuple[str, ...]] = ("topics",)
    prompts = PROMPTS
    field_order = ("title", "body", "content_notes", "who_knows", "relation", "shown_as", "on_this_site")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("cancer_type", "wants", "noindex"):
            del self.fields[name]
        self.order_fields([*self.field_order, *FURTHER, "years"])
        self.fields["title"].label = _("A title")
        self.fields["title"].help_text = _("A few plain words. It can wait until the end.")
        body = cast(forms.CharField, self.fields["body"])
        body.label = _("Your story")
        body.help_text = _("Please use other names for people, and leave out hospitals and dates.")
        body.widget.attrs["rows"] = 14

    def preview(self) -> Post:
        filing = {"content_notes": self.cleaned_data.get("content_notes") or []}
        return self.shown_revision(
            Post(kind=Kind.STORY, author=self.shown_author, **self.appearance(), **filing)
        )

    def send(self, author: Member) -> Post:
        self.keep_consent(author)
        return moderation.send_story(
            author,
            title=self.cleaned_data["title"],
            body=self.cleaned_data["body"],
            content_notes=self.cleaned_data.get("content_notes") or (),
            topics=tuple(self.cleaned_data.get("topics") or ()),
            consent=cast(Agreed, self.agreed),
            **self.appearance(),
        )
