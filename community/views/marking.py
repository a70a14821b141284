"""Marking what one reads: "This helped me", "I am going through this too", "Thank you", and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cachexia_portal import limits
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_often
from cachexia_portal.limits.rules import MARK
from community import marking
from community.models import Post

ACTS = {"mark": marking.mark, "unmark": marking.unmark}


@require_POST
@form_page
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """One button of the page of a question or story: `mark` or `unmark`, with the number of a post on it."""
    page = Post.objects.visible_to(request.user).filter(Q(pk=pk) | Q(question=pk))
    verb, number = next(((verb, request.POST[verb]) for verb in ACTS if verb in request.POST), ("", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    post = get_object_or_404(page.select_related("question__published_revision"), pk=number)
    if seconds := limits.spend(MARK, request):
        return too_often(request, post.get_absolute_url(), seconds)
    try:
        ACTS[verb](post, by=member_of(request), kind=marking.FITS.get(post.kind, ""))
    except marking.MayNotMark:
        messages.warning(request, _("This was not kept: it is your own, or you took back your consent."))
    return redirect(post)
