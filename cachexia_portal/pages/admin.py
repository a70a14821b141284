"""The back office of messages to the society: read them, say who answered."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.revealing import COVER, Revealing

from . import due_admin, launch_admin, mail_admin, statements_admin  # noqa: F401 (each registers its own)
from .models import ContactMessage
from .notices_admin import SiteNoticeAdmin

__all__ = ["ContactMessageAdmin", "SiteNoticeAdmin"]

SHOWN = ["subject", "message", "name", "address", "created_at", "answered_by", "answered_at", "emptied_at"]


@admin.register(ContactMessage)
class ContactMessageAdmin(Revealing):
    """Nothing can be changed but one thing: that it was answered, and by whom."""

    revealing = "address"
    list_display = ["__str__", "subject", "created_at", "answered_by", "answered_at"]
    list_filter = ["subject", ("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["answered_by"]
    readonly_fields = [*SHOWN, COVER]
    actions = None
    view_on_site = False  # its only page is this one
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: ContactMessage | None = None) -> Any:
        has_address = obj is None or bool(obj.email)
        return self.cover(request, obj if has_address else None, SHOWN)

    @admin.display(description=_("write to"))
    def address(self, message: ContactMessage) -> str:
        if not message.email:
            return gettext("no answer asked for")
        return format_html('<a href="mailto:{}">{}</a>', quote(message.email, safe="@"), message.email)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """The one button of the page; the second person to press it learns who was first."""
        marked = obj.mark_answered(by=request.user)
        told = _("Marked as answered.") if marked else _("%(member)s had already answered.")
        level = messages.SUCCESS if marked else messages.WARNING
        self.message_user(request, told % {"member": obj.answered_by}, level)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return redirect("admin:pages_contactmessage_changelist")
