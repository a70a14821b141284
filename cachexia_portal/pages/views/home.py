"""The first page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.listing import featured
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.delivery.prepared import PreparedQuery
from community import stories
from community.models import Post

SHOWN = 3
NEWEST_QUESTIONS = PreparedQuery(
    lambda: Post.objects.questions().visible_to(AnonymousUser()).with_words().order_by("-pk")[:SHOWN]
)

NEWEST_STORY: PreparedQuery[Post] = PreparedQuery(
    lambda: stories.listed().order_by("-published_at", "-pk")[:1]
)


@login_not_required
@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest guides, questions and story, a query each; a guide long overdue for its check is left out."""
    shown, questions, told = featured(), NEWEST_QUESTIONS.ask(), NEWEST_STORY.ask()

    def page() -> HttpResponse:
        newest = {"guides": shown.guides, "has_guides": shown.is_any, "questions": questions.rows}
        story = stories.Row(told.row) if told.row else None
        return render(request, "pages/home.html", {**newest, "story": story})

    return kept_page(request, (shown.made_of, questions.raw, told.raw), page)
