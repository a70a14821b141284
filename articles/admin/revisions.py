"""Revisions: the words, the buttons that move them on, and who decided what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Approval, Reference, Revision
from articles.publishing import ACTS, PublishRefused, publish_problems
from articles.workflow import Status, TransitionRefused
from cachexia_portal.accounts.signed_in import member_of

from .lasting import HTTPS_FIRST, LastingAdmin, LookOnlyInline

WORDS = ("title", "summary", "body", "change_note")
NOTE_LIMIT = 2000


class RevisionForm(forms.ModelForm):
    """The words of a draft, and the version that the editor saw."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Revision
        fields = WORDS
        widgets = {
            "title": AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
            "summary": AdminTextareaWidget(attrs={"rows": 3}),
            "body": AdminTextareaWidget(attrs={"rows": 30}),
            "change_note": AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen_version" in self.fields:
            self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        """Refuse words written over somebody else's; the row is locked until they are stored."""
        cleaned = super().clean()
        seen = (cleaned or {}).get("seen_version") or 0
        if not Revision.objects.select_for_update().filter(pk=self.instance.pk, version=seen).exists():
            raise ValidationError(
                _("%(first)s What you wrote is still below: copy it, open this page again, and put it in."),
                params={"first": self.instance.who_was_first()},
            )
        return cleaned


class ReferenceInline(admin.StackedInline):
    model = Reference
    extra = 1
    formfield_overrides = HTTPS_FIRST
    fields = ("position", "authors", "title", "container", "year", "pmid", "url")


class ApprovalInline(LookOnlyInline):
    model = Approval
    fields = ("verdict", "reviewer", "credential", "at", "still_counts")

    @admin.display(description=_("credential of that day"))
    def credential(self, approval: Approval) -> str:
        snapshot = approval.credential_snapshot
        return " · ".join(value for value in snapshot.values() if value)

    @admin.display(description=_("for this text"), boolean=True)
    def still_counts(self, approval: Approval) -> bool:
        return approval.revision.approval_id == approval.pk

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("reviewer", "revision")


@admin.register(Revision)
class RevisionAdmin(LastingAdmin):
    form = RevisionForm
    list_display = ("title", "number", "status", "article", "author", "changed_at", "is_demo")
    list_filter = ("status",)
    search_fields = ("title", "article__slug")
    list_select_related = ("article", "author")
    inlines = (ReferenceInline, ApprovalInline)
    readonly_fields = ("article_link", "number", "status", "author", "source_link", "changed_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        related = ("article", "author", "source", "approval__reviewer")
        return Revision.objects.of_this_site().select_related(*related).defer("source__content")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        words = (*WORDS, "seen_version") if self.has_change_permission(request, obj) else WORDS
        return ((None, {"fields": self.readonly_fields}), (_("The text"), {"fields": words}))

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """Words are changed in a draft, or where changes were asked for, and nowhere else."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    @admin.display(description=_("article"))
    def article_link(self, revision: Revision) -> str:
        address = reverse("admin:articles_article_change", args=[revision.article_id])
        return format_html('<a href="{}">{}</a>', address, revision.article)

    @admin.display(description=_("source document"))
    def source_link(self, revision: Revision) -> str:
        if revision.source is None:
            return str(_("none"))
        address = reverse("admin:articles_sourcedocument_change", args=[revision.source_id])
        return format_html('<a href="{}">{}</a>', address, revision.source)

    def save_model(self, request: HttpRequest, obj: Revision, form: Any, change: bool) -> None:
        """Nothing yet: the words are stored with their references, by `rewrite` alone."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.rewrite(by=member_of(request))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/move/", wrap(self.move_view), name="articles_revision_move"),
            path("<path:object_id>/preview/", wrap(self.preview_view), name="articles_revision_preview"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        revision = self.get_object(request, object_id)
        if revision is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if (
            request.method == "POST"
            and not revision.is_editable
            and self.has_view_permission(request, revision)
        ):
            kept = [(name, request.POST.get(name, "")) for name in WORDS]
            return self._refused(request, revision, [revision.who_was_first()], kept)
        extra = {
            "transitions": revision.transitions_open_to(member_of(request)),
            "history": revision.history(),
            "problems": publish_problems(revision) if revision.status == Status.APPROVED else [],
            "revision": revision,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The rendered text, as the public page would show it."""
        revision = self._seen_by(request, object_id)
        context = {**self.admin_site.each_context(request), "revision": revision, "opts": self.opts}
        return TemplateResponse(request, "admin/articles/revision/preview.html", context)

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Carry out one decision on the version that was seen; the loser keeps the note."""
        revision = self._seen_by(request, object_id)
        act, seen = ACTS.get(request.POST.get("transition", "")), request.POST.get("version", "")
        if act is None or not seen.isdecimal():
            return HttpResponseBadRequest(_("This is not one of the decisions."))
        revision.version = int(seen[:9])
        note = request.POST.get("note", "").replace("\x00", "")[:NOTE_LIMIT]
        try:
            act(revision, by=member_of(request), note=note)
        except PublishRefused as refused:
            lines = [f"{problem.sentence} {problem.remedy}" for problem in refused.problems]
            return self._refused(request, revision, lines, [(_("Your note"), note)])
        except TransitionRefused as refused:
            return self._refused(request, revision, [str(refused)], [(_("Your note"), note)])
        messages.success(
            request, _("Done. It is now: %(status)s.") % {"status": revision.get_status_display()}
        )
        return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[revision.pk]))

    def _seen_by(self, request: HttpRequest, object_id: str) -> Revision:
        revision = self.get_object(request, object_id)
        if revision is None:
            raise Http404
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        return revision

    def _refused(self, request: HttpRequest, revision: Revision, lines: Any, kept: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not carried out"),
            "revision": revision,
            "opts": self.opts,
            "lines": lines,
            "kept": [(label, text) for label, text in kept if text],
        }
        return TemplateResponse(request, "admin/articles/revision/refused.html", context, status=409)
