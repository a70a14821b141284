"""Source documents: what was imported, line by line, and the way to a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import rights
from articles.drafting import DraftRefused, make_draft_of, open_draft_of
from articles.models import SourceBlock, SourceDocument
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin, LookOnlyInline


class BlockInline(LookOnlyInline):
    model = SourceBlock
    verbose_name_plural = _("blocks, with their lines in the file")
    fields = ("lines", "kind", "level", "text", "rights", "stripped")

    @admin.display(description=_("lines"))
    def lines(self, block: SourceBlock) -> str:
        if block.first_line == block.last_line:
            return str(block.first_line)
        return f"{block.first_line}–{block.last_line}"


@admin.register(SourceDocument)
class SourceDocumentAdmin(LastingAdmin):
    list_display = ("title", "name", "version", "publisher_name", "rights", "imported_at")
    list_filter = ("rights",)
    search_fields = ("title", "name", "publisher_name")
    list_select_related = True
    inlines = (BlockInline,)
    readonly_fields = ("stated_front_matter",)
    fieldsets = (
        (None, {"fields": ("title", "publisher_name", "url", "language", "rights", "rights_statement")}),
        (
            _("What the source claims of itself"),
            {
                "fields": (
                    "claimed_reviewer",
                    "claimed_credentials",
                    "claimed_reviewed_on",
                    "claimed_modified_on",
                    "claimed_review_frequency",
                    "source_status",
                    "stated_front_matter",
                )
            },
        ),
        (_("The file"), {"fields": ("name", "version", "sha256", "imported_at", "imported_by")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        return super().get_queryset(request).defer("content")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("front matter as given"))
    def stated_front_matter(self, document: SourceDocument) -> str:
        lines = []
        for key, value in document.front_matter.items():
            lines.append(f"{key}: {', '.join(value) if isinstance(value, list) else value}")
        return format_html("<pre>{}</pre>", "\n".join(lines))

    def get_urls(self) -> list[URLPattern]:
        draft = self.admin_site.admin_view(self.draft_view)
        return [
            path("<path:object_id>/draft/", draft, name="articles_sourcedocument_draft"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        document = self.get_object(request, object_id)
        extra = {**(extra_context or {})}
        if document:
            extra["refusal"] = rights.why_not(rights.Use.REPUBLISH, document)
            extra["draft"] = open_draft_of(document)
            extra["may_draft"] = request.user.has_perm("articles.change_revision")
        return super().change_view(request, object_id, form_url, extra)

    @method_decorator(require_POST)
    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a draft and go there; a refusal says why on the document's page."""
        if not request.user.has_perm("articles.change_revision"):
            raise PermissionDenied
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404
        try:
            draft = make_draft_of(document, by=member_of(request))
        except DraftRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:articles_sourcedocument_change", args=[document.pk]))
        return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[draft.pk]))
