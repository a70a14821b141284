"""What was asked before, beside the words of somebody who is still writing them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cachexia_portal import limits
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import SIMILAR
from community import honest_times
from community.similar import offered

MOST_READ = 5000  # characters


@require_POST
@login_not_required
@form_page
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of a page. The words come in the body, so they stand in no log; nothing of them is kept."""
    if seconds := limits.spend(SIMILAR, request):
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    found = offered(request.POST.get("words", "")[:MOST_READ], reader=request.user)
    context = {"similar": found, "help": found.help, **(_who_is_here() if found.is_urgent else {})}
    return render(request, "community/parts/similar_while_writing.html", context)


def _who_is_here() -> dict[str, Any]:
    return {"is_staffed": honest_times.is_staffed(), "soon": honest_times.sentence()}
