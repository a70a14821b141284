"""The back office of statements: what only the society knows, and has to say on the fixed pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.launch.confirming import digest_of
from community.plain_text import has_words

from .models import Statement

TAKEN = _("Something is written about this already. Open it in the list and change its words.")
ALL_TAKEN = _("Something is written about each of these already. Open one in the list and change its words.")
CHANGED = _(
    "Somebody else changed these words after you opened them. Nothing was saved. "
    "Open them in a second window, and bring both together."
)


class StatementForm(forms.ModelForm):
    """A new one is about something of which nothing is said yet; a change is of the words that were read."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Statement
        fields = ("about", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "text": _(
                "Plain text; an empty line begins a new paragraph. It stands on the page as soon as it is saved. "
                "The page is a draft again then, until an administrator confirms its words."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of(self.instance.text)
        about: Any = self.fields.get("about")
        if about:
            taken = set(Statement.objects.values_list("about", flat=True))
            free = [each for each in Statement.About.choices if each[0] not in taken]
            about.choices = [("", "---------"), *free]
            about.error_messages["invalid_choice"] = TAKEN
            about.help_text = "" if free else ALL_TAKEN

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not has_words(text):
            raise forms.ValidationError(self.fields["text"].error_messages["required"], code="required")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and not self._is_as_seen(cleaned.get("seen", "")):
            raise forms.ValidationError(CHANGED)
        return cleaned

    def _is_as_seen(self, seen: str) -> bool:
        row = Statement.objects.select_for_update().filter(pk=self.instance.pk)
        return [digest_of(text) for text in row.values_list("text", flat=True)] == [seen]


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin):
    """Every text that ever stood there stays in the record, also of a statement that was taken back."""

    form = StatementForm
    fields = ("about", "text", "seen")
    list_display = ["about", "written_at"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["about", "written_by", "written_at"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a new one nobody can say yet who wrote it and when."""
        return ("about", "text", "written_by", "written_at", "seen") if obj else self.fields

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except IntegrityError:  # another window wrote about it at the same moment; now the form says so
            return super().add_view(request, form_url, extra_context)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Statement, form: forms.ModelForm, change: bool) -> None:
        if change and not form.has_changed():
            return
        obj.written_by = member_of(request)
        super().save_model(request, obj, form, change)
        self._record("statement_changed" if change else "statement_written", obj, request)
        told = _("Now read the page and confirm it, in the launch checklist.")
        self.message_user(request, told, messages.INFO)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Statement) -> None:
        self._record("statement_taken_back", obj, request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        for statement in queryset:
            self.delete_model(request, statement)

    def _record(self, verb: str, statement: Statement, request: HttpRequest) -> None:
        event = events.record(
            verb, statement, by=member_of(request), to_state=statement.about, digest=digest_of(statement.text)
        )
        events.keep_note(event, statement.text)
