"""What the teller of a story agrees to, changed on the story's own page under `/me/`. Taking it back is `withdraw_post`."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cachexia_portal import limits
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_often
from cachexia_portal.limits.rules import CONSENT
from community import consent_words, moderation
from community.models import Post
from community.workflow import TransitionRefused

YEARS = {str(years): years for years in consent_words.YEARS}


@require_POST
@form_page
def change_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to one further use, at once."""
    post, asked = _own(request, pk), request.POST
    purpose, is_agreed = asked.get("purpose", ""), asked.get("answer") == "yes"
    return _done(
        request,
        post,
        lambda: moderation.change_consent(post, by=post.author, purpose=purpose, is_agreed=is_agreed),
        _("Changed. This counts from now on."),
    )


@require_POST
@form_page
def renew_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The same once more, from today."""
    post, years = _own(request, pk), request.POST.get("years", "")
    return _done(
        request,
        post,
        lambda: moderation.renew_consent(post, by=post.author, years=YEARS.get(years, 0)),
        _("Thank you. You agreed again, from today."),
    )


def _own(request: HttpRequest, pk: int) -> Post:
    mine = Post.objects.by(member_of(request)).stories().select_related("author")
    return get_object_or_404(mine, pk=pk)


def _done(request: HttpRequest, post: Post, act: Callable[[], object], said: str) -> HttpResponse:
    if seconds := limits.spend(CONSENT, request):
        return too_often(request, reverse("community:my_post", args=[post.pk]), seconds)
    try:
        act()
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("community:my_post", post.pk)
