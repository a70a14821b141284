"""Colours and text size: one cookie, chosen from a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

COOKIE_NAME = "display"
COOKIE_SECONDS = 365 * 24 * 60 * 60
THEMES = ("auto", "light", "dark")
TEXTS = ("normal", "large", "larger")


@dataclass(frozen=True)
class Display:
    """A choice of colours and text size. What is not on the lists counts as the default."""

    theme: str = "auto"
    text: str = "normal"

    @classmethod
    def chosen(cls, theme: str, text: str) -> Display:
        """From typed values, each replaced by its default where it is not on its list."""
        return cls(theme if theme in THEMES else THEMES[0], text if text in TEXTS else TEXTS[0])

    @classmethod
    def from_cookie(cls, value: str) -> Display:
        theme, _, text = value.partition(".")
        return cls.chosen(theme, text)

    @classmethod
    def from_request(cls, request: HttpRequest) -> Display:
        return cls.from_cookie(request.COOKIES.get(COOKIE_NAME, ""))

    @property
    def is_default(self) -> bool:
        return self == Display()

    def to_cookie(self) -> str:
        return f"{self.theme}.{self.text}"

    @classmethod
    def all_cookies(cls) -> list[str]:
        """Every value the cookie may have."""
        return [cls(theme, text).to_cookie() for theme in THEMES for text in TEXTS]


#: What a finished file says on its `<html …>`, and what `apply_display` replaces.
MARKER = b' data-theme="auto" data-text="normal"'
_RADIO = re.compile(rb'<input\b[^>]*\bid="(theme|text)-([a-z]+)"[^>]*>')


def apply_display(html: bytes, display: Display) -> bytes:
    """A finished page in the visitor's colours and text size, the right choices marked."""
    chosen = f' data-theme="{display.theme}" data-text="{display.text}"'.encode()
    return _RADIO.sub(lambda found: _marked(found, display), html.replace(MARKER, chosen, 1))


def _marked(found: re.Match[bytes], display: Display) -> bytes:
    tag = found[0].replace(b" checked", b"")
    if getattr(display, found[1].decode()) == found[2].decode():
        return tag.removesuffix(b">").removesuffix(b"/").rstrip() + b" checked>"
    return tag
