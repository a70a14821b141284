"""Source documents: what was imported, line by line, what is amiss, and the ways to a guide."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles import resolving
from articles.admin import findings
from articles.admin.document_page import address_of, older_version, review_of
from articles.comparing import articles_resting_on, changes_between
from articles.drafting import DraftRefused, make_draft_of, start_adapted
from articles.forms.resolving import ResolveForm
from articles.models import Diagnostic, SourceDocument
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin
from .uploads import UploadViews

CHANGES_PER_PAGE = 50
WAYS = {"republish": make_draft_of, "adapt": start_adapted}


@admin.register(SourceDocument)
class SourceDocumentAdmin(UploadViews, LastingAdmin):
    list_display = ("title", "name", "version", "publisher_name", "rights", "imported_at")
    list_filter = ("rights",)
    search_fields = ("title", "name", "publisher_name")
    list_select_related = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        return super().get_queryset(request).select_related("imported_by").defer("content")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "articles_sourcedocument"
        finding = "<path:object_id>/findings/<int:finding_id>"
        return [
            path("<path:object_id>/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/draft/", wrap(self.draft_view), name=f"{name}_draft"),
            path(f"{finding}/resolve/", wrap(self.resolve_view), name=f"{name}_resolve"),
            path(f"{finding}/reopen/", wrap(self.reopen_view), name=f"{name}_reopen"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The review screen in place of Django's form: nothing of a document is ever changed."""
        document = self.get_object(request, object_id)
        if document is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if request.method == "POST" or not self.has_view_permission(request, document):
            raise PermissionDenied
        return self._page(request, document)

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What is not as it was in an older version of the same file."""
        document = self._document(request, object_id)
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        older = older_version(document, request.GET.get("with", ""))
        if older is None:
            raise Http404
        changes = changes_between(list(older.blocks.all()), list(document.blocks.all()))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compared with version %(number)d") % {"number": older.version},
            "opts": self.opts,
            "document": document,
            "older": older,
            "page": Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("page", "")),
            "resting": articles_resting_on(older),
        }
        return TemplateResponse(request, "admin/articles/sourcedocument/comparison.html", context)

    @method_decorator(require_POST)
    def resolve_view(self, request: HttpRequest, object_id: str, finding_id: int) -> HttpResponse:
        """Carry out one resolution; what was typed is kept when it is refused."""
        finding = self._finding(request, object_id, finding_id)
        form = ResolveForm(request.POST, diagnostic=finding)
        if not form.is_valid() and not finding.is_resolved:
            return self._page(request, finding.document, bound=form)
        note = form.data.get("note", "").replace("\x00", "")
        try:
            resolving.resolve(finding, form.data.get("resolution", ""), note, by=member_of(request))
        except resolving.ResolvingRefused as refused:
            return self._refused(request, finding, str(refused), note)
        messages.success(request, _("Resolved. It stays in the list, with your name and your words."))
        return self._back_to(finding)

    @method_decorator(require_POST)
    def reopen_view(self, request: HttpRequest, object_id: str, finding_id: int) -> HttpResponse:
        """Take back the resolution that was seen."""
        finding = self._finding(request, object_id, finding_id)
        is_seen = request.POST.get("seen") == findings.stamp_of(finding)
        try:
            resolving.reopen(finding, by=member_of(request), seen=finding.resolved_at if is_seen else None)
        except resolving.ResolvingRefused as refused:
            return self._refused(request, finding, str(refused), "")
        messages.success(request, _("Opened again. What was written before stays in the history."))
        return self._back_to(finding)

    @method_decorator(require_POST)
    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Begin a guide in one of the two ways and go there; a refusal says why on the document's page."""
        if not request.user.has_perm("articles.change_revision"):
            raise PermissionDenied
        document = self._document(request, object_id)
        begin = WAYS.get(request.POST.get("way", "republish"), make_draft_of)
        try:
            draft = begin(document, by=member_of(request))
        except DraftRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:articles_sourcedocument_change", args=[document.pk]))
        return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[draft.pk]))

    def _document(self, request: HttpRequest, object_id: str) -> SourceDocument:
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404
        return document

    def _finding(self, request: HttpRequest, object_id: str, finding_id: int) -> Diagnostic:
        if not request.user.has_perm(resolving.PERMISSION):
            raise PermissionDenied
        finding = self._document(request, object_id).diagnostics.filter(pk=finding_id).first()
        if finding is None:
            raise Http404
        return finding

    def _page(
        self, request: HttpRequest, document: SourceDocument, bound: ResolveForm | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": document.title,
            "opts": self.opts,
            "document": document,
            **review_of(request, document, bound),
        }
        status = 422 if bound else 200
        return TemplateResponse(request, "admin/articles/sourcedocument/review.html", context, status=status)

    def _refused(self, request: HttpRequest, finding: Diagnostic, sentence: str, note: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not carried out"),
            "opts": self.opts,
            "finding": finding,
            "sentence": sentence,
            "note": note,
            "back": address_of(finding),
        }
        return TemplateResponse(request, "admin/articles/sourcedocument/refused.html", context, status=409)

    def _back_to(self, finding: Diagnostic) -> HttpResponse:
        return HttpResponseRedirect(address_of(finding))
