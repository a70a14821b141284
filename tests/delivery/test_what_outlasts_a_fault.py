"""Which pages may be shown while the site is broken: by their routes, so that none comes along unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

from cachexia_portal.delivery.page_kinds import kind_of

#: What readers need most: the guides and the help page. Whatever takes one of them away purges its address.
GUIDES_AND_HELP = {"articles/<slug:slug>/", "help-now/"}


def outlasting(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from outlasting(entry, pattern)
        elif (kind := kind_of(entry.callback)) and "stale-if-error" in kind.value:
            yield pattern


def test_only_guides_and_the_help_page_outlast_a_fault():
    assert set(outlasting(get_resolver())) == GUIDES_AND_HELP


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/questions/", "/robots.txt", "/sitemap.xml"])
def test_every_other_public_page_is_kept_for_a_second_and_no_longer(visitor, path):
    assert visitor.get(path)["Cache-Control"] == "public, max-age=0, s-maxage=1"
