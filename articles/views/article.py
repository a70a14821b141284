"""One guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The live revision of a guide, with who checked it and where it comes from."""
    guide = get_object_or_404(Article.objects.visible_to(request.user).for_reading(), slug=slug)
    revision = guide.live_revision
    references = revision.references.all() if revision else []
    context = {"article": guide, "revision": revision, "references": references}
    return render(request, "articles/article.html", context)
