"""A member's own posts: where they are, why, and what their author does at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from community import drafting, moderation, reported, second_look, standing
from community.models import Post
from community.workflow import TransitionRefused

LONGEST_NUMBER = 18  # digits; a longer one fits no row


@require_safe
@form_page
def my_posts(request: HttpRequest) -> HttpResponse:
    """A page of them by keyset, with what is not sent yet and what came of reports."""
    member = member_of(request)
    before, after = _key(request, "before"), _key(request, "after")
    context = {
        "page": standing.of_posts(member, before=before, after=after),
        "drafts": drafting.of(member),
        "reports": reported.by(member),
    }
    return render(request, "community/my_posts.html", context)


@require_safe
@form_page
def my_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own view of a post, in whatever state; nobody else's."""
    found = standing.of_post(member_of(request), pk)
    if found is None:
        raise Http404
    stands_still = second_look.stands_still(found.post) if found.may_stand_still else ""
    return render(request, "community/my_post.html", {"standing": found, "stands_still": stands_still})


@require_POST
@form_page
def withdraw_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back or down, at once and without a reason; of a story the receipt stands on the page it leads to."""
    moderation.withdraw(_own(request, pk), by=member_of(request))
    messages.success(request, _("Taken back. Nobody else can see it now."))
    return redirect("community:my_post", pk)


@require_POST
@form_page
def show_without_name(request: HttpRequest, pk: int) -> HttpResponse:
    """At once; the relation alone stands over it from now on."""
    try:
        moderation.show_without_name(_own(request, pk), by=member_of(request))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your name does not stand over it any more."))
    return redirect("community:my_post", pk)


@require_POST
@form_page
def forget_in_search(request: HttpRequest, pk: int) -> HttpResponse:
    """At once; search engines follow when they next come by."""
    try:
        moderation.forget_in_search(_own(request, pk), by=member_of(request))
    except TransitionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Search engines are asked to leave it out from now on."))
    return redirect("community:my_post", pk)


def _own(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(Post.objects.by(member_of(request)), pk=pk)


def _key(request: HttpRequest, name: str) -> int | None:
    """Anything else than a number is the newest page."""
    typed = request.GET.get(name, "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else None
