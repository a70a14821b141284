"""Who is asking, on pages that only members reach."""

from __future__ import annotations

from django.http import HttpRequest

from cachexia_portal.accounts.models import Member


def member_of(request: HttpRequest) -> Member:
    """Return the member who is signed in; asked for anybody else, the page is not closed well."""
    assert isinstance(request.user, Member)
    return request.user
