"""What a request says about its body, cut down to what Django may be told.

Django decodes the address and the form with the charset that is named there,
before any middleware: a charset that is not for text would break every page.
Ours are all UTF-8, so none has to be named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PARAMETER = re.compile(r';\s*([^=;\s]+)\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)')


class SoundContentType:
    """A WSGI application in front of another, which hears the media type and the boundary alone."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = sound_content_type(environ["CONTENT_TYPE"])
        return self.application(environ, start_response)


def sound_content_type(given: str) -> str:
    """The media type, and the boundary if there is one."""
    media_type = given.partition(";")[0].strip()
    boundaries = [value for name, value in PARAMETER.findall(given) if name.lower() == "boundary"]
    return "; ".join([media_type, *(f"boundary={value.strip()}" for value in boundaries[:1])])
