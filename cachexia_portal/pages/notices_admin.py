"""The back office of site notices: what the society says above every page, for a while."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cachexia_portal import events
from cachexia_portal.accounts.signed_in import member_of

from .models import SiteNotice
from .notices import write_after_commit


class NamedSplitDateTime(AdminSplitDateTime):
    """Django's two fields for one moment, each with a name: the words beside them belong to neither."""

    def __init__(self, named: Any) -> None:
        super().__init__()
        self.named = named

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, said in zip(context["widget"]["subwidgets"], (_("date"), _("time")), strict=True):
            part["attrs"]["aria-label"] = f"{self.named}: {said}"
        return context


class SiteNoticeForm(forms.ModelForm):
    """What it says in a field as long as it may be, and in which zone its hours are."""

    class Meta:
        model = SiteNotice
        fields = ("text", "begins_at", "ends_at")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "begins_at": NamedSplitDateTime(_("From")),
            "ends_at": NamedSplitDateTime(_("Until")),
        }
        help_texts = {
            "text": _(
                "It stands above every page, for everybody: what happens, from when to when, and what people can "
                "do meanwhile. Name the time zone in it."
            ),
            "begins_at": format_lazy(_("In the time zone of the site: {zone}."), zone=settings.TIME_ZONE),
        }


@admin.register(SiteNotice)
class SiteNoticeAdmin(admin.ModelAdmin):
    """Saving and taking down each reach every page at once. No notice is deleted: what was said stays on record."""

    list_display = ["text", "begins_at", "ends_at", "taken_down_at", "written_by"]
    list_select_related = ["written_by"]
    form = SiteNoticeForm
    readonly_fields = ["written_by", "taken_down_at"]
    actions = ["take_down"]
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a new one nobody can say yet who wrote it and when it was taken down."""
        return ["text", "begins_at", "ends_at", *(self.readonly_fields if obj else ())]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SiteNotice, form: forms.ModelForm, change: bool) -> None:
        obj.written_by = member_of(request)
        super().save_model(request, obj, form, change)
        events.record("site_notice_changed" if change else "site_notice_written", obj, by=member_of(request))
        write_after_commit()

    @admin.action(description=_("Take down"), permissions=["change"])
    @transaction.atomic
    def take_down(self, request: HttpRequest, chosen: QuerySet[SiteNotice]) -> None:
        shown = list(chosen.filter(taken_down_at=None))
        SiteNotice.objects.filter(pk__in=[notice.pk for notice in shown]).update(taken_down_at=timezone.now())
        for notice in shown:
            events.record("site_notice_taken_down", notice, by=member_of(request))
        write_after_commit()
        told = ngettext("%d notice is taken down.", "%d notices are taken down.", len(shown)) % len(shown)
        self.message_user(request, told)
