"""What a moderator decides at the desk. Deciding is `moderation`'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import moderation
from community.desk import spans, wording
from community.fields import PlainTextField
from community.models import CannedReply, HouseRule, PostRevision
from community.models.revisions import TITLE_LENGTH
from community.moderation import covering
from community.workflow import NEEDS_A_RULE, Verb

from .wording import CHOOSE

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member
    from community.models import Decision, Post, ReviewItem

NOTE_LENGTH = 4_000
SHOWN_OF_WORDS = 60
NEEDS_RULE = _("Please choose the house rule that it goes against.")
NEEDS_REASON = _("Please say why. The writer reads it.")
NEEDS_OWN_LINE = _("Please add a line of your own to the saved reply, so that a person speaks.")


class RuleField(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("House rule"),
            queryset=HouseRule.objects.in_force(),
            empty_label=_("Choose one"),
            error_messages=CHOOSE,
            **options,
        )


class TeamNoteField(PlainTextField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Note for the team"),
            help_text=_("Never shown to the writer."),
            max_length=NOTE_LENGTH,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class DecisionForm(forms.Form):
    """A moderator's decision about what they saw: the version travels with the form."""

    decision = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect, error_messages=CHOOSE)
    found = forms.MultipleChoiceField(
        label=_("Cover what the checks found"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    other_words = PlainTextField(
        label=_("Cover other words"),
        help_text=_("Exactly as they stand in the text, one on each line. Every place is covered."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    house_rule = RuleField(required=False, help_text=_("Needed if you do not publish it, or hide it."))
    saved_reply = forms.ModelChoiceField(
        label=_("Begin with a saved reply"),
        queryset=CannedReply.objects.in_use(),
        required=False,
        empty_label=_("None"),
        error_messages=CHOOSE,
        help_text=_("The writer reads it first, and your own words after it."),
    )
    reason = PlainTextField(
        label=_("What the writer will read"),
        help_text=_("Needed unless you publish it or leave it. Kindly, in your own words."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    team_note = TeamNoteField()
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        item: ReviewItem,
        verbs: Sequence[Verb],
        found: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.item, self.verbs = item, verbs
        self._field("decision").choices = [(str(verb), wording.choice(verb, item)[0]) for verb in verbs]
        self._field("found").choices = list(found)
        if Verb.COVER not in verbs:
            del self.fields["found"], self.fields["other_words"]
        elif not found:
            del self.fields["found"]
        if not set(NEEDS_A_RULE) & set(verbs):
            del self.fields["house_rule"]
        if moderation.needs_a_reason(item, Verb.KEEP):
            self.fields["reason"].help_text = _(
                "Needed unless you publish it or show it again. Kindly, please."
            )

    def _field(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def clean_other_words(self) -> str:
        """Each line has to stand in the text as it was written."""
        for words in self._lines(self.cleaned_data["other_words"]):
            if not any(spans.of_words(self.item.revision, words)):
                told = {"words": words[:SHOWN_OF_WORDS]}
                raise forms.ValidationError(
                    gettext("“%(words)s” does not stand in the text. Please copy it from there.") % told
                )
        return str(self.cleaned_data["other_words"])

    def clean(self) -> dict[str, Any]:
        """What the author reads is complete, whatever was chosen."""
        cleaned = self.cleaned_data
        verb = cleaned.get("decision")
        if verb in NEEDS_A_RULE:
            self._need("house_rule", NEEDS_RULE)
        if cleaned.get("saved_reply"):
            self._need("reason", NEEDS_OWN_LINE)
        if verb and moderation.needs_a_reason(self.item, verb):
            self._need("reason", NEEDS_REASON)
        if verb == Verb.COVER and not self.errors:
            self._check_covering()
        return cleaned

    def _need(self, name: str, sentence: str | Promise) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, str(sentence))

    def _check_covering(self) -> None:
        if not self.spans:
            self.add_error("other_words", gettext("Please choose or write what to cover."))
        elif len(self.covered("title")) > TITLE_LENGTH:
            self.add_error(
                "other_words",
                gettext("With so many marks the title is too long. Please ask for a change instead."),
            )

    @staticmethod
    def _lines(words: str) -> Iterable[str]:
        """Each once: the same line a thousand times would be looked for a thousand times."""
        return dict.fromkeys(line.strip() for line in words.split("\n") if line.strip())

    @property
    def spans(self) -> tuple[spans.Span, ...]:
        """What is to be covered: what was ticked, and every place of the words that were written."""
        wanted = {spans.read(value) for value in self.cleaned_data.get("found", [])}
        for words in self._lines(self.cleaned_data.get("other_words", "")):
            wanted.update(spans.of_words(self.item.revision, words))
        return tuple(sorted(wanted))

    def covered(self, part: str) -> str:
        """The title or the body as it would stand there."""
        text = str(getattr(self.item.revision, part))
        return covering.cover(text, spans.in_part(self.spans, part))

    def preview(self) -> PostRevision | None:
        """The words with what was chosen covered, stored nowhere; None while the form is not complete."""
        if not self.is_valid() or not self.spans:
            return None
        return PostRevision(title=self.covered("title"), body=self.covered("body"))

    @property
    def words_to_the_writer(self) -> str:
        """The saved reply, if one was chosen, and the moderator's own words."""
        saved = self.cleaned_data.get("saved_reply")
        return "\n\n".join(filter(None, [saved.text if saved else "", self.cleaned_data["reason"]]))

    @property
    def options(self) -> list[tuple[Any, str | Promise]]:
        """Each choice with the line under it."""
        notes = [wording.choice(verb, self.item)[1] for verb in self.verbs]
        return list(zip(self["decision"], notes, strict=True))

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields under the choice."""
        names = ("other_words", "house_rule", "saved_reply", "reason", "team_note")
        return [self[name] for name in names if name in self.fields]

    def decide(self, *, by: Member) -> Decision:
        """Do what was chosen. Raises `AlreadyDecided`, `ClaimedByAnother`, or another `TransitionRefused`."""
        words = self.cleaned_data
        verb = Verb(words["decision"])
        return moderation.decide(
            self.item,
            by=by,
            version=words["version"],
            verb=verb,
            reason=self.words_to_the_writer,
            house_rule=words.get("house_rule"),
            team_note=words["team_note"],
            spans=self.spans if verb == Verb.COVER else (),
        )


class HideForm(forms.Form):
    """Taking a live post from sight after its item was decided."""

    house_rule = RuleField()
    reason = PlainTextField(
        label=_("What the writer will read"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": NEEDS_REASON},
    )
    team_note = TeamNoteField()

    def act(self, post: Post, *, by: Member) -> Decision:
        return moderation.hide(post, by=by, **self.cleaned_data)


class RestoreForm(forms.Form):
    """Showing a hidden post again."""

    reason = PlainTextField(
        label=_("What the writer will read"),
        help_text=_("You may leave this empty."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    team_note = TeamNoteField()

    def act(self, post: Post, *, by: Member) -> Decision:
        return moderation.restore(post, by=by, **self.cleaned_data)
