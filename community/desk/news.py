"""What changed since a screen of the desk was opened: one small answer, asked for while the page is looked at."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.signed_in import member_of
from community.models import Decision, ReviewItem

from .places import moment_of
from .queue import COUNTED, PAGE, told
from .rows import reader_of
from .views import item_of

LONGEST_NUMBER = 18


@require_safe
def of_the_queue(request: HttpRequest) -> JsonResponse:
    """`?since=` the moment it was opened, `&rows=` those on the screen: how many came, and who reads or decided which."""
    items = ReviewItem.objects.visible_to(request.user)
    since = moment_of(request.GET.get("since", "")) or timezone.now()
    came = items.open().filter(created_at__gt=since).order_by().values_list("pk", flat=True)[: COUNTED + 1]
    shown = items.filter(pk__in=_numbers(request.GET.get("rows", ""))).select_related("claimed_by")
    return JsonResponse(
        {
            "news": _came(len(came)),
            "rows": {str(item.pk): _standing(item, member_of(request)) for item in shown},
        }
    )


@require_safe
def of_an_item(request: HttpRequest, pk: int) -> JsonResponse:
    """`?version=` as it was opened: what somebody else did with it since, or nothing."""
    item = item_of(request, pk)
    seen = _numbers(request.GET.get("version", ""))[:1]
    return JsonResponse({"news": _happened(item, member_of(request), seen[0] if seen else item.version)})


def _came(count: int) -> str:
    if not count:
        return ""
    counted = {"number": told(count)}
    return (
        ngettext(
            "%(number)s new since you opened this list.", "%(number)s new since you opened this list.", count
        )
        % counted
    )


def _standing(item: ReviewItem, person: Member) -> str:
    """Who reads it now, or how it ended; "" where nobody does."""
    return reader_of(item, person, timezone.now()) if item.is_open else str(item.get_outcome_display())


def _happened(item: ReviewItem, person: Member, seen: int) -> str:
    decision = item.decisions.select_related("who").order_by("pk").last()
    if item.version != seen and decision and decision.who_id != person.pk and not item.is_open:
        return _decided(decision)
    if item.version != seen:
        return _("This post changed since you opened it. Please load the page again before you decide.")
    return reader_of(item, person, timezone.now()) if item.claimed_by_id != person.pk else ""


def _decided(decision: Decision) -> str:
    told = {
        "name": decision.by_whom,
        "what": decision.get_verb_display(),
        "when": timesince(decision.at),
    }
    return _("%(name)s %(what)s %(when)s ago.") % told


def _numbers(text: str) -> list[int]:
    """Those parts of a list from an address that are numbers of rows."""
    parts = text[: (LONGEST_NUMBER + 1) * PAGE].split(",")
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= LONGEST_NUMBER]
