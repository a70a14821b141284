"""Writing a draft: the look of it while one types, unsaved words, and two editors who met."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import editing
from articles.forms.words import RevisionForm, seen_version
from articles.models import Revision, SourceBlock
from articles.models.revisions import WORDS
from cachexia_portal.accounts.signed_in import member_of

from .deciding import TEMPLATES, Deciding
from .looking import as_page, with_words

if TYPE_CHECKING:
    from articles.models import SourceDocument

PREFIXES = ("references", "figures", "quotations")
AT_HAND = (
    SourceBlock.Kind.TITLE,
    SourceBlock.Kind.HEADING,
    SourceBlock.Kind.SIDEBAR,
    SourceBlock.Kind.REFERENCE,
)


class Writing(Deciding):
    """The pages of a draft that is being written. Part of the admin of revisions."""

    form_view: Callable[[HttpRequest, str], HttpResponse]  # the form itself: RevisionAdmin has it

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The text as its page will show it: the stored one, or what was typed, which is kept meanwhile."""
        revision = self.seen_by(request, object_id)
        if request.method != "POST":
            return self._preview(request, revision, "")
        if not self.may_write(request):
            raise PermissionDenied
        words = {name: request.POST.get(name, "") for name in WORDS}
        seen = seen_version(request.POST.get("seen_version"))
        outcome = editing.autosave(revision, words, seen, by=member_of(request))
        if outcome == editing.TOO_LONG:
            words["body"] = ""
        return self._preview(request, with_words(revision, words), _sentence(outcome))

    def _preview(self, request: HttpRequest, revision: Revision, said: str) -> HttpResponse:
        context = {"revision": revision, "said": said, **as_page(revision)}
        if request.headers.get("X-Requested-With") == "fetch":
            return TemplateResponse(request, f"{TEMPLATES}/as_page.html", context)
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": revision.title}
        return TemplateResponse(request, f"{TEMPLATES}/preview.html", context)

    @method_decorator(require_POST)
    def unsaved_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take one's own unsaved words up again, or throw them away."""
        revision = self.seen_by(request, object_id)
        if not self.may_write(request):
            raise PermissionDenied
        act = request.POST.get("act")
        if act == "take":
            return HttpResponseRedirect(f"{self.change_url(revision)}?unsaved=1")
        if act != "throw":
            return HttpResponseBadRequest(_("This is not one of the decisions."))
        editing.throw_away(revision, by=member_of(request))
        return HttpResponseRedirect(self.change_url(revision))

    def write_view(self, request: HttpRequest, object_id: str, **more: Any) -> HttpResponse:
        """Store the words of the form, unless somebody was first: asked under a lock, kept until they are stored."""
        with transaction.atomic():
            revision = Revision.objects.select_for_update().get(pk=self.seen_by(request, object_id).pk)
            if not revision.is_editable:
                kept = editing.typed_words(revision, request.POST)
                return self.refused(request, revision, [revision.who_was_first()], kept)
            if seen_version(request.POST.get("seen_version")) != revision.version:
                return self._met(request, revision)
            return self.form_view(request, object_id, **more)

    def _met(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        """Three texts for the second editor: what both began from, the other's, and their own."""
        mine = RevisionForm(request.POST, instance=Revision(pk=revision.pk, version=revision.version))
        seen = seen_version(request.POST.get("seen_version"))
        met = editing.three_texts(revision, seen, request.POST)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody else saved first"),
            "opts": self.opts,
            "revision": revision,
            "first": revision.who_was_first(),
            "fields": [(three, mine[three.name]) for three in met],
            "carried": self._carried(request, revision, {three.name for three in met}),
            "is_base_known": all(three.base is not None for three in met),
            "files_lost": bool(request.FILES),
        }
        return TemplateResponse(request, f"{TEMPLATES}/three_texts.html", context, status=409)

    def _carried(self, request: HttpRequest, revision: Revision, shown: set[str]) -> list[tuple[str, str]]:
        """Everything else of the form, so that saving it again loses nothing."""
        carried = [(name, request.POST.get(name, "")) for name in WORDS if name not in shown]
        for name in ("topics", "cancer_types"):
            carried += [(name, value) for value in request.POST.getlist(name)]
        for prefix in PREFIXES:
            alive = set(getattr(revision, prefix).values_list("pk", flat=True))
            carried += editing.carried_rows(request.POST, prefix, alive)
        return carried


def source_at_hand(source: SourceDocument | None) -> list[SourceBlock]:
    """The outline and the references of the document that a text rests on."""
    if source is None:
        return []
    return list(
        source.blocks.filter(kind__in=AT_HAND, stripped=None).only("kind", "level", "text", "first_line")
    )


def _sentence(outcome: str) -> str:
    return {
        editing.SAVED: _("Kept for you, not saved yet. Nobody else sees it until you save."),
        editing.UNCHANGED: _("Nothing has changed since it was last saved."),
        editing.NOT_OPEN: _(
            "This text is closed just now, so nothing is kept. Copy your words to a safe place."
        ),
        editing.TOO_LONG: _("This is too long to be kept. Make it shorter, or copy it to a safe place."),
    }[outcome]
