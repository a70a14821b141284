"""The words of a text: what an editor types, and the version that was seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from articles.models import Autosave, CancerType, Revision, Topic
from articles.models.revisions import WORDS

LARGEST_VERSION = 9  # digits


class RevisionForm(forms.ModelForm):
    """The words of a draft. Whether they may be stored is asked under a lock, before this form."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label=_("Topics")
    )
    cancer_types = forms.ModelMultipleChoiceField(
        CancerType.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Kinds of cancer"),
        help_text=_("Choose none if it is true for all of them."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    unsaved: Autosave | None = None  # taken up again: the form begins with these words

    class Meta:
        model = Revision
        fields = (*WORDS, "topics", "cancer_types")
        widgets = {
            "title": AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
            "summary": AdminTextareaWidget(attrs={"rows": 3}),
            "key_points": AdminTextareaWidget(attrs={"rows": 5}),
            "body": AdminTextareaWidget(attrs={"rows": 30}),
            "change_note": AdminTextareaWidget(attrs={"rows": 2}),
            "audience": forms.Select,
            "change_kind": forms.Select,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_version", self.instance.version)
        if self.unsaved:
            self.initial.update({**self.unsaved.words, "seen_version": self.unsaved.seen_version})

    def clean_key_points(self) -> str:
        return with_plain_lines(self.cleaned_data["key_points"])

    def clean_body(self) -> str:
        return with_plain_lines(self.cleaned_data["body"])


def with_plain_lines(text: str) -> str:
    """One kind of line end: browsers send another one than files have."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def seen_version(typed: str | None) -> int:
    """The version that a form says it was made from; 0, which no text has, for anything else."""
    typed = typed or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LARGEST_VERSION else 0


def label_of(name: str) -> str:
    """What the form calls a field of the words."""
    return str(RevisionForm.base_fields[name].label)
