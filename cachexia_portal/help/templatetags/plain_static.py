"""`{% static %}` for pages that are written to a file.

Such a file outlives the release that wrote it, and so do its links: they name
the style sheet and the sprite without the hash of one release.
"""

from __future__ import annotations

from urllib.parse import urljoin

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def static(path: str) -> str:
    return urljoin(settings.STATIC_URL, path)
