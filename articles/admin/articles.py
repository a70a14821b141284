"""Guides: one row per address, its texts, who looks after it, and what readers were told."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import comparing, review_clock, reviewing
from articles.forms.guides import ArticleForm
from articles.models import Article, PublicChange, Revision
from articles.workflow import WITHDRAW
from cachexia_portal.accounts.signed_in import member_of

from .guide_acts import GuideActs
from .lasting import LookOnlyInline


class RevisionInline(LookOnlyInline):
    model = Revision
    verbose_name_plural = _("texts")
    fields = ("number", "link", "status", "author", "changed_at", "is_demo")
    ordering = ("-number",)

    @admin.display(description=_("title"))
    def link(self, revision: Revision) -> str:
        address = reverse("admin:articles_revision_change", args=[revision.pk])
        return format_html('<a href="{}">{}</a>', address, revision.title)

    def get_queryset(self, request: HttpRequest) -> Any:
        shown = super().get_queryset(request) & Revision.objects.of_this_site()
        return shown.select_related("author").defer("body", "body_html", "sources_html", "contents_html")


class PublicChangeInline(LookOnlyInline):
    model = PublicChange
    verbose_name_plural = _("what readers were told")
    fields = ("at", "kind", "note")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request) & PublicChange.objects.of_this_site()


@admin.register(Article)
class ArticleAdmin(GuideActs):
    form = ArticleForm
    list_display = ("slug", "live_title", "kind", "language", "owner", "is_demo")
    list_filter = ("kind",)
    search_fields = ("slug", "revisions__title")
    list_select_related = ("live_revision", "owner")
    fields = ("slug", "live_title", "kind", "due", "owner", "backup", "review_months")
    readonly_fields = ("slug", "live_title", "kind", "due")
    inlines = (RevisionInline, PublicChangeInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.of_this_site()

    @admin.display(description=_("live title"))
    def live_title(self, article: Article) -> str:
        live = article.live_revision_of_this_site
        return live.title if live else str(_("not published"))

    @admin.display(description=_("to be checked again"))
    def due(self, article: Article) -> str:
        live = article.live_revision_of_this_site
        if live is None or live.approval is None:
            return str(_("Nobody has checked a live text yet."))
        due = review_clock.due_on(live.approval, article.review_months)
        day = due.strftime("%d.%m.%Y")
        return str(_("%(day)s (this day has come)") % {"day": day}) if review_clock.lateness(due) else day

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("begin/", wrap(self.begin_view), name="articles_article_begin"),
            path("<path:object_id>/start/", wrap(self.start_view), name="articles_article_start"),
            path("<path:object_id>/address/", wrap(self.address_view), name="articles_article_address"),
            path("<path:object_id>/notice/", wrap(self.notice_view), name="articles_article_notice"),
            path("<path:object_id>/withdraw/", wrap(self.withdraw_view), name="articles_article_withdraw"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        extra = {**(extra_context or {})}
        if article and self.has_view_permission(request, article):
            extra |= self._about(request, article)
        return super().change_view(request, object_id, form_url, extra)

    def _about(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        live = article.live_revision_of_this_site
        open_draft = self._open_draft(article)
        basis = self._basis(article)
        shown = basis or open_draft
        return {
            "title": shown.title if shown else article.slug,
            "subtitle": None,
            "live": live,
            "basis": basis,
            "outdated": comparing.outdated_sources_of(article),
            "open_draft": open_draft,
            "checklist": reviewing.checklist(open_draft) if open_draft else None,
            "notices": Article.UrgentNotice.choices,
            "may_change": self.has_change_permission(request, article),
            "may_withdraw": live is not None and WITHDRAW.open_to(member_of(request), live),
            "old_addresses": list(article.old_addresses.all()),
        }
