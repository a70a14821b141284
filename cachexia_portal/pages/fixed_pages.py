"""The pages that are shown before anybody approved them: their words, and whose yes each of them needs.

The society confirms that the words of a page about this site are its own (`launch/confirming.py`). Where a
page speaks about health, a medical reviewer approves it too (`help/approving.py`). Either is for exactly
these words. Until then the page says above its text what it lacks; that line is no part of its words.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.agreements import TERMS_VERSION
from cachexia_portal.delivery.context import site_facts
from cachexia_portal.help import approving
from cachexia_portal.help.models import FixedPageApproval
from cachexia_portal.launch import confirming
from cachexia_portal.launch.models import Confirmed
from community.models import HouseRule

from .models import Statement
from .privacy_facts import privacy_facts
from .staff_guides import reading
from .statements import said, unsaid

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

END_OF_LINE = re.compile(r"<br ?/?>|</(?:p|li|h[1-6]|dt|dd|th|td|caption)>")


def digest_of(html: str) -> str:
    return confirming.digest_of("\n".join(paragraphs_of(html)))


def paragraphs_of(html: str) -> list[str]:
    """The words as they are read."""
    words = (" ".join(unescape(strip_tags(part)).split()) for part in END_OF_LINE.split(html))
    return [line for line in words if line]


@dataclass(frozen=True, kw_only=True)
class FixedPage(ABC):
    """A page whose words come with the code."""

    name: str
    title: _StrOrPromise
    #: As what the society confirms its words.
    confirmed_as: Confirmed | None = None
    #: As what a medical reviewer approves it: of pages that speak about the illness, or about danger to life.
    checked_as: FixedPageApproval.Page | None = None
    #: What the society says on it itself.
    has_room_for: tuple[Statement.About, ...] = ()

    @property
    @abstractmethod
    def address(self) -> str:
        """Where it is read."""

    @abstractmethod
    def html(self) -> str:
        """Its words without its frame, and without what it says of its own state."""

    def unsaid(self) -> list[Statement.About]:
        """What the society has not said on it yet."""
        return unsaid(self.has_room_for)

    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.html())

    def digest(self) -> str:
        return digest_of(self.html())


@dataclass(frozen=True, kw_only=True)
class AboutPage(FixedPage):
    """A page about this site: a template, filled with facts."""

    description: _StrOrPromise
    facts: Callable[[], dict[str, Any]] = dict

    @property
    def template(self) -> str:
        return f"pages/about/{self.name}.html"

    @property
    def address(self) -> str:
        return reverse(f"pages:about_{self.name}")

    def html(self) -> str:
        return self.html_of(self.context())

    def html_of(self, context: dict[str, Any]) -> str:
        layout = {"layout": "pages/about/words_alone.html", "portal": site_facts()}
        return render_to_string(self.template, {**context, **layout})

    def context(self) -> dict[str, Any]:
        shown = {"title": self.title, "description": self.description, **self.facts()}
        return {**shown, "said": said(self.has_room_for)} if self.has_room_for else shown


@dataclass(frozen=True, kw_only=True)
class StaffPage(FixedPage):
    """A guide for the staff."""

    @property
    def address(self) -> str:
        return reverse("staff_guides:guide", args=[self.name])

    def html(self) -> str:
        guide = reading.guide(self.name)
        return f"<h1>{guide.title}</h1>{guide.body}"


def rules_in_force() -> dict[str, Any]:
    """The rules are rows, because a refusal points at one of them."""
    return {"rules": HouseRule.objects.in_force()}


ABOUT = (
    AboutPage(
        name="mission",
        title=_("Why this site exists"),
        description=_(
            "Words, facts and company for people who care for someone who is losing weight to an illness."
        ),
        confirmed_as=Confirmed.MISSION,
        checked_as=FixedPageApproval.Page.MISSION,
    ),
    AboutPage(
        name="how_we_check",
        title=_("How we check what you read"),
        description=_("Who approves a guide, what an approval covers, and what nobody has checked."),
        confirmed_as=Confirmed.HOW_WE_CHECK,
    ),
    AboutPage(
        name="house_rules",
        title=_("House rules"),
        description=_("The short rules for what people write here, and what happens when a post breaks one."),
        confirmed_as=Confirmed.HOUSE_RULES,
        facts=rules_in_force,
    ),
    AboutPage(
        name="privacy",
        title=_("Privacy, and health data"),
        description=_("What this site keeps about you, for how long, and how to take it away."),
        confirmed_as=Confirmed.PRIVACY_PAGE,
        facts=privacy_facts,
        has_room_for=(Statement.About.HOSTING, Statement.About.LAWS),
    ),
    AboutPage(
        name="terms",
        title=_("Terms"),
        description=_("What you can expect of this site, and what it asks of you."),
        confirmed_as=Confirmed.TERMS,
        facts=lambda: {"version": TERMS_VERSION},
        has_room_for=(Statement.About.COUNTRY_OF_LAW,),
    ),
    AboutPage(
        name="accessibility",
        title=_("Accessibility"),
        description=_(
            "How to make this site easier to read and use, what has been tested, and what has not."
        ),
        confirmed_as=Confirmed.ACCESSIBILITY,
    ),
    AboutPage(
        name="funding",
        title=_("Who pays for this site"),
        description=_("Where the money comes from, and what money cannot buy here."),
        confirmed_as=Confirmed.FUNDING,
        has_room_for=(Statement.About.FUNDERS,),
    ),
    AboutPage(
        name="young_carers",
        title=_("If you are under 18"),
        description=_("For children and teenagers who are worried about somebody who is ill."),
        confirmed_as=Confirmed.YOUNG_CARERS,
        checked_as=FixedPageApproval.Page.YOUNG_CARERS,
    ),
)
WORRY = StaffPage(
    name=reading.WORRY, title=_("If a post worries you"), checked_as=FixedPageApproval.Page.WORRY
)
PAGES: tuple[FixedPage, ...] = (*ABOUT, WORRY)
BY_CONFIRMATION: dict[str, FixedPage] = {page.confirmed_as: page for page in PAGES if page.confirmed_as}


def with_health_words() -> tuple[FixedPage, ...]:
    """What `settings.HEALTH_PAGES` brings to the medical reviewers."""
    return tuple(page for page in PAGES if page.checked_as)


# --- What a page says above its text --------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Whose yes these words have."""

    is_draft: bool
    lacks_a_check: bool
    approval: FixedPageApproval | None = None


def standing_of(page: FixedPage, digest: str) -> Standing:
    """Of exactly these words, in one query for each yes that the page needs; a demonstration asks for none.

    While the database is away the page goes on, and says what it says before anybody approved it.
    """
    unapproved = Standing(is_draft=bool(page.confirmed_as), lacks_a_check=bool(page.checked_as))
    if settings.IS_DEMO_SITE:
        return unapproved
    try:
        is_ours = page.confirmed_as is None or confirming.is_confirmed(page.confirmed_as, digest)
        approval = approving.approval_of(page.checked_as, digest) if page.checked_as else None
    except (DatabaseError, InterfaceError):
        return unapproved
    return Standing(not is_ours, unapproved.lacks_a_check and approval is None, approval)
