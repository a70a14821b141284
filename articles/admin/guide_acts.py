"""What an editor does with a guide as a whole: begin it, move it, warn on it, take it off the site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import addresses, publishing
from articles.drafting import start_original
from articles.forms.guides import BeginForm
from articles.forms.words import seen_version
from articles.models import Article, Revision
from articles.workflow import UNPUBLISHED, TransitionRefused
from cachexia_portal.accounts.signed_in import member_of

from .deciding import note_of
from .lasting import LastingAdmin


class GuideActs(LastingAdmin):
    """Each act is a button of its own on the page of the guide. Part of the admin of articles."""

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """Begin a guide of our own with its title, or find the way to a document."""
        _demand(request, "articles.add_article")
        form = BeginForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            draft = start_original(form.cleaned_data["title"], by=member_of(request))
            return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[draft.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Begin a guide"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/article/begin.html", context)

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a new draft of the live words, or the last ones, and go there."""
        _demand(request, "articles.change_revision")
        basis = self._basis(self._article(request, object_id))
        if basis is None:
            raise Http404
        draft = publishing.start_revision_from(basis, by=member_of(request))
        return HttpResponseRedirect(reverse("admin:articles_revision_change", args=[draft.pk]))

    @method_decorator(require_POST)
    def address_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give the guide another address; once it was public, the old one leads there."""
        article = self._article(request, object_id)
        typed = request.POST.get("address", "").strip()
        article.slug = request.POST.get("seen", article.slug)
        try:
            addresses.change_address(article, typed, by=member_of(request))
        except addresses.AddressRefused as refused:
            return self._refused(request, article, str(refused), [(_("The address you typed"), typed)])
        return self._done(request, article, _("The guide has its new address."))

    @method_decorator(require_POST)
    def notice_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put a fixed urgent notice above the text at once, or lift it."""
        article = self._article(request, object_id)
        article.urgent_notice = request.POST.get("seen", "")
        try:
            publishing.set_urgent_notice(article, request.POST.get("notice", ""), by=member_of(request))
        except TransitionRefused as refused:
            return self._refused(request, article, str(refused), [])
        said = _("Readers see the notice now.") if article.urgent_notice else _("There is no notice now.")
        return self._done(request, article, said)

    @method_decorator(require_POST)
    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take the live text off the site at once; readers see the explanation in its place."""
        live = self._live(request, object_id)
        note = note_of(request)
        live.version = seen_version(request.POST.get("version"))
        try:
            publishing.withdraw(live, by=member_of(request), note=note)
        except TransitionRefused as refused:
            kept = [(_("Your explanation"), note)]
            return self._refused(request, live.article, str(refused), kept)
        return self._done(
            request, live.article, _("The guide is off the site. Readers see your explanation.")
        )

    def _article(self, request: HttpRequest, object_id: str) -> Article:
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def _basis(self, article: Article) -> Revision | None:
        """What a new draft begins with: the live text; where there is none and no draft, the last one."""
        live = article.live_revision_of_this_site
        if live or self._open_draft(article):
            return live
        texts = Revision.objects.of_this_site().filter(article=article)
        return texts.select_related("source").defer("source__content").order_by("-number").first()

    def _open_draft(self, article: Article) -> Revision | None:
        drafts = Revision.objects.of_this_site().filter(article=article, status__in=UNPUBLISHED)
        return drafts.select_related("source").defer("source__content").order_by("-number").first()

    def _live(self, request: HttpRequest, object_id: str) -> Revision:
        live = self._article(request, object_id).live_revision_of_this_site
        if live is None:
            raise Http404
        return live

    def _done(self, request: HttpRequest, article: Article, said: str) -> HttpResponse:
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _refused(
        self, request: HttpRequest, article: Article, line: str, kept: list[tuple[Any, str]]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not carried out"),
            "opts": self.opts,
            "back": reverse("admin:articles_article_change", args=[article.pk]),
            "lines": [line],
            "kept": [(label, text) for label, text in kept if text],
        }
        return TemplateResponse(request, "admin/articles/revision/refused.html", context, status=409)


def _demand(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
