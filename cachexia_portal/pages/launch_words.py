"""Before people may write: are the house rules and the privacy page the society's own words?

An administrator reads them and says so of exactly these. When a rule, a template or a setting
that they show changes, the list asks again.
"""

from __future__ import annotations

import re

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cachexia_portal.delivery.context import site_facts
from cachexia_portal.launch import Item, confirming
from cachexia_portal.launch.models import Confirmed

from .views.about import privacy_facts, rules_in_force

#: Each page: its template, what it is filled with, its address.
PAGES = {
    Confirmed.HOUSE_RULES: ("pages/about/house_rules.html", rules_in_force, "pages:about_house_rules"),
    Confirmed.PRIVACY_PAGE: ("pages/about/privacy.html", privacy_facts, "pages:about_privacy"),
}
END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|dt|dd|th|td|caption)>")


def paragraphs_of(what: str) -> list[str]:
    """The page's own words as they are read, without its frame."""
    template, facts, _page = PAGES[Confirmed(what)]
    html = render_to_string(
        template, {"layout": "pages/about/words_alone.html", "portal": site_facts(), **facts()}
    )
    words = (" ".join(strip_tags(part).split()) for part in END_OF_LINE.split(html))
    return [line for line in words if line]


def digest_of(what: str) -> str:
    return confirming.digest_of("\n".join(paragraphs_of(what)))


def page_of(what: str) -> str:
    return reverse(PAGES[Confirmed(what)][2])


def house_rules_are_approved() -> Item:
    return Item(
        key="house_rules",
        title=_("The house rules are approved as they stand"),
        is_done=_is_approved(Confirmed.HOUSE_RULES) and rules_in_force()["rules"].exists(),
        what_to_do=_("Enter the rules, read them as a page, and approve exactly these words."),
        address=_address(Confirmed.HOUSE_RULES),
    )


def privacy_page_is_approved() -> Item:
    return Item(
        key="privacy_page",
        title=_("The privacy page is approved as it stands"),
        is_done=_is_approved(Confirmed.PRIVACY_PAGE),
        what_to_do=_(
            "Read the page with whoever answers for privacy in your society, and approve exactly these words."
        ),
        address=_address(Confirmed.PRIVACY_PAGE),
    )


def _is_approved(what: Confirmed) -> bool:
    return confirming.newest(what, digest_of(what)) is not None


def _address(what: Confirmed) -> str:
    return reverse("admin:launch_doors_confirm", args=[what.value])
