"""What storytellers agree to: given, changed, renewed and ended. The only writer of consents.

Every act locks the post first, as publishing does, so that of a publication and a
withdrawal at the same moment the withdrawal wins, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.review_clock import months_after
from cachexia_portal import erasures, events
from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures.models import Kind
from community import consent_words, searchable
from community.models import Post, StoryConsent
from community.models.consents import WhoKnows
from community.workflow import TransitionRefused

from .locking import locked, locked_writer

FURTHER = tuple(purpose.name for purpose in consent_words.FURTHER)
GIVEN, REPLACED, ENDED = "consent_given", "consent_replaced", "consent_ended"
Ending = StoryConsent.Ending


@dataclass(frozen=True)
class Agreed:
    """What somebody says yes to, in the words of the current form. What is not named is a no."""

    who_knows: str
    on_this_site: bool = False
    in_search_engines: bool = False
    in_print: bool = False
    for_teaching: bool = False
    years: int = 1


def give(post: Post, agreed: Agreed) -> StoryConsent:
    """Keep the consent of a locked story, in place of any it had. Raises `TransitionRefused` for none at all."""
    _check(post, agreed)
    now = timezone.now()
    return _write(post, now, ends_at=years_after(now, agreed.years), **asdict(agreed))


@transaction.atomic
def change_consent(post: Post, *, by: Member, purpose: str, is_agreed: bool) -> StoryConsent:
    """Say yes or no to one further use; the others stay as they stand now, and so does the end.

    One at a time, so that a page opened earlier takes nothing back unseen. No to this site
    is `withdraw`. Raises `TransitionRefused`.
    """
    post = _own(post, locked_writer(by))
    current = in_force(post)
    if purpose not in FURTHER:
        raise TransitionRefused(_("Please choose from the list."))
    if current is None or current.ends_at <= timezone.now():
        raise TransitionRefused(_("The time you agreed to is over. Please agree again first."))
    if getattr(current, purpose) == is_agreed:
        return current
    if not is_agreed:
        _note_the_no(post, purpose)
    return _keep(post, current, timezone.now(), **{purpose: is_agreed})


def agree_to_less(post: Post, uses: Iterable[str], *, at: datetime) -> None:
    """What a restored site learns of a locked story: since then its teller says no to these further uses."""
    current = in_force(post)
    agreed = [use for use in uses if current and getattr(current, use)]
    if current and agreed:
        within = min(max(at, current.given_at), current.ends_at - timedelta(seconds=1))
        _keep(post, current, within, **dict.fromkeys(agreed, False))


@transaction.atomic
def renew_consent(post: Post, *, by: Member, years: int) -> StoryConsent:
    """Agree to the same once more, from today; also where the time is over. Raises `TransitionRefused`."""
    post = _own(post, locked_writer(by))
    current = in_force(post)
    if current is None:
        raise TransitionRefused(_("You took this story back. To share it again, please send it again."))
    consent = give(post, Agreed(**{**_agreed_in(current), "years": years}))
    searchable.refresh(post.pk)
    return consent


def end(post: Post) -> None:
    """From here on the teller of a locked story agrees to nothing. One path: `withdraw` calls it."""
    current = in_force(post)
    if current is not None:
        _end(current, Ending.WITHDRAWN, timezone.now())
        erasures.record(Kind.CONSENT_WITHDRAWN, current.pk)
        events.record(ENDED, post, by=post.on_record(post.author), to_state=Ending.WITHDRAWN)


def in_force(post: Post) -> StoryConsent | None:
    """The consent that nobody ended; its time may be over."""
    return post.consents.filter(ended_at=None).first()


def is_live(post: Post) -> bool:
    """Whether this story may be on the site, by the database's clock."""
    return post.consents.live().filter(on_this_site=True).exists()


def check_live(post: Post) -> None:
    """Nothing is published without. Raises `TransitionRefused`; of a locked post."""
    if post.is_story and not is_live(post):
        raise TransitionRefused(
            _(
                "This story cannot be published now: its teller’s consent has ended. "
                "If you ask for a change, they can agree again."
            )
        )


def years_after(moment: datetime, years: int) -> datetime:
    """The same day and time of a later year, in the site's zone; 29 February becomes the 28th."""
    local = timezone.localtime(moment)
    day = months_after(local.date(), 12 * years)
    return local.replace(year=day.year, month=day.month, day=day.day)


def _check(post: Post, agreed: Agreed) -> None:
    if not post.is_story:
        raise TransitionRefused(_("Only a story has a consent of its own."))
    if not agreed.on_this_site:
        raise TransitionRefused(_("You have not said yes to this site, so this was not sent."))
    if agreed.who_knows not in WhoKnows.values or agreed.years not in consent_words.YEARS:
        raise TransitionRefused(_("Please choose from the list."))


def _own(post: Post, by: Member) -> Post:
    post = locked(post)
    if post.author_id != by.pk:
        raise TransitionRefused(_("Only its teller agrees to a story."))
    return post


def _note_the_no(post: Post, purpose: str) -> None:
    kind = Kind.FORGOTTEN if purpose == "in_search_engines" else Kind.USES_WITHDRAWN
    erasures.record(kind, post.pk)


def _keep(post: Post, current: StoryConsent, now: datetime, **changed: bool) -> StoryConsent:
    """The same consent until the same day, but for what changed."""
    kept = {**_agreed_in(current), "ends_at": current.ends_at, "reminded_at": current.reminded_at}
    return _write(post, now, **{**kept, **changed})


def _agreed_in(consent: StoryConsent) -> dict[str, Any]:
    return {name: getattr(consent, name) for name in Agreed.__dataclass_fields__}


def _write(post: Post, now: datetime, **columns: Any) -> StoryConsent:
    """End what stood before and keep the new row. Search engines are told the same by the post itself."""
    current = in_force(post)
    if current is not None:
        _end(current, Ending.REPLACED, now)
    consent = post.consents.create(wording=consent_words.VERSION, given_at=now, **columns)
    Post.objects.filter(pk=post.pk).update(noindex=not consent.in_search_engines)
    post.noindex = not consent.in_search_engines
    verb = REPLACED if current else GIVEN
    events.record(verb, post, by=post.on_record(post.author))
    return consent


def _end(consent: StoryConsent, ending: str, now: datetime) -> None:
    consent.ended_at, consent.ending = now, ending
    consent.save(update_fields=["ended_at", "ending"])
