"""Importing a document in the admin: choose a file, see what it would become, then import it or leave it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from articles import rights, uploads
from articles.admin import findings
from articles.admin.document_page import claims_of, facts_of, front_matter_of
from articles.forms.uploads import CARRIED, NOT_WHOLE, CarriedFileForm, UploadForm, carried, refused_file
from articles.importing.refusal import ImportRefused
from articles.importing.storing import CREATED, NEW_VERSION, UNCHANGED, Result, import_content
from articles.models import WaitingUpload
from articles.previewing import Preview, preview_of
from cachexia_portal.accounts.signed_in import member_of

BECAME = {
    CREATED: _("It is imported. Look through what was found."),
    NEW_VERSION: _("It is imported as a new version. Guides that rest on the older one are marked."),
    UNCHANGED: _("These bytes were imported before. Nothing was stored again."),
}
State = WaitingUpload.State


class UploadViews(admin.ModelAdmin):
    """The pages of an upload, for those who may add documents."""

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "articles_sourcedocument"
        return [
            path("upload/", wrap(self.upload_view), name=f"{name}_upload"),
            path("upload/import/", wrap(self.import_view), name=f"{name}_import"),
            path("upload/<int:upload_id>/", wrap(self.waiting_view), name=f"{name}_waiting"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; a small one is shown at once, a large one waits for the worker."""
        _refuse_others(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            if len(form.content) > CARRIED:
                upload = uploads.keep_waiting(form.name, form.content, by=member_of(request))
                return HttpResponseRedirect(_address_of(upload))
            try:
                return self._preview(request, preview_of(form.name, form.content))
            except ImportRefused as refused:
                form = refused_file(sentence_of(refused.reason, refused.line))
        return self._choose(request, form)

    @method_decorator(require_http_methods(["POST"]))
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Import the file that the page carried; it is read and checked once more."""
        _refuse_others(request)
        form = CarriedFileForm(request.POST)
        if not form.is_valid():
            return self._choose(request, refused_file(str(NOT_WHOLE)))
        try:
            result = import_content(form.own_name, form.content_bytes, by=member_of(request))
        except ImportRefused as refused:
            return self._choose(request, refused_file(sentence_of(refused.reason, refused.line)))
        return _gone_to(request, result)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def waiting_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        """One large file of one's own: how far it is, what it would become, import or drop."""
        _refuse_others(request)
        upload = WaitingUpload.objects.of(member_of(request)).filter(pk=upload_id).first()
        if upload is None:
            raise Http404
        if request.method == "POST":
            return _decided(request, upload)
        if upload.state != State.UNDERSTOOD:
            return self._waits(request, upload)
        return self._preview(request, uploads.foreseen(upload), upload)

    def _choose(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        held = WaitingUpload.objects.of(member_of(request)).defer("content")
        status = 422 if form.errors else 200
        return self._render(request, "upload", status=status, form=form, held=held)

    def _waits(self, request: HttpRequest, upload: WaitingUpload) -> HttpResponse:
        reason = sentence_of(upload.reason, upload.line)
        may_drop = upload.state in uploads.DROPPABLE
        return self._render(request, "waiting", upload=upload, reason=reason, may_drop=may_drop)

    def _preview(
        self, request: HttpRequest, preview: Preview, upload: WaitingUpload | None = None
    ) -> HttpResponse:
        document = preview.document
        return self._render(
            request,
            "preview",
            preview=preview,
            document=document,
            upload=upload,
            carried=None if upload else carried(document.name, bytes(document.content)),
            findings=findings.unbound(preview.findings),
            facts=facts_of(document),
            claims=claims_of(document),
            front_matter=front_matter_of(document),
            refusal=rights.why_not(rights.Use.REPUBLISH, document),
        )

    def _render(self, request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
        shown = {
            **self.admin_site.each_context(request),
            "title": _("Import a document"),
            "opts": self.opts,
            **context,
        }
        return TemplateResponse(request, f"admin/articles/sourcedocument/{name}.html", shown, status=status)


def sentence_of(reason: str, line: int | None) -> str:
    """The reason of a refusal, with its line in front where one is known."""
    return _t("Line %(line)d: %(reason)s") % {"line": line, "reason": reason} if line else reason


def _decided(request: HttpRequest, upload: WaitingUpload) -> HttpResponse:
    """Carry out what was pressed; where the state has moved on, the page says how it stands."""
    act = {"import": uploads.confirm, "drop": uploads.drop}.get(request.POST.get("act", ""))
    done = act is not None and act(upload)
    if done and act is uploads.drop:
        messages.success(request, _("The file is dropped. Nothing of it was kept."))
        return HttpResponseRedirect(reverse("admin:articles_sourcedocument_upload"))
    if not done:
        messages.warning(request, _("This was not carried out. The page shows how things stand now."))
    return HttpResponseRedirect(_address_of(upload))


def _gone_to(request: HttpRequest, result: Result) -> HttpResponse:
    messages.success(request, BECAME[result.status])
    return HttpResponseRedirect(reverse("admin:articles_sourcedocument_change", args=[result.document]))


def _address_of(upload: WaitingUpload) -> str:
    return reverse("admin:articles_sourcedocument_waiting", args=[upload.pk])


def _refuse_others(request: HttpRequest) -> None:
    if not request.user.has_perm(uploads.PERMISSION):
        raise PermissionDenied
