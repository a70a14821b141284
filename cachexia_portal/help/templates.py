"""A template engine for pages that are made without a request and kept in a file."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.template.backends.django import DjangoTemplates
from django.utils import timezone, translation


@cache
def _engine() -> DjangoTemplates:
    return DjangoTemplates(
        {
            "NAME": "fixed pages",
            "DIRS": settings.TEMPLATES[0]["DIRS"],
            "APP_DIRS": True,
            "OPTIONS": {
                "builtins": [
                    "django.templatetags.i18n",
                    "cachexia_portal.help.templatetags.plain_static",
                    "cachexia_portal.delivery.frame",
                ]
            },
        }
    )


def render(name: str, context: dict[str, Any]) -> str:
    """As a visitor sees it in the site's language and zone, links to static files without a hash."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        return str(_engine().get_template(name).render(context))
