"""The door at which a mail provider says what became of our mails."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cachexia_portal.delivery.page_kinds import form_page

from . import providers
from .coming_back import came_back


@csrf_exempt
@login_not_required
@require_POST
@form_page
def mail_came_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Exempt from CSRF: a machine calls, and what it says is signed. Not there until it is configured.

    The answer is the same whatever address is named in it.
    """
    if not providers.is_configured(provider):
        raise Http404
    try:
        told = providers.read(request)
    except providers.NotSigned as error:
        raise PermissionDenied from error
    except providers.NotUnderstood:
        return HttpResponse(status=400)
    for message_id, address, what in told:
        came_back(message_id, address, what)
    return HttpResponse(status=204)
