"""Reading a text that is not being written, and deciding about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import comparing, editing, reviewing
from articles.forms.words import with_plain_lines
from articles.models import Revision
from articles.publishing import ACTS, PublishRefused
from articles.workflow import APPROVE, TransitionRefused
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin
from .looking import as_page

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

NOTE_LIMIT = 2000
TEMPLATES = "admin/articles/revision"


def note_of(request: HttpRequest) -> str:
    """What was typed beside a button, counted as the browser counted it, and never cut."""
    return with_plain_lines(request.POST.get("note", "")).replace("\x00", "")


class Deciding(LastingAdmin):
    """The page of a reviewer, and the buttons. Part of the admin of revisions."""

    def change_url(self, revision: Revision) -> str:
        return reverse("admin:articles_revision_change", args=[revision.pk])

    def seen_by(self, request: HttpRequest, object_id: str) -> Revision:
        """The revision, for those who may look at it."""
        revision = self.get_object(request, object_id)
        if revision is None:
            raise Http404
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        return revision

    def may_write(self, request: HttpRequest) -> bool:
        """Does this person's role write texts at all?"""
        return super().has_change_permission(request)

    def read_view(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        """The text as the public would see it, what changed, what is missing, and the decisions."""
        member = member_of(request)
        context = {
            **self.admin_site.each_context(request),
            **self.about(revision, member),
            "title": revision.title,
            "opts": self.opts,
            **as_page(revision),
            "changes": reviewing.changes_since_checked(revision),
            "own_text": member.has_perm(APPROVE.permission) and revision.was_written_by(member),
            "may_write": self.may_write(request) and revision.is_editable,
        }
        return TemplateResponse(request, f"{TEMPLATES}/read.html", context)

    def about(self, revision: Revision, member: Member) -> dict[str, Any]:
        """What both pages of a text say about it."""
        return {
            "revision": revision,
            "transitions": revision.transitions_open_to(member),
            "history": revision.history(),
            "approvals": revision.approvals.select_related("reviewer"),
            "checklist": reviewing.checklist(revision),
            "outdated": comparing.outdated_sources_of_revision(revision),
        }

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Carry out one decision on the version that was seen; the loser keeps the note."""
        revision = self.seen_by(request, object_id)
        act, seen = ACTS.get(request.POST.get("transition", "")), request.POST.get("version", "")
        if act is None or not seen.isdecimal():
            return HttpResponseBadRequest(_("This is not one of the decisions."))
        revision.version = int(seen[:9])
        note = note_of(request)
        if len(note) > NOTE_LIMIT:
            too_long = _("This note is too long to be kept whole. Make it shorter, and decide again.")
            return self.refused(request, revision, [too_long], [(_("Your note"), note)])
        try:
            act(revision, by=member_of(request), note=note)
        except PublishRefused as refused:
            lines = [f"{problem.sentence} {problem.remedy}" for problem in refused.problems]
            return self.refused(request, revision, lines, [(_("Your note"), note)])
        except TransitionRefused as refused:
            return self.refused(request, revision, [str(refused)], [(_("Your note"), note)])
        editing.forget_unsaved_of(revision)
        messages.success(
            request, _("Done. It is now: %(status)s.") % {"status": revision.get_status_display()}
        )
        return HttpResponseRedirect(self.change_url(revision))

    def refused(self, request: HttpRequest, revision: Revision, lines: Any, kept: Any) -> HttpResponse:
        """Not carried out: why, and every word that was typed."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not carried out"),
            "revision": revision,
            "opts": self.opts,
            "lines": lines,
            "kept": [(label, text) for label, text in kept if text],
        }
        return TemplateResponse(request, f"{TEMPLATES}/refused.html", context, status=409)
