"""What may be done with a text: the one policy. What is not allowed here is denied."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext as _

from articles.models import Rights, SourceBlock, SourceDocument


class Use(Enum):
    """`CITE` names title, address and publisher; `REPUBLISH` shows the source's own words."""

    CITE = "cite"
    REPUBLISH = "republish"


REPUBLISHABLE = {Rights.OWN, Rights.PUBLIC_DOMAIN, Rights.OPEN, Rights.PERMISSION}


def may(use: Use, subject: SourceDocument | SourceBlock) -> bool:
    """May this use be made of this document or block?"""
    return why_not(use, subject) is None


def why_not(use: Use, subject: SourceDocument | SourceBlock) -> str | None:
    """The reason against, as a sentence; None where the use is allowed.

    A block without rights of its own has those of its document, and never more.
    """
    if use is Use.CITE:
        return None
    held: list[str | None] = [subject.rights]
    if isinstance(subject, SourceBlock):
        held = [subject.rights or subject.document.rights, subject.document.rights]
    barred = next((rights for rights in held if rights not in REPUBLISHABLE), None)
    return None if barred is None else _refusal(barred)


def _refusal(rights: str | None) -> str:
    if rights == Rights.RESERVED:
        return _(
            "All rights are reserved. The site may name this source and link to it, but not show its words. "
            "With a permission from its owner, import the file again with “license: permission”."
        )
    return _(
        "Nothing in the file says that its words may be used, so they count as reserved. "
        "Find out who owns them; then import the file again with a “license” line."
    )
