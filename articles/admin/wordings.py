"""The desk of explanations: what waits for a check, and the buttons that give or take an approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles import explaining
from articles.explaining import ExplainingRefused
from articles.forms.taxonomy import HealthWordingForm
from articles.models import HealthWording
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin

ACTS: dict[str, tuple[Callable[..., None], Any]] = {
    "approve": (explaining.approve, _("Approved. Readers see these words now.")),
    "take-back": (
        explaining.take_back,
        _("Taken back. Readers see the name alone until it is checked again."),
    ),
}


class AboutFilter(admin.SimpleListFilter):
    title = _("what it explains")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("term", _("Words")), ("topic", _("Topics"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "term":
            return queryset.exclude(term=None)
        return queryset.exclude(topic=None) if self.value() == "topic" else queryset


@admin.register(HealthWording)
class HealthWordingAdmin(LastingAdmin):
    """Words beside their name; saved by editors, approved by reviewers as they stand."""

    form = HealthWordingForm
    list_display = ("name", "beginning", "status", "edited_at", "is_demo")
    list_filter = ("status", AboutFilter)
    list_select_related = ("topic", "term", "edited_by")
    list_per_page = 100
    search_fields = ("topic__name", "term__term", "text")
    ordering = (F("topic__position").asc(nulls_first=True), "term__term", "pk")
    readonly_fields = ("explains", "status", "edited_by", "edited_at", "is_demo")
    fields: ClassVar[Any] = (*readonly_fields, "text", "caution")

    def get_queryset(self, request: HttpRequest) -> QuerySet[HealthWording]:
        shown = HealthWording.objects.of_this_site().order_by(*self.ordering)
        return shown.select_related(*self.list_select_related)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "seen") if self.has_change_permission(request, obj) else self.fields

    def has_change_permission(self, request: HttpRequest, obj: HealthWording | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not explaining.why_not_rewrite(obj, member_of(request)))

    @admin.display(description=_("name"))
    def name(self, wording: HealthWording) -> str:
        return str(wording.explained)

    @admin.display(description=_("explains"))
    def explains(self, wording: HealthWording) -> str:
        """The name, with the page where it is changed."""
        kind, key = ("topic", wording.topic_id) if wording.topic_id else ("glossaryterm", wording.term_id)
        address = reverse(f"admin:articles_{kind}_change", args=[key])
        return format_html('<a href="{}">{}</a>', address, wording.explained)

    @admin.display(description=_("text"))
    def beginning(self, wording: HealthWording) -> str:
        return Truncator(wording.text).words(14)

    def save_model(self, request: HttpRequest, obj: HealthWording, form: Any, change: bool) -> None:
        """The act stores the words; the form has made sure, under a lock, that they were seen."""
        explaining.rewrite(
            HealthWording.objects.get(pk=obj.pk),
            text=form.cleaned_data["text"],
            caution=form.cleaned_data["caution"],
            by=member_of(request),
            seen_version=int(form.cleaned_data["seen"]),
        )

    def get_urls(self) -> list[URLPattern]:
        act = self.admin_site.admin_view(self.act_view)
        return [
            path("<int:object_id>/<slug:act>/now/", act, name="articles_healthwording_act"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        wording = self.get_object(request, object_id)
        if wording is None or not self.has_view_permission(request, wording):
            return super().change_view(request, object_id, form_url, extra_context)
        member = member_of(request)
        extra = {
            "wording": wording,
            "refusal": explaining.why_not_approve(wording, member, timezone.localdate()),
            "may_take_back": wording.is_approved and explaining.may_take_back(wording, member),
            "history": explaining.history(wording),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **extra})

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: int, act: str) -> HttpResponse:
        """One button, on the words that were seen."""
        wording, seen = self.get_object(request, str(object_id)), request.POST.get("version", "")
        if wording is None or act not in ACTS:
            raise Http404
        if not self.has_view_permission(request, wording):
            raise PermissionDenied
        if not (seen.isascii() and seen.isdecimal() and len(seen) < 10):
            return HttpResponseBadRequest(_("This is not one of the decisions."))
        self._do(request, wording, act, int(seen))
        return HttpResponseRedirect(reverse("admin:articles_healthwording_change", args=[wording.pk]))

    def _do(self, request: HttpRequest, wording: HealthWording, act: str, seen: int) -> None:
        command, done = ACTS[act]
        try:
            command(wording, by=member_of(request), seen_version=seen)
        except ExplainingRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
