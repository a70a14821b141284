"""What a moderator decides at the desk. Deciding is `moderation`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community import moderation
from community.fields import PlainTextField
from community.models import HouseRule

from .wording import CHOOSE

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member
    from community.models import Decision, ReviewItem

NOTE_LENGTH = 4_000


class DecisionForm(forms.Form):
    """A moderator's decision about what they saw: the version travels with the form."""

    PUBLISH, REFUSE = "publish", "refuse"
    NEEDED = {
        "house_rule": _("Please choose the house rule that it goes against."),
        "reason": _("Please say why. The writer reads it."),
    }

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(PUBLISH, _("Publish it as it is")), (REFUSE, _("Do not publish"))],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    house_rule = forms.ModelChoiceField(
        label=_("House rule"),
        queryset=HouseRule.objects.in_force(),
        required=False,
        empty_label=_("Choose one, if you do not publish it"),
        error_messages=CHOOSE,
    )
    reason = PlainTextField(
        label=_("What the writer will read"),
        help_text=_("Needed if you do not publish it. Kindly, in your own words."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    team_note = PlainTextField(
        label=_("Note for the team"),
        help_text=_("Never shown to the writer."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A refusal needs a house rule and a reason: its author reads both."""
        cleaned = self.cleaned_data
        if cleaned.get("decision") == self.REFUSE:
            for name, sentence in self.NEEDED.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields under the choice."""
        return [self[name] for name in ("house_rule", "reason", "team_note")]

    def decide(self, item: ReviewItem, *, by: Member) -> Decision:
        """Do what was chosen. Raises `AlreadyDecided` where somebody was faster."""
        words = self.cleaned_data
        seen = {"by": by, "version": words["version"], "team_note": words["team_note"]}
        if words["decision"] == self.PUBLISH:
            return moderation.publish(item, **seen)
        rule, reason = words["house_rule"], words["reason"]
        return moderation.refuse(item, house_rule=rule, reason=reason, **seen)
