"""A figure as it stands in a guide, or the sentence in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from articles.models import Figure


def figure_html(figure: Figure) -> str:
    """The picture with its caption; without the rights to it only who made it, and no address of it."""
    from articles.rights import Use, why_not  # the policy knows the models, and they know the renderer

    if why_not(Use.SHOW, figure):
        return format_html('<p class="note note-sunk">{}</p>', _not_shown(figure))
    return format_html(
        '<figure class="figure" id="figure-{0}"><img src="{1}" alt="{2}" width="{3}" height="{4}" '
        'loading="lazy" decoding="async"><figcaption>{5}</figcaption></figure>',
        figure.position,
        reverse("articles:figure", args=[figure.file]),
        "" if figure.is_decorative else figure.alt,
        figure.width,
        figure.height,
        _under(figure),
    )


def _under(figure: Figure) -> str:
    number = _("Figure %(number)s.") % {"number": figure.position}
    credit = _("Picture: %(credit)s") % {"credit": figure.credit} if figure.credit else ""
    return " ".join(words for words in (number, figure.caption, credit) if words)


def _not_shown(figure: Figure) -> str:
    sorry = _("A picture belongs here. This site may not show it.")
    credit = _("It is by: %(credit)s") % {"credit": figure.credit} if figure.credit else ""
    about = _("It shows: %(alt)s") % {"alt": figure.alt} if figure.alt else ""
    return " ".join(words for words in (sorry, about, credit) if words)
