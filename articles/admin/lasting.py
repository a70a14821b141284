"""Rows that last: looked at in the admin, never added or deleted there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

HTTPS_FIRST: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


class LastingAdmin(admin.ModelAdmin):
    """No row is added or deleted by hand; the acts of the app make them, and they stay."""

    actions = None
    formfield_overrides = HTTPS_FIRST

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnlyInline(admin.TabularInline):
    """Rows of a page that are read there and nothing else."""

    extra = 0
    formfield_overrides = HTTPS_FIRST
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields
