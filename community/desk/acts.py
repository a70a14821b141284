"""What is done with one button at the desk: claims, undoing, hiding, showing again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cachexia_portal.accounts.signed_in import member_of
from community import moderation
from community.forms.deciding import HideForm, RestoreForm
from community.models import Decision, ReviewItem
from community.workflow import TransitionRefused

from .dossier import Dossier
from .views import ITEM, QUEUE, item_of, show_item, typed


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it; the page of the item opens."""
    return _with_claim(request, pk, moderation.claim, _("You are reading this one."))


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """From somebody who is reading it; that is kept in its history."""
    return _with_claim(request, pk, moderation.take_over, _("You took it over."))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let someone else take it; the queue opens."""
    item = item_of(request, pk)
    moderation.release(item, by=member_of(request))
    messages.success(request, _("Somebody else can take it now."))
    return redirect(QUEUE)


@require_POST
def renew(request: HttpRequest, pk: int) -> JsonResponse:
    """From a page somebody works on: the claim goes on. Says whether it is still theirs."""
    return JsonResponse({"is_yours": moderation.renew(item_of(request, pk), by=member_of(request))})


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back while nothing newer happened."""
    item = item_of(request, pk)
    decision = _decision_of(item, request.POST.get("undoes", ""))
    try:
        moderation.undo(decision, by=member_of(request))
    except TransitionRefused as refusal:
        messages.warning(request, _("This was not undone. %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("Undone. It waits again, and the writer was not told anything."))
    return redirect(ITEM, pk)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a live post from sight, for a house rule and a reason."""
    return _on_the_post(request, pk, HideForm(request.POST, auto_id="id_hide_%s"), "hide_form")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden post again."""
    return _on_the_post(request, pk, RestoreForm(request.POST, auto_id="id_restore_%s"), "restore_form")


def _with_claim(request: HttpRequest, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    item = item_of(request, pk)
    try:
        act(item, by=member_of(request))
    except TransitionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(QUEUE)
    messages.success(request, done)
    return redirect(ITEM, pk)


def _on_the_post(request: HttpRequest, pk: int, form: HideForm | RestoreForm, name: str) -> HttpResponse:
    dossier = Dossier(item_of(request, pk), member_of(request))
    if not form.is_valid():
        is_on_the_page = dossier.may_be_hidden if name == "hide_form" else dossier.may_be_restored
        shown: dict[str, Any] = {name: form} if is_on_the_page else {"kept": typed(request)}
        return show_item(request, dossier, **shown)
    try:
        form.act(dossier.post, by=dossier.person)
    except TransitionRefused as refusal:
        fresh = Dossier(item_of(request, pk), dossier.person)
        said = str(refusal)
        return show_item(request, fresh, status=409, is_refused=True, refusal=said, kept=typed(request))
    messages.success(request, _("Your decision is kept."))
    return redirect(ITEM, pk)


def _decision_of(item: ReviewItem, number: str) -> Decision:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    found = item.decisions.filter(pk=number).first() if is_number else None
    if found is None:
        raise Http404
    return found
