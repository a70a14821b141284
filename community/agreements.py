"""What the teller of a story reads of their own consent under `/me/`: how each use stands, until when, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import consent_words, content_notes
from .models import Decision, StoryConsent

if TYPE_CHECKING:
    from .models import Post

Text = str | Promise
#: From here on before its end a consent can be renewed, and its teller is asked once.
ASKED_AGAIN = timedelta(days=30)

COPIES: Text = _("Copies that other people made, and what they remember.")
BEYOND_RECALL: dict[str, Text] = {
    "in_search_engines": _(
        "What search engines remember. From us they learn that the page is gone. They follow when they next come by, "
        "and that can take weeks."
    ),
    "in_print": _("Leaflets that were printed. No new ones will be printed."),
    "for_teaching": _("Lessons that were held with it. It will not be used in new ones."),
}
SAFETY_COPIES: Text = _(
    "Safety copies of the whole site, until newer ones take their place. They are kept to repair the site."
)
PLACES: tuple[Text, ...] = (
    _("its own page, on paper and on screen"),
    _("the list of stories"),
    _("the home page and the pages of its topics"),
    _("the search of this site, with every word of it"),
)
FROM_THE_SITEMAP: Text = _("the list of pages that we give to search engines")
FROM_THE_DESK: Text = _("the list of what our moderators are to read")


@dataclass(frozen=True)
class Use:
    """One further use, and whether it is agreed to."""

    purpose: consent_words.Purpose
    is_agreed: bool


@dataclass(frozen=True)
class Receipt:
    """What was done when a story was taken back, and what nobody can undo; the same for good."""

    at: datetime
    taken_from: tuple[Text, ...]
    beyond_recall: tuple[Text, ...]
    was_public: bool


@dataclass(frozen=True)
class Agreement:
    """All consents to one story, the newest first."""

    post: Post
    consents: tuple[StoryConsent, ...]

    @property
    def current(self) -> StoryConsent | None:
        """The one that nobody ended; its time may be over."""
        return next((each for each in self.consents if each.ended_at is None), None)

    @property
    def is_over(self) -> bool:
        return self.current is not None and self.current.ends_at <= timezone.now()

    @property
    def is_live(self) -> bool:
        return self.current is not None and not self.is_over

    @property
    def brings_back(self) -> bool:
        """Whether agreeing again alone shows the story to readers."""
        return self.is_over and self.post.published_revision_id is not None and self.post.hidden_at is None

    @property
    def is_asked_again(self) -> bool:
        """Whether the end is so near that agreeing again is offered, or past."""
        return self.current is not None and self.current.ends_at - timezone.now() <= ASKED_AGAIN

    @property
    def mentions(self) -> str:
        """What the teller says it mentions, for the desk; "" where nothing was named."""
        return content_notes.named(self.post.content_notes)

    @property
    def uses(self) -> list[Use]:
        current = self.current
        return [Use(each, bool(current and getattr(current, each.name))) for each in consent_words.FURTHER]

    @property
    def years(self) -> list[tuple[int, Text]]:
        return list(consent_words.YEARS.items())

    @property
    def receipts(self) -> list[Receipt]:
        """One for each time it was taken back, the newest first."""
        withdrawn = StoryConsent.Ending.WITHDRAWN
        return [self._receipt(each) for each in self.consents if each.ending == withdrawn]

    def _receipt(self, ended: StoryConsent) -> Receipt:
        at = ended.ended_at or ended.given_at
        was_public = self._was_public_before(at)
        uses = self._agreed_before(at) if was_public else set()
        sitemap = (FROM_THE_SITEMAP,) if "in_search_engines" in uses else ()
        kept = [text for name, text in BEYOND_RECALL.items() if name in uses]
        return Receipt(
            at,
            (*PLACES, *sitemap) if was_public else (FROM_THE_DESK,),
            (*((COPIES, *kept) if was_public else ()), SAFETY_COPIES),
            was_public,
        )

    def _was_public_before(self, moment: datetime) -> bool:
        """Since the last time it was taken back, if ever: what was sent again need not have come back to readers."""
        ends = (each.ended_at for each in self.consents if each.ending == StoryConsent.Ending.WITHDRAWN)
        since = max((end for end in ends if end and end < moment), default=None)
        if since is None:
            return self.post.published_at is not None and self.post.published_at <= moment
        shown = Decision.objects.of_post(self.post).filter(shown__isnull=False, at__gt=since, at__lte=moment)
        return shown.standing().exists()

    def _agreed_before(self, moment: datetime) -> set[str]:
        """Every use that was ever agreed to until then: a leaflet may have been printed long before."""
        given = [each for each in self.consents if each.given_at <= moment]
        return {name for name in BEYOND_RECALL if any(getattr(each, name) for each in given)}


def of_post(post: Post) -> Agreement | None:
    """In one query; None for what needs no consent."""
    return Agreement(post, tuple(post.consents.order_by("-given_at", "-pk"))) if post.is_story else None
