"""Topics, kinds of cancer and glossary terms, each with the way to its explanation; and groups of synonyms."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles import explaining, searchable
from articles.forms.taxonomy import (
    CancerTypeForm,
    ExplainedForm,
    GlossaryTermForm,
    SynonymGroupForm,
    TopicForm,
)
from articles.models import CancerType, GlossaryTerm, HealthWording, SynonymGroup, Topic
from cachexia_portal.accounts.signed_in import member_of

from .lasting import LastingAdmin

FIRST_WORDS = ("text", "caution")


class SeenAdmin(LastingAdmin):
    """Rows may be added and changed, never deleted; nobody's change is stored over another unseen."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        shown = tuple(self.fields or ())
        return (*shown, "seen") if may_write else shown


class NamesAdmin(SeenAdmin):
    """Names that guides and questions point to.

    An address stays as it is from the first day: links, bookmarks and marked words use it.
    """

    name_field = "name"

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": (self.name_field,)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "slug") if obj else self.readonly_fields


class ExplainedAdmin(NamesAdmin):
    """A name with its explanation, which is written and checked at a desk of its own."""

    list_per_page = 200
    last_fields: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        wordings = HealthWording.objects.of_this_site().order_by("is_demo")
        return super().get_queryset(request).prefetch_related(Prefetch("wordings", wordings))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.is_of_demo = member_of(request).is_demo
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may write the first words finds a place for them; who has typed some keeps it."""
        said = FIRST_WORDS if self._offers_first_words(request, obj) else ()
        link = ("explanation",) if obj and obj.wordings.all() else ()
        return (*super().get_fields(request, obj), *said, *link, *self.last_fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "explanation")

    @admin.display(description=_("explanation"))
    def explanation(self, explained: Any) -> str:
        """A link for each wording of this site, with its state in words."""
        links = [(_desk(w), w.get_status_display(), _suffix(w)) for w in explained.wordings.all()]
        return format_html_join(" · ", '<a href="{}">{}{}</a>', links) or str(_("none yet"))

    def save_model(self, request: HttpRequest, obj: Any, form: ExplainedForm, change: bool) -> None:
        """A new name takes the approval of its explanation away; first words become a draft."""
        super().save_model(request, obj, form, change)
        member = member_of(request)
        explaining.renamed(obj, by=member)
        if (text := form.cleaned_data.get("text")) and member.has_perm(explaining.WRITE):
            explaining.begin(obj, text, form.cleaned_data["caution"], by=member)

    def _offers_first_words(self, request: HttpRequest, explained: Any) -> bool:
        member = member_of(request)
        if not (self.has_change_permission(request, explained) and member.has_perm(explaining.WRITE)):
            return False
        said = explained.wordings.all() if explained else ()
        return bool(request.POST.get("text")) or all(each.is_demo != member.is_demo for each in said)


@admin.register(Topic)
class TopicAdmin(ExplainedAdmin):
    form = TopicForm
    list_display = ("name", "slug", "position", "explanation")
    search_fields = ("name", "slug")
    fields: ClassVar[Any] = ("name", "slug", "position", "keywords", "fields_of_practice")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever only looks sees the stored column; a form of checkboxes is for those who change it."""
        shown = super().get_fields(request, obj)
        if "seen" in shown:
            return shown
        return tuple("practice" if name == "fields_of_practice" else name for name in shown)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "practice")

    @admin.display(description=_("Fields of practice that may speak on it"))
    def practice(self, topic: Topic) -> str:
        return ", ".join(topic.fields)


@admin.register(CancerType)
class CancerTypeAdmin(NamesAdmin):
    form = CancerTypeForm
    list_display = ("name", "slug", "position")
    search_fields = ("name", "slug")
    fields: ClassVar[Any] = ("name", "slug", "also", "position")
    list_per_page = 200


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ExplainedAdmin):
    form = GlossaryTermForm
    name_field = "term"
    list_display = ("term", "pronunciation", "explanation")
    search_fields = ("term", "slug", "also_called", "misspellings")
    fields: ClassVar[Any] = ("term", "slug", "pronunciation", "also_called", "misspellings")
    last_fields = ("see_also",)

    def save_model(self, request: HttpRequest, obj: Any, form: ExplainedForm, change: bool) -> None:
        """Found by its new names with the next search."""
        super().save_model(request, obj, form, change)
        searchable.refresh_term(obj.pk)


@admin.register(SynonymGroup)
class SynonymGroupAdmin(SeenAdmin):
    """A group that should no longer count is put out of use; the search asks for those in use alone."""

    form = SynonymGroupForm
    list_display = ("__str__", "is_active", "note")
    list_filter = ("is_active",)
    search_fields = ("words", "note")
    fields: ClassVar[Any] = ("words", "note", "is_active")
    list_per_page = 200


def _desk(wording: HealthWording) -> str:
    return reverse("admin:articles_healthwording_change", args=[wording.pk])


def _suffix(wording: HealthWording) -> str:
    return format_html(" ({})", _("demonstration")) if wording.is_demo else ""
