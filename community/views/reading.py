"""The public page of a question with its answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page
from community.models import Post


@require_safe
@login_not_required
@public_page
def question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The question and its answers: two queries, however many answers."""
    post = get_object_or_404(Post.objects.visible_to(request.user).questions().with_words(), pk=pk)
    if slug != post.slug:
        return redirect(post, permanent=True)
    answers = Post.objects.visible_to(request.user).answers_to(post).with_words()
    return render(request, "community/question.html", {"question": post, "answers": answers})
