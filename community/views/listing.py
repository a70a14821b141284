"""The list of questions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page
from community import honest_times, listing
from community.listing import TOPICS, FoundPage, ListedTopic, Wish, asked_for, page_of, wish_of


@login_not_required
@public_page
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Newest first; by topic, waiting for an answer, or answered by a clinician. Two queries."""
    topics, when = TOPICS.ask(request.GET.get("topic", "")), honest_times.sentence()
    wish = wish_of(request.GET, topics.rows) if request.GET else Wish()
    found = asked_for(wish)
    made_of = topics.raw, found.raw, when
    return kept_page(
        request, made_of, lambda: _list(request, wish, topics.rows, page_of(wish, found.rows), when)
    )


def _list(
    request: HttpRequest, wish: Wish, topics: list[ListedTopic], page: FoundPage, when: str
) -> HttpResponse:
    context = {
        "wish": wish,
        "page": page,
        "when": when,
        "topics": listing.topic_choices(wish, topics),
        "shown": listing.show_choices(wish),
        "query": wish.query(),
    }
    return render(request, "community/questions.html", context)
