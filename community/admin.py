"""The back office of the community: the desk in place of Django's lists, house rules and saved replies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from . import staffing_admin  # noqa: F401 (registers the timetable)
from .desk import acts, news, views
from .models import CannedReply, HouseRule, ReviewItem
from .workflow import DECIDE, DECIDE_ESCALATED

LONGEST_NUMBER = 18  # digits; a longer one fits no row

ACTS: dict[str, Callable[..., HttpResponse]] = {
    "claim": acts.claim,
    "release": acts.release,
    "take_over": acts.take_over,
    "renew": acts.renew,
    "undo": acts.undo,
    "hide": acts.hide,
    "restore": acts.restore,
    "news": news.of_an_item,
}


@admin.register(ReviewItem)
class ReviewItemAdmin(admin.ModelAdmin):
    """Only decided at the desk: nothing is added, edited or deleted."""

    def get_urls(self) -> list[URLPattern]:
        """The acts of the desk, before Django's own addresses."""
        own = [path("news/", self._desk(news.of_the_queue), name="community_reviewitem_queue_news")]
        for name, view in ACTS.items():
            address = f"<int:pk>/{name.replace('_', '-')}/"
            own.append(path(address, self._desk(view), name=f"community_reviewitem_{name}"))
        return [*own, *super().get_urls()]

    def _desk(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """For those who may decide something; to everybody else there is no such address."""

        def page(request: HttpRequest, **named: Any) -> HttpResponse:
            if not self.has_view_permission(request):
                raise Http404
            if "pk" in named and len(str(named["pk"])) > LONGEST_NUMBER:
                raise Http404
            return view(request, **named)

        return self.admin_site.admin_view(page)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return request.user.has_perm(DECIDE) or request.user.has_perm(DECIDE_ESCALATED)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReviewItem | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        return views.to_be_read(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """An item that this person may not read is not there."""
        return views.read_item(request, _number(object_id))

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


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin):
    """Replies are reworded or taken out of use; what was sent stays with its decision."""

    list_display = ["title", "position", "is_active"]
    fields = ["title", "text", "position", "is_active"]

    def has_delete_permission(self, request: HttpRequest, obj: CannedReply | None = None) -> bool:
        return False


def _number(object_id: str) -> int:
    if not (object_id.isascii() and object_id.isdigit() and len(object_id) <= LONGEST_NUMBER):
        raise Http404
    return int(object_id)
