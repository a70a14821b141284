"""The Content-Security-Policy of the site, put together once and not for each answer."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOTHING_OF_ITS_OWN = PolicyParts()


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp as it is, but with the ready header where a page asks for nothing of its own.

    The settings hold one policy: no report-only one, and no address without it.
    """

    def __init__(self, get_response: Callable[..., HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_exempt = getattr(response, "_csp_exempt", False)
        if settings.DEBUG or is_exempt or self.get_policy_parts(request, response) != NOTHING_OF_ITS_OWN:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.policy)
        return response
