"""Why an act was not done. Each says so in a sentence that a page can show."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.models import PostRevision, ReviewItem
from community.workflow import TransitionRefused


class MayNotWrite(TransitionRefused):
    """These words are not open to this person: the account closed, the consent ended, no credential."""


class DoorsAreClosed(MayNotWrite):
    """Nobody's new words are taken just now; what stands here already is not touched."""

    def __init__(self) -> None:
        super().__init__(_("New posts are not open just now, so this was not sent. Your words are kept."))


class AlreadyDecided(TransitionRefused):
    """Somebody else was faster, or the item changed meanwhile; `decision` says who did what when, if anybody."""

    def __init__(self, item: ReviewItem) -> None:
        super().__init__(_("Somebody else was quicker. Please look at it again."))
        self.item = item
        self.decision = item.decisions.select_related("who").order_by("pk").last()


class ClaimedByAnother(TransitionRefused):
    """Somebody is reading this item just now; `item` says who, and until when."""

    def __init__(self, item: ReviewItem) -> None:
        until = formats.time_format(timezone.localtime(item.claimed_until), "H:i")
        words = {"name": item.claimed_by.byline if item.claimed_by else "", "time": until}
        super().__init__(_("%(name)s is reading this until %(time)s.") % words)
        self.item = item


class ChangedMeanwhile(TransitionRefused):
    """Newer words were sent from another page; `revision` holds them."""

    def __init__(self, revision: PostRevision) -> None:
        super().__init__(_("You sent a newer version from another page. Your words here are kept."))
        self.revision = revision
