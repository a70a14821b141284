"""Articles: one row per address, its revisions, and a new draft of the live text."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.models import Article, Revision
from articles.publishing import start_revision_from
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin, LookOnlyInline


class RevisionInline(LookOnlyInline):
    model = Revision
    fields = ("number", "link", "status", "author", "changed_at", "is_demo")
    ordering = ("-number",)

    @admin.display(description=_("title"))
    def link(self, revision: Revision) -> str:
        address = reverse("admin:articles_revision_change", args=[revision.pk])
        return format_html('<a href="{}">{}</a>', address, revision.title)

    def get_queryset(self, request: HttpRequest) -> Any:
        shown = super().get_queryset(request) & Revision.objects.of_this_site()
        return shown.select_related("author").defer("body", "body_html")


@admin.register(Article)
class ArticleAdmin(LastingAdmin):
    list_display = ("slug", "live_title", "kind", "language", "owner", "is_demo")
    list_filter = ("kind",)
    search_fields = ("slug", "revisions__title")
    list_select_related = ("live_revision", "owner")
    fields = ("slug", "live_title", "kind", "language", "owner")
    readonly_fields = ("live_title", "kind", "language", "owner")
    inlines = (RevisionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.of_this_site()

    @admin.display(description=_("live title"))
    def live_title(self, article: Article) -> str:
        live = article.live_revision_of_this_site
        return live.title if live else str(_("not published"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An address that was public once stays as it is."""
        fixed = super().get_readonly_fields(request, obj)
        was_public = obj is not None and obj.revisions.exclude(published_at=None).exists()
        return (*fixed, "slug") if was_public else fixed

    def get_urls(self) -> list[URLPattern]:
        start = self.admin_site.admin_view(self.start_view)
        return [path("<path:object_id>/start/", start, name="articles_article_start"), *super().get_urls()]

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a new draft of the live words and go there."""
        if not request.user.has_perm("articles.change_revision"):
            raise PermissionDenied
        article = self.get_object(request, object_id)
        live = article.live_revision_of_this_site if article else None
        if live is None:
            raise Http404
        draft = start_revision_from(live, by=member_of(request))
        return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[draft.pk]))
