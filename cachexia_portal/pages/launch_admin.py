"""The launch checklist, and the doors: what administrators see, confirm, open and close."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cachexia_portal import events, launch
from cachexia_portal.accounts.once_more import ask_once_more, was_lately_asked
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.events.reading_only import ReadOnly
from cachexia_portal.launch import confirming
from cachexia_portal.launch.models import Confirmed, Doors

from . import launch_acts, launch_trials, launch_words
from .fixed_pages import BY_CONFIRMATION
from .launch_forms import DoorsForm

LIST = "admin:launch_doors_changelist"
ACTS = {"open": True, "close": False}
KEPT_REASON = "launch_reason"  # in the session, while the person shows once more who they are


@admin.register(Doors)
class DoorsAdmin(ReadOnly):
    """Rows are only ever added, each by an act on these pages; the list of them is the checklist."""

    fields = ("are_open", "cause", "by", "at")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("move/", wrap(self.move), name="launch_doors_move"),
            path("arrived/", wrap(self.arrived), name="launch_doors_arrived"),
            path("confirm/<slug:what>/", wrap(self.confirm), name="launch_doors_confirm"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Green and red, with what to do and where; and the doors."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        doors = Doors.objects.select_related("by").order_by("-pk").first()
        found = launch.items()
        return self._page(
            request,
            "checklist",
            title=_("Before people may write here"),
            items=found,
            done=sum(item.is_done for item in found),
            doors=doors,
            reason=_reason_of(doors),
            may_people_write=launch.may_people_write(),
            other_pages=launch_words.other_pages(),
        )

    def move(self, request: HttpRequest) -> HttpResponseBase:
        """Open or close by hand, with a reason; what was typed outlives the question who it is."""
        self._check_may(request, "launch.add_doors")
        form = DoorsForm(request.POST or None, initial={"reason": request.session.get(KEPT_REASON, "")})
        if not was_lately_asked(request):
            if request.method == "POST":
                request.session[KEPT_REASON] = request.POST.get("reason", "")
            return ask_once_more(request, request.path)
        if request.POST.get("act") in ACTS and form.is_valid() and self._moved(request, form):
            request.session.pop(KEPT_REASON, None)
            return redirect(LIST)
        title = _("Close the doors") if launch.are_open() else _("Open the doors")
        return self._page(request, "move", title=title, form=form, are_open=launch.are_open())

    def _moved(self, request: HttpRequest, form: DoorsForm) -> bool:
        wanted = ACTS[request.POST["act"]]
        reason = form.cleaned_data["reason"]
        try:
            moved = launch_acts.move_doors(are_open=wanted, reason=reason, by=member_of(request))
        except launch_acts.NotReadyYet:
            form.add_error(
                None, _("Something on the list is not done yet. The doors open when all of it is.")
            )
            return False
        done = _("The doors are open.") if wanted else _("The doors are closed.")
        told = done if moved else _("Somebody else has just done so.")
        self.message_user(request, told, messages.SUCCESS if moved else messages.WARNING)
        return True

    def confirm(self, request: HttpRequest, what: str) -> HttpResponseBase:
        """What is confirmed, in full, and one button. Of words only those that stand on this page."""
        self._check_may(request, "launch.add_confirmation")
        page = BY_CONFIRMATION.get(what)
        if page is None and what != Confirmed.BACKUP_RESTORED:
            raise Http404
        if not was_lately_asked(request):
            return ask_once_more(request, request.path)
        digest = page.digest() if page else ""
        if request.method == "POST" and request.POST.get("read", "") == digest:
            launch_acts.confirm(what, by=member_of(request), words_digest=digest)
            self.message_user(request, _("Noted, with your name and the time."), messages.SUCCESS)
            return redirect(LIST)
        return self._page(
            request,
            "confirm",
            title=Confirmed(what).label,
            has_changed=request.method == "POST",
            read=digest,
            page=page,
            unsaid=page.unsaid() if page else [],
            newest=confirming.newest(what, digest),
        )

    def arrived(self, request: HttpRequest) -> HttpResponseBase:
        """Where the link of the test mail leads: a button, nothing by itself. One mail counts once."""
        self._check_may(request, "launch.add_confirmation")
        key = request.POST.get("key", request.GET.get("key", ""))
        address = launch_trials.address_of(key)
        if not was_lately_asked(request):
            return ask_once_more(request, request.get_full_path())
        digest = launch_trials.digest_of(key)
        newest = confirming.newest(Confirmed.TEST_MAIL, digest)
        if request.method == "POST" and address and newest is None:
            launch_acts.confirm(Confirmed.TEST_MAIL, by=member_of(request), words_digest=digest)
            self.message_user(request, _("Noted, with your name and the time."), messages.SUCCESS)
            return redirect(LIST)
        title = Confirmed.TEST_MAIL.label
        return self._page(request, "arrived", title=title, address=address, key=key, newest=newest)

    def _check_may(self, request: HttpRequest, permission: str) -> None:
        if not member_of(request).has_perm(permission):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_demo": settings.IS_DEMO_SITE,
            **context,
        }
        return TemplateResponse(request, f"admin/launch/{name}.html", shown)


def _reason_of(doors: Doors | None) -> str:
    """What the administrator said who moved them."""
    if doors is None:
        return ""
    notes = (note.text for event in events.history_of(doors) for note in event.notes.all())
    return next(notes, "")
