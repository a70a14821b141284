"""The pages about this site, each written in full in its own template."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cachexia_portal.accounts.agreements import TERMS_VERSION
from cachexia_portal.accounts.models.open_session import NETWORK_KEPT_FOR
from cachexia_portal.accounts.sweeps import UNCONFIRMED_KEPT_FOR
from cachexia_portal.delivery.page_kinds import public_page
from cachexia_portal.outbox.models import ADDRESS_KEPT
from cachexia_portal.pages.contact import KEPT_FOR
from cachexia_portal.pages.cookies import COOKIES
from community.models import HouseRule
from community.models.drafts import KEPT_FOR_VISITORS


def rules_in_force() -> dict[str, Any]:
    """The rules are rows, because a refusal points at one of them."""
    return {"rules": HouseRule.objects.in_force()}


def privacy_facts() -> dict[str, Any]:
    """Every number of hours or days on the page is the one that the code keeps to."""
    return {
        "cookies": COOKIES,
        "contact_days": KEPT_FOR.days,
        "mail_days": ADDRESS_KEPT.days,
        "unconfirmed_days": UNCONFIRMED_KEPT_FOR.days,
        "network_days": NETWORK_KEPT_FOR.days,
        "draft_hours": KEPT_FOR_VISITORS // timedelta(hours=1),
        "backup_days": settings.BACKUP_DAYS,
    }


def _page(request: HttpRequest, name: str, *, title: str, description: str, **context: Any) -> HttpResponse:
    words = {"title": title, "description": description}
    return render(request, f"pages/about/{name}.html", words | context)


@login_not_required
@public_page
@require_safe
def mission(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "mission",
        title=_("Why this site exists"),
        description=_(
            "Words, facts and company for people who care for someone who is losing weight to an illness."
        ),
        has_health_words=True,
    )


@login_not_required
@public_page
@require_safe
def how_we_check(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "how_we_check",
        title=_("How we check what you read"),
        description=_("Who approves a guide, what an approval covers, and what nobody has checked."),
    )


@login_not_required
@public_page
@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "house_rules",
        title=_("House rules"),
        description=_("The short rules for what people write here, and what happens when a post breaks one."),
        **rules_in_force(),
    )


@login_not_required
@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "privacy",
        title=_("Privacy, and health data"),
        description=_("What this site keeps about you, for how long, and how to take it away."),
        **privacy_facts(),
    )


@login_not_required
@public_page
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "terms",
        title=_("Terms"),
        description=_("What you can expect of this site, and what it asks of you."),
        version=TERMS_VERSION,
    )


@login_not_required
@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "accessibility",
        title=_("Accessibility"),
        description=_(
            "How to make this site easier to read and use, what has been tested, and what has not."
        ),
    )


@login_not_required
@public_page
@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "funding",
        title=_("Who pays for this site"),
        description=_("Where the money comes from, and what money cannot buy here."),
    )


@login_not_required
@public_page
@require_safe
def young_carers(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "young_carers",
        title=_("If you are under 18"),
        description=_("For children and teenagers who are worried about somebody who is ill."),
    )
