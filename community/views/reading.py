"""The public page of a question with its answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.kept_forms import kept_form_page
from cachexia_portal.delivery.page_kinds import public_page
from community.readers import VISITOR, Reader, reader_of
from community.structured_data import structured_data
from community.thread import POSTS, TOPICS, Thread

if TYPE_CHECKING:
    from cachexia_portal.delivery.prepared import Found


@login_not_required
@public_page
@require_safe
def question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The question with its answers and replies, in two queries; what a member marked is a third."""
    posts, topics = POSTS.ask(pk), TOPICS.ask(pk)
    if not posts.raw:
        raise Http404
    made_of = pk, slug, posts.raw, topics.raw
    return kept_for_reader(request, pk, made_of, partial(_page, request, slug, posts, topics))


def _page(
    request: HttpRequest, slug: str, posts: Found[Any], topics: Found[Any], reader: Reader, **token: str
) -> HttpResponse:
    thread = Thread(posts.rows, topics.rows, reader)
    if slug != thread.question.slug:
        return redirect(thread.question, permanent=True)
    context = {"thread": thread, "question": thread.question, "structured_data": structured_data(thread)}
    return render(request, "community/question.html", {**context, **token})


def kept_for_reader(
    request: HttpRequest, pk: int, made_of: Any, page: Callable[..., HttpResponse]
) -> HttpResponse:
    """The page of this post as it is kept: a member's with the buttons of their marks, in one query more."""
    if not request.user.is_authenticated:
        return kept_page(request, made_of, lambda: page(VISITOR))
    reader = reader_of(request.user, pk)
    return kept_form_page(request, (made_of, reader), lambda token: page(reader, **token))
