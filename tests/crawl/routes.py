"""Every route of the URLconf, by name; those without a name by their pattern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    parameters: frozenset[str]


def all_routes() -> dict[str, Route]:
    """Name → route. Two routes of one name are two addresses of one thing; the first stands for both."""
    found: dict[str, Route] = {}
    for route in _walk(get_resolver(), namespaces=(), prefix="", parameters=frozenset()):
        found.setdefault(route.name, route)
    return found


def _walk(resolver: URLResolver, namespaces, prefix: str, parameters: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        wanted = parameters | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLResolver):
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, inside, pattern, wanted)
        elif isinstance(entry, URLPattern):
            name = ":".join((*namespaces, entry.name)) if entry.name else pattern
            yield Route(name, pattern, wanted)
