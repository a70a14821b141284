"""What became of the mails, and whether the work beside the web runs. For reading only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Heartbeat, Mail


class ReadOnly(admin.ModelAdmin):
    """These rows are written by the site alone."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """States and times; neither the words nor the address of anybody."""

    list_display = ["key", "status", "due_at", "attempts", "last_error", "leased_until", "sent_at"]
    list_filter = ["status"]
    fields = (
        "key",
        "message_id",
        "status",
        "due_at",
        "attempts",
        "last_error",
        "leased_until",
        "sent_at",
        "created_at",
    )
    search_fields = ["key", "message_id"]
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    list_display = ["name", "at", "failed"]
