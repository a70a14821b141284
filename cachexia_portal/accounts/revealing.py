"""What a staff page covers: shown by a link of its own, to somebody who was just asked who they are.

A session left open on a desk tells nobody's address. Each look is an event.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events
from cachexia_portal.accounts.once_more import ask_once_more, was_lately_asked
from cachexia_portal.accounts.signed_in import member_of

REVEAL = "reveal"
COVER = "covered"


class Revealing(admin.ModelAdmin):
    """`get_fields` hands its list through `cover`, the read-only fields name `COVER`."""

    #: The field that is covered.
    revealing = ""

    def cover(self, request: HttpRequest, obj: Any, fields: list[str]) -> list[str]:
        """The fields with a link in place of the covered one; what is typed into a form is nobody's secret."""
        if obj is None or self._is_typed(request, obj) or _is_revealed(request):
            return fields
        return [COVER if name == self.revealing else name for name in fields]

    def _is_typed(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the page only gives back what was typed; a field that nobody may type into shows what is stored."""
        return self.revealing in request.POST and self.revealing not in self.get_readonly_fields(request, obj)

    @admin.display(description=_("not shown at once"))
    def covered(self, obj: Any) -> str:
        told = _("Show it. You are asked who you are, and it is kept that you looked.")
        return format_html('<a href="?{}=1">{}</a>', REVEAL, told)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method == "GET" and REVEAL in request.GET:
            if not was_lately_asked(request):
                return ask_once_more(request, request.get_full_path())
            self._keep_who_looked(request, object_id)
        page: HttpResponseBase = super().change_view(request, object_id, form_url, extra_context)
        return page

    def _keep_who_looked(self: Any, request: HttpRequest, object_id: str) -> None:
        obj = self.get_object(request, unquote(object_id))
        may = obj is not None and self.has_view_or_change_permission(request, obj)
        if may and self.revealing in self.get_fields(request, obj):
            events.record("revealed", obj, by=member_of(request))


def _is_revealed(request: HttpRequest) -> bool:
    """Never while nothing can be written: the look could not be kept."""
    asked = request.method == "GET" and REVEAL in request.GET and not settings.READ_ONLY
    return asked and was_lately_asked(request)
