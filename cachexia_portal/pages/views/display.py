"""Colours and text size: the one form without a token."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cachexia_portal.delivery.display import COOKIE_NAME, COOKIE_SECONDS, Display
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.delivery.read_only import writes_nothing

LONGEST_PATH = 2000


@csrf_exempt
@login_not_required
@writes_nothing
@form_page
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Keeps the choice in a cookie and goes back to the page it was made on.

    Exempt from CSRF, because public pages hold no token: all it can do is set
    the caller's own colours. It is refused from other sites all the same.
    """
    if not comes_from_this_site(request):
        raise PermissionDenied
    response = HttpResponseRedirect(path_to_return_to(request), status=303)
    _keep(response, Display.chosen(request.POST.get("theme", ""), request.POST.get("text", "")))
    return response


def _keep(response: HttpResponse, display: Display) -> None:
    if display.is_default:
        response.delete_cookie(COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        COOKIE_NAME,
        display.to_cookie(),
        max_age=COOKIE_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def comes_from_this_site(request: HttpRequest) -> bool:
    """By `Sec-Fetch-Site`; by `Origin` in browsers that do not send it; else no."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from in {"same-origin", "none"}
    return request.headers.get("Origin") in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}


def path_to_return_to(request: HttpRequest) -> str:
    """`next`, where it is a path of this site; else the home page."""
    path = request.POST.get("next", "")
    is_ours = path.startswith("/") and len(path) <= LONGEST_PATH and "\0" not in path
    if is_ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return reverse("pages:home")
