"""What stands at an address where no guide can be read: where it went, or that it was withdrawn."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article, OldAddress, PublicChange

GONE = 410


def instead_of_missing(request: HttpRequest, slug: str, route: str = "articles:article") -> HttpResponse:
    """The page of a withdrawn guide, or the way to the present address of a live one.

    Raises Http404 where neither may be known. A withdrawn guide keeps its title, its words and
    its last address to itself: the answer stands at the address that was asked for.
    """
    if (change := _withdrawal(request, slug)) is not None:
        context = {"change": change, "canonical_url": ""}
        return render(request, "articles/withdrawn.html", context, status=GONE)
    readable = Article.objects.visible_to(request.user).values("pk")
    moved = OldAddress.objects.select_related("article").filter(slug=slug, article__in=readable).first()
    if moved is None:
        raise Http404("no guide may be read here")
    return HttpResponsePermanentRedirect(reverse(route, args=[moved.article.slug]))


def _withdrawal(request: HttpRequest, slug: str) -> PublicChange | None:
    """The newest word on why the guide of this address was withdrawn."""
    withdrawn = Article.objects.withdrawn().filter(Q(slug=slug) | Q(old_addresses__slug=slug))
    told = PublicChange.objects.visible_to(request.user).filter(kind=PublicChange.Kind.WITHDRAWN)
    return told.filter(article__in=withdrawn.values("pk")).first()
