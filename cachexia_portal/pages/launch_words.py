"""Are the fixed pages the society's own words, and has a clinician read those about health?

An administrator reads them and says so of exactly these. When a rule, a statement, a template or a
setting that they show changes, the list asks again. The doors wait for the house rules and the privacy page alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cachexia_portal.help import approving
from cachexia_portal.help.models import FixedPageApproval
from cachexia_portal.launch import Item, confirming
from cachexia_portal.launch.models import Confirmation, Confirmed
from community.models import HouseRule

from .fixed_pages import BY_CONFIRMATION, PAGES, FixedPage

#: The doors wait for these; both have a line of the list.
ON_THE_LIST = (Confirmed.HOUSE_RULES, Confirmed.PRIVACY_PAGE)


def house_rules_are_approved() -> Item:
    return Item(
        key="house_rules",
        title=_("The house rules are approved as they stand"),
        is_done=_is_approved(Confirmed.HOUSE_RULES) and HouseRule.objects.in_force().exists(),
        what_to_do=_("Enter the rules, read them as a page, and approve exactly these words."),
        address=address_of(Confirmed.HOUSE_RULES),
    )


def privacy_page_is_approved() -> Item:
    return Item(
        key="privacy_page",
        title=_("The privacy page is approved as it stands"),
        is_done=_is_approved(Confirmed.PRIVACY_PAGE) and not BY_CONFIRMATION[Confirmed.PRIVACY_PAGE].unsaid(),
        what_to_do=_(
            "Read the page with whoever answers for privacy in your society. Write what it still waits for. "
            "Then approve exactly these words."
        ),
        address=address_of(Confirmed.PRIVACY_PAGE),
    )


@dataclass(frozen=True)
class OtherPage:
    """A fixed page that the doors do not wait for, and who said yes to exactly its words."""

    page: FixedPage
    confirmation: Confirmation | None
    approval: FixedPageApproval | None

    @property
    def is_done(self) -> bool:
        is_ours = self.confirmation is not None or self.page.confirmed_as is None
        return is_ours and (self.approval is not None or self.page.checked_as is None)


def other_pages() -> list[OtherPage]:
    """With each yes as it was given, also on a demonstration, where the page itself stays a draft."""
    return [_as_it_stands(page) for page in PAGES if page.confirmed_as not in ON_THE_LIST]


def _as_it_stands(page: FixedPage) -> OtherPage:
    digest = page.digest()
    return OtherPage(
        page,
        confirming.newest(page.confirmed_as, digest) if page.confirmed_as else None,
        approving.approval_of(page.checked_as, digest) if page.checked_as else None,
    )


def address_of(what: Confirmed) -> str:
    """Where an administrator reads the words and says so."""
    return reverse("admin:launch_doors_confirm", args=[what.value])


def _is_approved(what: Confirmed) -> bool:
    return confirming.is_confirmed(what, BY_CONFIRMATION[what].digest())
