"""The moderators' desk: what waits to be read, and the page of one post."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.kept_words import kept_words

from .forms import DecisionForm
from .models import Decision, ReviewItem
from .moderation import AlreadyDecided
from .workflow import TransitionRefused

PAGE = 50


@require_safe
def to_be_read(request: HttpRequest) -> HttpResponse:
    """Open items, the oldest first; with `?show=decided` the resolved ones, the newest first."""
    items = ReviewItem.objects.visible_to(request.user).with_post()
    is_decided = request.GET.get("show") == "decided"
    shown = items.resolved().order_by("-pk") if is_decided else items.open().order_by("pk")
    page = list(_from(shown, request.GET.get("from", ""), is_decided)[: PAGE + 1])
    context = {"items": page[:PAGE], "is_decided": is_decided, "next": page[PAGE] if page[PAGE:] else None}
    return _render(request, "admin/community/to_be_read.html", _("To be read"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One post as it will appear, with the decision form; sent: one decision, or a page that keeps the notes."""
    item = _item(request, pk)
    if request.method != "POST":
        return _show(request, item, DecisionForm(initial={"version": item.version}))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, item, form)
    try:
        form.decide(item, by=member_of(request))
    except TransitionRefused as refusal:
        return _show_refusal(request, _item(request, pk), refusal)
    messages.success(request, _("Your decision is kept."))
    return redirect("admin:community_reviewitem_changelist")


def _show_refusal(request: HttpRequest, item: ReviewItem, refusal: TransitionRefused) -> HttpResponse:
    """Who was faster, or that the post changed; if it is still open, the same form about what stands there now."""
    form = DecisionForm({**request.POST.dict(), "version": item.version})
    faster = refusal if isinstance(refusal, AlreadyDecided) else None
    return _show(request, item, form, status=409, faster=faster)


def _from(items: QuerySet[ReviewItem], first: str, is_decided: bool) -> QuerySet[ReviewItem]:
    """From this item on, itself included; anything else than a number is the beginning."""
    if not (first.isascii() and first.isdigit() and len(first) < 19):
        return items
    return items.filter(pk__lte=first) if is_decided else items.filter(pk__gte=first)


def _item(request: HttpRequest, pk: int) -> ReviewItem:
    items = ReviewItem.objects.visible_to(request.user).with_post()
    found = items.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest, item: ReviewItem, form: DecisionForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    may_decide = item.may_be_decided_by(member_of(request))
    context = {
        "item": item,
        "form": form if may_decide else None,
        "kept": [] if may_decide else kept_words(request),
        "is_own": item.is_by(member_of(request)),
        "history": Decision.objects.of_post(item.revision.post),
        **extra,
    }
    return _render(request, "admin/community/read_item.html", str(item), context, status)


def _render(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request, template, {**admin.site.each_context(request), "title": title, **context}, status=status
    )
