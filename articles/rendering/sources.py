"""The list of sources under a guide, in the order of their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from articles.models import Reference

MOST_WAYS_BACK = 20  # to the places that cite one source
IN_A_DOI = "/:;(),.-_"


def sources_html(references: Iterable[Reference], cited: Counter[int]) -> str:
    """Each source as one line, with its addresses and the ways back to where it is cited."""
    lines = [_source(reference, cited[reference.position]) for reference in references]
    return (
        format_html('<ol class="sources">{}</ol>', format_html_join("", "{}", ((x,) for x in lines)))
        if lines
        else ""
    )


def _source(reference: Reference, times: int) -> str:
    parts = [_described(reference), _status(reference), *_addresses(reference), *_ways_back(reference, times)]
    return format_html(
        '<li id="source-{0}" value="{0}">{1}</li>',
        reference.position,
        format_html_join(" ", "{}", ((part,) for part in parts if part)),
    )


def _described(reference: Reference) -> str:
    """Authors. Title. Where it appeared, year."""
    title = _linked(reference.url, reference.title) if reference.url else reference.title
    where = ", ".join(filter(None, (reference.container, str(reference.year or ""))))
    parts = (part for part in (reference.authors, title, where) if part)
    return format_html_join(" ", "{}{}", ((part, _full_stop(part)) for part in parts))


def _full_stop(part: str) -> str:
    return "" if part.removesuffix("</a>").endswith((".", "?", "!")) else "."


def _status(reference: Reference) -> str:
    if reference.status == reference.Status.OK:
        return ""
    kind = "is-late" if reference.status == reference.Status.RETRACTED else "is-wait"
    return format_html('<span class="pill {}">{}</span>', kind, reference.get_status_display())


def _addresses(reference: Reference) -> list[str]:
    """Links by the numbers of a work; each number was checked for its form."""
    made = []
    if reference.doi:
        made.append(_linked(f"https://doi.org/{quote(reference.doi, IN_A_DOI)}", f"doi:{reference.doi}"))
    if reference.pmid:
        address = f"https://pubmed.ncbi.nlm.nih.gov/{quote(reference.pmid, '')}/"
        made.append(_linked(address, f"PubMed {reference.pmid}"))
    if reference.nct:
        address = f"https://clinicaltrials.gov/study/{quote(reference.nct, '')}"
        made.append(_linked(address, reference.nct))
    return [format_html("{}.", link) for link in made]


def _ways_back(reference: Reference, times: int) -> list[str]:
    shown = min(times, MOST_WAYS_BACK)
    return [_way_back(reference.position, place, shown) for place in range(1, shown + 1)]


def _way_back(number: int, place: int, places: int) -> str:
    label = _("Back to the sentence for source %(number)s") % {"number": number}
    if places > 1:
        label = _("Back to place %(place)s for source %(number)s") % {"place": place, "number": number}
    name = _("Back") if places == 1 else _("Back %(place)s") % {"place": place}
    return format_html('<a href="#cited-{}-{}" aria-label="{}">{}</a>', number, place, label, name)


def _linked(address: str, words: str) -> str:
    return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', address, words)
