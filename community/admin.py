"""The back office of the community: the desk in place of Django's lists, and the house rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from . import desk
from .models import HouseRule, ReviewItem
from .workflow import DECIDE


@admin.register(ReviewItem)
class ReviewItemAdmin(admin.ModelAdmin):
    """Only decided at the desk: nothing is added, edited or deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(DECIDE)

    def has_view_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return request.user.has_perm(DECIDE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return desk.to_be_read(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """An item that this person may not read is not there."""
        return desk.read_item(request, _number(object_id))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # the item's own page shows what was decided


@admin.register(HouseRule)
class HouseRuleAdmin(admin.ModelAdmin):
    """Rules are reworded or taken out of force; decisions point at them, so none is deleted."""

    list_display = ["number", "title", "is_active"]
    list_display_links = ["title"]
    readonly_fields = ["number"]
    fields = ["number", "title", "text", "is_active"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: HouseRule | None = None) -> bool:
        return False


def _number(object_id: str) -> int:
    if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
        raise Http404
    return int(object_id)
