"""The back office of the help page: its lines, their checks, and the approval of its text and of other fixed pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from cachexia_portal.delivery.display import Display

from .approving import approval_of, approve_help_page, approve_page, hash_of_now, why_not
from .forms import HelpLineForm
from .health_pages import health_pages
from .models import FixedPageApproval, HelpLine, HelpRefused, today
from .pages import preview, write_after_commit
from .wording import wording_lines

#: What can be done with a line besides editing it, and what is said when it is done.
ACTS = {
    "check": (HelpLine.record_check, _("Your check is noted. The page shows it when a second person confirms it.")),
    "confirm": (HelpLine.confirm_check, _("The check is complete. The page shows its date.")),
    "retire": (HelpLine.retire, _("The line is off the page.")),
    "restore": (HelpLine.restore, _("The line is back on the page.")),
}  # fmt: skip


class KeptRows(admin.ModelAdmin):
    """No delete anywhere: what was public stays on record."""

    actions = None
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(HelpLine)
class HelpLineAdmin(KeptRows):
    """Saving, checking, confirming and retiring each write the public pages anew."""

    form = HelpLineForm
    list_display = ["country_name", "kind", "channel", "name", "number", "check_state", "retired_at"]
    list_display_links = ["number"]
    list_filter = [
        "kind",
        ("checked_on", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
        ("country", admin.AllValuesFieldListFilter),
    ]
    list_select_related = ["first_check_by"]
    list_per_page = 200
    search_fields = ["name", "number", "country"]
    ordering = ["country", "kind", "position", "pk"]
    fields = [*HelpLine.CHECKED_FIELDS, "position", "seen_version", "check_state", "checkers", "last_edit"]
    readonly_fields = ["check_state", "checkers", "last_edit"]

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, line: HelpLine) -> str:
        return line.country_name

    @admin.display(description=_("check"), ordering="checked_on")
    def check_state(self, line: HelpLine) -> str:
        return _check_state(line)

    @admin.display(description=_("checked by"))
    def checkers(self, line: HelpLine) -> str:
        """The page of a line would show None as a word, whatever stands for it in lists."""
        return f"{line.checked_by}, {line.confirmed_by}" if line.is_checked else "–"

    @admin.display(description=_("last edited"))
    def last_edit(self, line: HelpLine) -> str:
        if line.edited_at is None:
            return str(_("as it came with the site"))
        return f"{line.edited_by}, {line.edited_at:%Y-%m-%d}"

    def save_model(self, request: HttpRequest, obj: HelpLine, form: Any, change: bool) -> None:
        obj.save_edit(by=request.user)
        write_after_commit(partial(messages.error, request))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(self.preview), name="help_helpline_preview"),
            path("<int:pk>/act/<slug:act>/", wrap(self.act), name="help_helpline_act"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The help page as it would be written now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponse(preview("help", Display.from_request(request)))

    def act(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """One button: check, confirm, retire or restore the line as its reader saw it."""
        if request.method != "POST" or act not in ACTS:
            raise Http404
        line = get_object_or_404(HelpLine, pk=pk)
        if not self.has_change_permission(request, line):
            raise PermissionDenied
        line.version = _number(request.POST.get("version", ""))
        self._do(request, line, act)
        return redirect("admin:help_helpline_change", pk)

    def _do(self, request: HttpRequest, line: HelpLine, act: str) -> None:
        command, done = ACTS[act]
        try:
            with transaction.atomic():
                command(line, by=request.user)
                self.log_change(request, line, [{"changed": {"fields": [act]}}])
        except HelpRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
            write_after_commit(partial(messages.error, request))


@admin.register(FixedPageApproval)
class FixedPageApprovalAdmin(KeptRows):
    """A medical reviewer reads the whole text and approves exactly that; nothing is changed later."""

    list_display = ["page", "reviewer", "at", "short_hash"]
    list_display_links = ["at"]
    list_select_related = ["reviewer"]
    ordering = ["-at"]
    fields = ["page", "reviewer", "at", "public_name", "text_hash"]
    readonly_fields = ["page", "reviewer", "at", "public_name", "text_hash"]

    @admin.display(description=_("text"))
    def short_hash(self, approval: FixedPageApproval) -> str:
        return approval.text_hash[:12]

    @admin.display(description=_("name on the page"))
    def public_name(self, approval: FixedPageApproval) -> str:
        return str(approval.credential_snapshot.get("public_name", ""))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        read = path(
            "read/<slug:name>/", self.admin_site.admin_view(self.read), name="help_fixedpageapproval_read"
        )
        return [read, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The text of the help page as it is now, and one button."""
        return self._to_approve(
            request,
            FixedPageApproval.Page.HELP,
            approve_help_page,
            title=_("Approve the help page"),
            wording=wording_lines(),
            lines=HelpLine.objects.shown(),
            read_hash=hash_of_now(),
            address=reverse("admin:help_helpline_preview"),
        )

    def read(self, request: HttpRequest, name: str) -> HttpResponse:
        """The same for a page whose words come with the code."""
        page = health_pages().get(name)
        if page is None:
            raise Http404
        return self._to_approve(
            request,
            name,
            partial(approve_page, page),
            title=_("Approve “%(title)s”") % {"title": page.title},
            wording=page.paragraphs(),
            read_hash=page.digest(),
            address=page.address,
        )

    def _to_approve(
        self, request: HttpRequest, page: str, approve: Callable[..., FixedPageApproval], **shown: Any
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and self._approve(request, approve):
            return redirect("admin:help_fixedpageapproval_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "refusal": why_not(request.user, today(), page),
            "approval": approval_of(page, shown["read_hash"]),
            **shown,
        }
        return TemplateResponse(request, "admin/help/approve.html", context)

    def _approve(self, request: HttpRequest, approve: Callable[..., FixedPageApproval]) -> bool:
        try:
            with transaction.atomic():
                approval = approve(by=request.user, read_hash=request.POST.get("read_hash", ""))
                self.log_addition(request, approval, [{"added": {}}])
        except HelpRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return False
        self.message_user(request, _("The page now says that you have checked it."), messages.SUCCESS)
        if approval.page == FixedPageApproval.Page.HELP:
            write_after_commit(partial(messages.error, request))
        return True


def _check_state(line: HelpLine) -> str:
    day = today()
    if line.first_check_on:
        return str(_("looked at by %(who)s, waits for a second person") % {"who": line.first_check_by})
    if not line.is_checked:
        return str(_("not yet checked"))
    words = _("not checked for 90 days: %(day)s") if line.is_stale_on(day) else _("checked %(day)s")
    return str(words % {"day": line.checked_on})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
