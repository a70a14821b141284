"""The feed of what changed in the guides."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.feed import CHANGES, MEDIA_TYPE, feed_of
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest public changes, for feed readers."""
    return HttpResponse(feed_of(CHANGES.rows()), content_type=MEDIA_TYPE)
