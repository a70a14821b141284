"""One topic and its guides."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.listing import PAGE_LENGTH, for_rows, rows_of
from articles.models import Article, HealthWording, Topic
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What the topic is, once a clinician has checked it, and the newest guides about it."""
    about = get_object_or_404(Topic.objects.only("slug", "name"), slug=slug)
    guides = Article.objects.visible_to(request.user).filter(live_revision__topics=about)
    newest = list(for_rows(guides).newest_first()[: PAGE_LENGTH + 1])
    context = {
        "topic": about,
        "wording": HealthWording.objects.visible_to(request.user)
        .filter(topic=about)
        .order_by("is_demo")
        .first(),
        "rows": rows_of(newest[:PAGE_LENGTH]),
        "has_more": len(newest) > PAGE_LENGTH,
    }
    return render(request, "articles/topic.html", context)
