"""A member's own posts: where they are, why, and taking them back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from community import moderation, standing
from community.models import Post


@require_safe
@form_page
def my_posts(request: HttpRequest) -> HttpResponse:
    context = {"standings": standing.of_posts(member_of(request))}
    return render(request, "community/my_posts.html", context)


@require_safe
@form_page
def my_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's own view of a post, in whatever state; nobody else's."""
    found = standing.of_post(member_of(request), pk)
    if found is None:
        raise Http404
    return render(request, "community/my_post.html", {"standing": found})


@require_POST
@form_page
def withdraw_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back or down, at once and without a reason."""
    post = get_object_or_404(Post.objects.by(member_of(request)), pk=pk)
    moderation.withdraw(post, by=member_of(request))
    messages.success(request, _("Taken back. Nobody else can see it now."))
    return redirect("community:my_post", pk)
