"""One picture of a guide, for those who may see the guide."""

from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.contrib.admin import site as staff_site
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles import reading
from articles.models import Figure
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The picture, while a live guide shows it; staff who read drafts see those of drafts too."""
    if not (reading.shows_picture(request.user, name) or _reads_drafts(request, name)):
        raise Http404
    answer = _sent_by_the_proxy(name) if settings.ACCEL_MEDIA_PREFIX else _sent_by_us(name)
    answer["Content-Type"] = guess_type(name)[0] or "application/octet-stream"
    return answer


def _reads_drafts(request: HttpRequest, name: str) -> bool:
    member: Any = request.user
    may_read = member.has_perm("articles.view_revision") and staff_site.has_permission(request)
    return may_read and Figure.objects.filter(file=name).exists()


def _sent_by_the_proxy(name: str) -> HttpResponse:
    return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ACCEL_MEDIA_PREFIX}/{name}"})


def _sent_by_us(name: str) -> HttpResponse:
    """The name stands for the bytes: a picture never changes under its name."""
    try:
        with default_storage.open(name) as stored:
            return HttpResponse(stored.read(), headers={"ETag": f'"{name}"'})
    except FileNotFoundError:
        raise Http404 from None
