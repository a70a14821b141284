"""Whether the work beside the web runs, what of it failed, and a button that does it now."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cachexia_portal import events, limits
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.events.reading_only import ReadOnly
from cachexia_portal.limits import rules
from cachexia_portal.limits.refusal import wait_sentence
from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.models import Heartbeat

from . import due

LIST = "admin:outbox_heartbeat_changelist"


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    list_display = ["name", "at", "sweeps_that_failed"]
    fields = ("name", "at", "sweeps_that_failed")
    readonly_fields = ("sweeps_that_failed",)
    change_list_template = "admin/pages/heartbeat/change_list.html"

    @admin.display(description=_lazy("failed in the last run"), empty_value="–")
    def sweeps_that_failed(self, beat: Heartbeat) -> str:
        return ", ".join(beat.failed.split())

    def get_urls(self) -> list[Any]:
        run = self.admin_site.admin_view(require_POST(self.run))
        return [path("run/", run, name="outbox_heartbeat_run"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        about = {"may_run": self.may_run(request), "is_stale": heartbeat.is_stale()}
        return super().changelist_view(request, {**about, **(extra_context or {})})

    def may_run(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_mail")

    def run(self, request: HttpRequest) -> HttpResponse:
        """Do what is due in this request: for the hour in which the worker is away, or a sweep failed."""
        if not self.may_run(request):
            raise PermissionDenied
        if seconds := limits.spend_for(rules.RUN_DUE, "site"):
            self.message_user(request, wait_sentence(seconds), messages.WARNING)
            return redirect(LIST)
        failed = due.run_due_by_hand()
        self.message_user(request, *_told(failed))
        events.record("due_work_run", member_of(request), by=member_of(request))
        return redirect(LIST)


def _told(failed: list[str] | None) -> tuple[str, int]:
    if failed is None:
        return _("Another process is doing it just now."), messages.INFO
    if not failed:
        return _("All of it was done."), messages.SUCCESS
    told = ngettext(
        "%(number)d sweep failed again: %(names)s", "%(number)d sweeps failed again: %(names)s", len(failed)
    )
    return told % {"number": len(failed), "names": ", ".join(failed)}, messages.ERROR
