"""Texts of guides: one page to write a draft, one to read and decide."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import editing
from articles.forms.words import RevisionForm
from articles.models import Revision
from articles.models.revisions import WORDS
from cachexia_portal.accounts.signed_in import member_of

from .leaning import FigureInline, QuotationInline, ReferenceInline
from .writing import Writing, source_at_hand


@admin.register(Revision)
class RevisionAdmin(Writing):
    form = RevisionForm
    list_display = ("title", "number", "status", "article", "author", "changed_at", "is_demo")
    list_filter = ("status",)
    search_fields = ("title", "article__slug")
    list_select_related = ("article", "author")
    inlines = (ReferenceInline, FigureInline, QuotationInline)
    readonly_fields = ("article_link", "number", "status", "author", "source_link", "changed_at")
    fieldsets = (
        (None, {"fields": (("number", "status", "author", "changed_at"), ("article_link", "source_link"))}),
        (_("The text"), {"fields": ("title", "summary", "key_points", "body", "seen_version")}),
        (_("For whom, and about what"), {"fields": ("audience", "topics", "cancer_types")}),
        (_("What readers are told about this change"), {"fields": ("change_kind", "change_note")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        related = ("article", "author", "source", "approval__reviewer")
        return Revision.objects.of_this_site().select_related(*related).defer("source__content")

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

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form begins with the editor's unsaved words where they were taken up."""
        form = super().get_form(request, obj, change=change, **kwargs)
        unsaved = editing.unsaved_of(obj, member_of(request)) if obj and "unsaved" in request.GET else None
        return type(form.__name__, (form,), {"unsaved": unsaved}) if unsaved else form

    def save_model(self, request: HttpRequest, obj: Revision, form: Any, change: bool) -> None:
        """Nothing yet: the words are stored with their references, by `rewrite` alone."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.rewrite(by=member_of(request))
        editing.throw_away(form.instance, by=member_of(request))

    def response_change(self, request: HttpRequest, obj: Revision) -> HttpResponse:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.change_url(obj))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/move/", wrap(self.move_view), name="articles_revision_move"),
            path("<path:object_id>/preview/", wrap(self.preview_view), name="articles_revision_preview"),
            path("<path:object_id>/unsaved/", wrap(self.unsaved_view), name="articles_revision_unsaved"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A draft is written by those who may; everything else is read."""
        revision = self.get_object(request, object_id)
        if revision is None or not self.has_view_permission(request, revision):
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            if not self.may_write(request):
                raise PermissionDenied
            return self.write_view(request, object_id)
        if not self.has_change_permission(request, revision):
            return self.read_view(request, revision)
        return self.form_view(request, object_id)

    def form_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Django's own form, with what this page knows more."""
        revision = self.seen_by(request, object_id)
        member = member_of(request)
        extra = {
            **self.about(revision, member),
            "title": _("Text %(number)s: %(title)s") % {"number": revision.number, "title": revision.title},
            "subtitle": None,
            "unsaved": editing.unsaved_of(revision, member),
            "took_up": "unsaved" in request.GET,
            "files_lost": bool(request.FILES),
            "at_hand": source_at_hand(revision.source),
            "word_fields": " ".join(WORDS),
            "show_save_and_continue": False,
        }
        return super().change_view(request, object_id, "", extra)
