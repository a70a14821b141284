"""One guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.views.withdrawn import instead_of_missing
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The live revision of a guide, with who checked it and where it comes from."""
    guide = Article.objects.visible_to(request.user).for_reading().filter(slug=slug).first()
    if guide is None:
        return instead_of_missing(request, slug)
    revision = guide.live_revision
    references = revision.references.all() if revision else []
    context = {"article": guide, "revision": revision, "references": references}
    return render(request, "articles/article.html", context)
