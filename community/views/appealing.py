"""Asking somebody else to look at a decision about one's own post."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import form_page
from community import moderation, second_look, standing
from community.forms.appealing import AppealForm
from community.standing import Standing
from community.workflow import TransitionRefused


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Once for each decision; a second try is shown where the first one is."""
    found = standing.of_post(member_of(request), pk)
    if found is None:
        raise Http404
    decision = found.appealable
    if decision is None:
        return _too_late(request, found)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            moderation.appeal(decision, by=member_of(request), words=form.cleaned_data["words"])
        except TransitionRefused:
            return _too_late(request, found)
        messages.success(request, _("Asked. Only somebody who did not decide it before may decide now."))
        return redirect("community:my_post", pk)
    context = {"standing": found, "decision": decision, "form": form, "reads": second_look.by_whom(decision)}
    return render(request, "community/appeal.html", context)


def _too_late(request: HttpRequest, found: Standing) -> HttpResponse:
    """Asked already, or overtaken: the words typed are given back."""
    if request.method != "POST":
        return redirect("community:my_post", found.post.pk)
    context = {"standing": found, "kept": kept_words(request)}
    return render(request, "community/appeal_closed.html", context, status=409)
