"""What a question or a story is filed under: all of it optional, all of it from lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.models import CancerType, Topic
from community import moderation, plain_text
from community.fields import OneLineField
from community.models import ContentNote, Post, Wants
from community.models.revisions import TITLE_LENGTH

from .wording import CHOOSE, CHOOSE_SOME

FILED = ("cancer_type", "wants", "content_notes", "noindex")


class FiledForm(forms.Form):
    """The part of a question's form that its readers find it by."""

    title = OneLineField(
        label=_("A title for the list"),
        help_text=_("Left empty, we suggest one from your words before you send it."),
        max_length=TITLE_LENGTH,
        required=False,
    )
    cancer_type = forms.ModelChoiceField(
        label=_("Which cancer is it?"),
        queryset=CancerType.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("Rather not say, or another illness"),
        error_messages=CHOOSE,
    )
    wants = forms.ChoiceField(
        label=_("What would help you?"),
        choices=[*Wants.choices, ("", _("Whatever comes"))],
        required=False,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    content_notes = forms.MultipleChoiceField(
        label=_("Does it mention something that is hard to read?"),
        help_text=_("Readers see this above your words, so that they can choose when to read them."),
        choices=ContentNote.choices,
        required=False,
        error_messages=CHOOSE_SOME,
        widget=forms.CheckboxSelectMultiple,
    )
    noindex = forms.BooleanField(label=_("Keep it out of search engines"), required=False)
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        to_field_name="slug",
        required=False,
        error_messages=CHOOSE_SOME,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """A title is made from the writer's own words where none was given."""
        cleaned = self.cleaned_data
        if not cleaned.get("title") and "title" not in self.errors:
            cleaned["title"] = plain_text.first_sentence(cleaned.get("body", ""), TITLE_LENGTH)
        return cleaned

    @property
    def fold_fields(self) -> list[forms.BoundField]:
        """What may be left alone, and stands folded away."""
        return [self[name] for name in ("topics", *FILED) if name in self.fields]

    @property
    def has_fold_errors(self) -> bool:
        """Whether the fold has to stand open."""
        return any(field.errors for field in self.fold_fields)

    def filing(self) -> dict[str, Any]:
        """What was chosen from the lists, topics among it."""
        return {**self.shown_filing(), "topics": tuple(self.cleaned_data.get("topics") or ())}

    def shown_filing(self) -> dict[str, Any]:
        """What stands in columns of the post itself."""
        return {name: self.cleaned_data.get(name) for name in FILED if name in self.fields}

    @property
    def topic_options(self) -> tuple[list[Any], list[Any]]:
        """The topics that are chosen, and the others."""
        options = list(self["topics"])
        chosen = [option for option in options if option.data["selected"]]
        return chosen, [option for option in options if not option.data["selected"]]


@transaction.atomic
def file_again(post: Post, filing: dict[str, Any]) -> None:
    """The writer's own choice from the lists, seen by everybody at once: none of it is words.

    To be kept out of search engines is an act of its own, which no backup may undo.
    """
    columns = {name: filing[name] for name in FILED if name in filing and name != "noindex"}
    Post.objects.filter(pk=post.pk).update(**columns)
    post.topics.set(filing["topics"])
    if filing.get("noindex"):
        moderation.forget_in_search(post, by=post.author)
