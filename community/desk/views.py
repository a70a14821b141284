"""The two pages of the desk: the queue, and one item."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.outbox import heartbeat
from community import moderation
from community.forms.deciding import DecisionForm, HideForm, RestoreForm
from community.models import ReviewItem
from community.workflow import TransitionRefused

from . import queue
from .dossier import Dossier
from .places import written
from .rows import rows_of

QUEUE = "admin:community_reviewitem_changelist"
ITEM = "admin:community_reviewitem_change"


@require_safe
def to_be_read(request: HttpRequest) -> HttpResponse:
    """What waits, in turn; `?show=` chooses, `?after=` and `?before=` go on."""
    member, now = member_of(request), timezone.now()
    show = queue.BY_KEY.get(request.GET.get("show", ""), queue.SHOWS[0])
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = queue.waiting(member, show, after=after, before=before)
    tally = queue.tally(member)
    context = {
        "show": show,
        "shown": queue.choices(show, tally),
        "stretch": found,
        "rows": rows_of(found.items, member),
        "tally": tally,
        "opened": written(now),
        "just_decided": [] if after or before else queue.just_decided_by(member),
        "worker_is_silent": heartbeat.is_stale(),
    }
    return _page(request, "admin/community/to_be_read.html", _("To be read"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One post as it will appear, with the decision form; sent: one decision, or a page that keeps the notes."""
    dossier = Dossier(item_of(request, pk), member_of(request))
    if request.method != "POST":
        return show_item(request, dossier)
    form = decision_form(dossier, request.POST)
    if refusal := _not_open(dossier, form):
        return _refused(request, pk, refusal)
    if not form.is_valid() or "preview" in request.POST:
        return show_item(request, dossier, form=form, preview=form.preview())
    try:
        form.decide(by=dossier.person)
    except TransitionRefused as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, _("Your decision is kept."))
    return redirect(QUEUE)


def item_of(request: HttpRequest, pk: int) -> ReviewItem:
    """An item that this person may read; any other is not there."""
    items = ReviewItem.objects.visible_to(request.user).with_post()
    joined = items.select_related("appeal__decision__who", "revision__post__published_revision")
    found = joined.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def decision_form(dossier: Dossier, sent: QueryDict | None = None) -> DecisionForm:
    """The form of what is open to this person about this item as it stands now."""
    return DecisionForm(
        sent,
        initial={"version": dossier.item.version},
        item=dossier.item,
        verbs=moderation.open_verbs(dossier.item, dossier.person),
        found=[(place.value, f"{place.words} ({place.rule})") for place in dossier.found_private],
    )


def show_item(
    request: HttpRequest,
    dossier: Dossier,
    *,
    form: DecisionForm | None = None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    (row,) = rows_of([dossier.item], dossier.person)
    shown = form or decision_form(dossier)
    context = {
        "item": dossier.item,
        "dossier": dossier,
        "row": row,
        "form": shown if shown.verbs and not row.is_read_by_another else None,
        "is_own": dossier.item.is_by(dossier.person),
        "hide_form": HideForm(auto_id="id_hide_%s"),
        "restore_form": RestoreForm(auto_id="id_restore_%s"),
        **extra,
    }
    return _page(request, "admin/community/read_item.html", str(dossier.item), context, status)


def _not_open(dossier: Dossier, form: DecisionForm) -> TransitionRefused | None:
    """Why nothing can be decided here by this person, whatever they sent."""
    if not dossier.item.is_open:
        return moderation.AlreadyDecided(dossier.item)
    if dossier.item.is_claimed_from(dossier.person, timezone.now()):
        return moderation.ClaimedByAnother(dossier.item)
    return None if form.verbs else TransitionRefused(_("Somebody else has to decide this."))


def _refused(request: HttpRequest, pk: int, refusal: TransitionRefused) -> HttpResponse:
    """Who was faster, who is reading it, or that it changed: with the item as it is now, and all that was typed."""
    dossier = Dossier(item_of(request, pk), member_of(request))
    sent = request.POST.copy()
    sent["version"] = str(dossier.item.version)
    form = decision_form(dossier, sent)
    is_shown_again = form.verbs and not isinstance(refusal, moderation.ClaimedByAnother)
    extra = {
        "is_refused": True,
        "faster": None if dossier.item.is_open else dossier.last_decision,
        "refusal": "" if isinstance(refusal, moderation.AlreadyDecided) else str(refusal),
        "kept": [] if is_shown_again else typed(request),
    }
    return show_item(request, dossier, form=form, status=409, **extra)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was written by hand in any form of the page, by label, to be copied."""
    labels = {name: field.label for name, field in DecisionForm.base_fields.items()}
    names = ("other_words", "reason", "team_note")
    written = ((str(labels[name]), request.POST.get(name, "")) for name in names)
    return [(label, text) for label, text in written if text.strip()]


def _page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request, template, {**admin.site.each_context(request), "title": title, **context}, status=status
    )
