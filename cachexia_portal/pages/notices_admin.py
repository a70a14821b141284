"""The back office of site notices: what the society says above every page, for a while."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cachexia_portal import events
from cachexia_portal.accounts.signed_in import member_of

from .models import SiteNotice
from .notices import write_after_commit


@admin.register(SiteNotice)
class SiteNoticeAdmin(admin.ModelAdmin):
    """Saving and taking down each reach every page at once. No notice is deleted: what was said stays on record."""

    list_display = ["text", "begins_at", "ends_at", "taken_down_at", "written_by"]
    list_select_related = ["written_by"]
    fields = ["text", "begins_at", "ends_at", "written_by", "taken_down_at"]
    readonly_fields = ["written_by", "taken_down_at"]
    actions = ["take_down"]
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SiteNotice, form: ModelForm, change: bool) -> None:
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
