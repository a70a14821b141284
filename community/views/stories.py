"""Stories in public: the list, and the page of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page
from community import structured_data
from community.keyset import Cut, cut_of, shown_on
from community.stories import GUIDES, NEWEST, STORY, Row, Story

from .reading import kept_for_reader

if TYPE_CHECKING:
    from articles.models import Article
    from cachexia_portal.delivery.prepared import Found
    from community.models import Post
    from community.readers import Reader


@login_not_required
@public_page
@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Newest first. One query."""
    cut = cut_of(request.GET)
    found = NEWEST.ask(cut)
    return kept_page(request, (cut, found.raw), lambda: _list(request, cut, found.rows))


def _list(request: HttpRequest, cut: Cut, found: list[Post]) -> HttpResponse:
    page = shown_on(cut, found)
    context = {"page": page, "rows": [Row(post) for post in page.posts], "is_first_page": cut.is_first_page}
    return render(request, "community/stories.html", context)


@login_not_required
@public_page
@require_safe
def story(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The story, and which guides are about the same, in two queries; what a member marked is a third."""
    told, guides = STORY.ask(pk), GUIDES.ask(pk)
    if not told.raw:
        raise Http404
    made_of = pk, slug, told.raw, guides.raw
    return kept_for_reader(request, pk, made_of, partial(_page, request, slug, told, guides))


def _page(
    request: HttpRequest,
    slug: str,
    told: Found[Post],
    guides: Found[Article],
    reader: Reader,
    **token: str,
) -> HttpResponse:
    [post] = told.rows
    if slug != post.slug:
        return redirect(post, permanent=True)
    shown = Story(post, tuple(guides.rows), reader)
    context = {"story": shown, "post": post, "structured_data": structured_data.of_story(shown)}
    return render(request, "community/story.html", {**context, **token})
