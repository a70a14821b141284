"""Names on staff pages: topics, kinds of cancer, glossary terms, and what is said of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.finding_words import plain
from articles.forms.lines import LinesField
from articles.models import CancerType, GlossaryTerm, HealthWording, SynonymGroup, Topic
from articles.models.wordings import digest_of
from cachexia_portal.accounts.models.credential import FieldOfPractice

ROWS = {"rows": 3}


class SeenForm(forms.ModelForm):
    """Knows the row as its editor saw it, and stores nothing over somebody else's change unseen.

    Whoever comes second sees both; sent once more, their own words are stored.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    compared: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.mark_of(self.instance))

    @classmethod
    def mark_of(cls, row: Any) -> str:
        return digest_of([getattr(row, name) for name in cls.compared]) if row.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and "seen" in self.fields:
            rows = type(self.instance)._default_manager.select_for_update()
            self._refuse_unseen(rows.get(pk=self.instance.pk), str(cleaned.get("seen")))
        return cleaned

    def _refuse_unseen(self, stored: Any, seen: str) -> None:
        mark = self.mark_of(stored)
        if seen == mark:
            return
        sent: Any = self.data
        sent = sent.copy()
        sent[self.add_prefix("seen")] = mark
        self.data = sent
        told = _("Somebody else changed this after you opened it. It is now: %(now)s. Yours is still below.")
        self.add_error(None, ValidationError(told, params={"now": self._as_it_is(stored)}))
        self.add_error(None, _("Compare the two. If you save again, what stands below takes its place."))

    def _as_it_is(self, stored: Any) -> str:
        values = [getattr(stored, name) for name in self.compared]
        return " · ".join(", ".join(map(str, v)) if isinstance(v, list) else str(v) for v in values if v)


class ExplainedForm(SeenForm):
    """A name, and on the same page the first words about it."""

    is_of_demo = False  # whoever writes here is one of the invented people

    text = forms.CharField(
        label=_("What it is, in plain words"),
        required=False,
        max_length=600,
        widget=AdminTextareaWidget(attrs=ROWS),
        help_text=_("One to three sentences. A medical reviewer checks them before readers see them."),
    )
    caution = forms.CharField(
        label=_("A word of care below it"),
        required=False,
        max_length=300,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("caution") and not cleaned.get("text"):
            self.add_error("text", _("Say first what it is. The word of care stands below that."))
        if cleaned.get("text") and self._is_explained():
            told = _(
                "Somebody has explained it meanwhile. Copy your words and put them in on the page of that."
            )
            self.add_error("text", told)
        return cleaned

    def _is_explained(self) -> bool:
        """Asked when the row is locked, so that of two first words one is kept and the other shown again."""
        row = self.instance
        return bool(row.pk) and row.wordings.filter(is_demo=self.is_of_demo).exists()


class TopicForm(ExplainedForm):
    compared = ("name", "position", "keywords", "fields")

    keywords = LinesField(label=_("Words that point to it"), required=False)
    fields_of_practice = forms.MultipleChoiceField(
        label=_("Fields of practice that may speak on it"),
        choices=FieldOfPractice.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one field of practice from the list.")},
    )

    class Meta:
        model = Topic
        fields = ("name", "slug", "position", "keywords")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("fields_of_practice", self.instance.fields)

    def clean(self) -> dict[str, Any]:
        """`fields` is the name of a column here, and of something else in every form."""
        cleaned = super().clean()
        self.instance.fields = cleaned.get("fields_of_practice", self.instance.fields)
        return cleaned


class CancerTypeForm(SeenForm):
    compared = ("name", "position", "also")

    also = LinesField(label=_("Other names"), required=False)

    class Meta:
        model = CancerType
        fields = ("name", "slug", "also", "position")


class SynonymGroupForm(SeenForm):
    compared = ("words", "note", "is_active")

    words = LinesField(
        label=_("Words for the same thing"),
        help_text=_(
            "One on each line: everyday words, names of medicines, spellings. "
            "Whoever searches for one finds the others too, from the next search on."
        ),
    )

    class Meta:
        model = SynonymGroup
        fields = ("words", "note", "is_active")


class GlossaryTermForm(ExplainedForm):
    compared = ("term", "pronunciation", "also_called", "misspellings")

    also_called = LinesField(label=_("Also called"), required=False)
    misspellings = LinesField(label=_("Spellings people try"), required=False)

    class Meta:
        model = GlossaryTerm
        fields = ("term", "slug", "pronunciation", "also_called", "misspellings", "see_also")
        widgets = {"see_also": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "see_also" in self.fields:
            others: Any = self.fields["see_also"]
            others.queryset = GlossaryTerm.objects.exclude(pk=self.instance.pk)

    def clean_term(self) -> str:
        """Refuse a word that is there already, however it is spelled."""
        term: str = self.cleaned_data["term"]
        others = GlossaryTerm.objects.exclude(pk=self.instance.pk).values_list("term", flat=True)
        if any(plain(other) == plain(term) for other in others):
            raise ValidationError(
                _("This word is in the glossary already. Open it in the list and change it there.")
            )
        return term


class HealthWordingForm(SeenForm):
    """The version is the mark of what was seen."""

    compared = ("text", "caution")

    class Meta:
        model = HealthWording
        fields = ("text", "caution")
        widgets = {
            "text": AdminTextareaWidget(attrs={"rows": 5}),
            "caution": AdminTextareaWidget(attrs={"rows": 2}),
        }

    @classmethod
    def mark_of(cls, row: Any) -> str:
        return str(row.version)
