"""The public page of a question with its answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.delivery.prepared import NUMBER, PreparedQuery
from community.models import Post

# What everybody may read, so written once.
QUESTION = PreparedQuery(
    lambda pk: Post.objects.visible_to(AnonymousUser()).questions().with_words().filter(pk=pk), NUMBER
)
ANSWERS = PreparedQuery(
    lambda pk: Post.objects.visible_to(AnonymousUser()).under(Post(pk=pk)).with_words(), NUMBER
)


@require_safe
@login_not_required
@public_page
def question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The question and its answers: two queries, however many answers."""
    if (post := QUESTION.row(pk)) is None:
        raise Http404
    if slug != post.slug:
        return redirect(post, permanent=True)
    return render(request, "community/question.html", {"question": post, "answers": ANSWERS.rows(pk)})
