"""The back office of statements: what only the society knows, and has to say on the fixed pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cachexia_portal import events
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.launch.confirming import digest_of

from .models import Statement

TAKEN = _lazy("Something is said about this already. Open it in the list and change its words.")


class StatementForm(forms.ModelForm):
    """A new one is about something that nothing is said about yet."""

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
        about: Any = self.fields.get("about")
        if about:
            taken = set(Statement.objects.values_list("about", flat=True))
            about.choices = [each for each in Statement.About.choices if each[0] not in taken]
            about.error_messages["invalid_choice"] = TAKEN
            about.help_text = "" if about.choices else TAKEN


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin):
    """Words are changed and never deleted: a page that said something once does not fall silent."""

    form = StatementForm
    list_display = ["about", "written_at"]
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["about", "written_by", "written_at"] if obj else []

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except IntegrityError:  # another window wrote about it at the same moment; now the form says so
            return super().add_view(request, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Statement, form: forms.ModelForm, change: bool) -> None:
        obj.written_by = member_of(request)
        super().save_model(request, obj, form, change)
        verb = "statement_changed" if change else "statement_written"
        events.record(verb, obj, by=member_of(request), digest=digest_of(obj.text))
        self.message_user(
            request, _("Now read the page and confirm it, under “Launch checklist”."), messages.INFO
        )
