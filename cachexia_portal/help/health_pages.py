"""Fixed pages of other apps that hold health words, as `settings.HEALTH_PAGES` brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class HealthPage(Protocol):
    """A page that is shown before a clinician has read it, and says so until then."""

    @property
    def title(self) -> _StrOrPromise: ...

    @property
    def checked_as(self) -> str:
        """A value of `FixedPageApproval.Page`."""

    @property
    def address(self) -> str: ...

    def paragraphs(self) -> list[str]: ...

    def digest(self) -> str: ...


def health_pages() -> dict[str, HealthPage]:
    """Each by the name under which it is approved."""
    return {page.checked_as: page for page in import_string(settings.HEALTH_PAGES)()}
