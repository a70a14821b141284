"""Where a post can be, as its author is told: every place with its words."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Kind, Lane
from .workflow import Status

if TYPE_CHECKING:
    from .models import PostRevision

Text = str | Promise


class Place(enum.Enum):
    """One state of a post in its author's eyes. `EDIT_…` are newer words beside ones that were approved."""

    WAITING = enum.auto()
    EDIT_WAITING = enum.auto()
    CHANGE_ASKED = enum.auto()
    EDIT_CHANGE_ASKED = enum.auto()
    ON_SITE = enum.auto()
    HIDDEN = enum.auto()
    OUT_OF_SIGHT = enum.auto()
    CONSENT_OVER = enum.auto()
    REFUSED = enum.auto()
    EDIT_REFUSED = enum.auto()
    TAKEN_BACK = enum.auto()
    REPLACED = enum.auto()


class Words(NamedTuple):
    """The pill with its look and icon; what the page says first; how the last step is called."""

    pill: Text
    look: str
    icon: str
    heading: Text
    says: Text


WORDS: dict[Place, Words] = {
    Place.WAITING: Words(
        _("Waiting to be read"),
        "is-wait",
        "clock",
        _("Saved. Only you can see this for now"),
        _("A person will read it before it appears. You do not need to send it again."),
    ),
    Place.EDIT_WAITING: Words(
        _("Your change waits to be read"),
        "is-wait",
        "clock",
        _("Your change is saved. Only you can see it for now"),
        _("A person will read it first. Then it takes the place of your earlier words."),
    ),
    Place.CHANGE_ASKED: Words(
        _("We need a change from you"),
        "is-late",
        "notice",
        _("We need a change from you"),
        _("The note below says which. Your words are kept here, and only you can see this page."),
    ),
    Place.EDIT_CHANGE_ASKED: Words(
        _("We need a change from you"),
        "is-late",
        "notice",
        _("We need a change in your newer words"),
        _("The note below says which. Your newer words are kept here, and only you can see them."),
    ),
    Place.ON_SITE: Words(
        _("On the site"), "is-done", "check", _("It is on the site"), _("Everybody can read it.")
    ),
    Place.HIDDEN: Words(
        _("Hidden"),
        "is-late",
        "hidden",
        _("We have hidden this"),
        _("Nobody else can see it now. The reason stands below, and your words are kept here."),
    ),
    Place.OUT_OF_SIGHT: Words(
        _("Not shown just now"),
        "",
        "lock",
        _("It is not shown just now"),
        _("The page it stood on is not public any more."),
    ),
    Place.CONSENT_OVER: Words(
        _("Your consent is over"),
        "is-late",
        "notice",
        _("The time you agreed to is over"),
        _("So nobody else can see it now. You can agree again below. You can also leave it as it is."),
    ),
    Place.REFUSED: Words(
        _("Not published"),
        "is-late",
        "notice",
        _("We did not publish this"),
        _("The reason stands below. Your words are kept here, and only you can see this page."),
    ),
    Place.EDIT_REFUSED: Words(
        _("Change not published"),
        "is-late",
        "notice",
        _("We did not publish your change"),
        _("The reason stands below. Your newer words are kept here, and only you can see them."),
    ),
    Place.TAKEN_BACK: Words(
        _("Taken back by you"),
        "",
        "lock",
        _("Taken back by you"),
        _("Nobody else can see it. Your words stay here for you, and you can send them again at any time."),
    ),
    Place.REPLACED: Words(
        _("Replaced by a newer version"),
        "",
        "lock",
        _("A newer version took its place"),
        _("Nobody else can see these words."),
    ),
}

#: By the state of the newest words: alone, and beside approved ones.
PLACES: dict[Status, tuple[Place, Place]] = {
    Status.SUBMITTED: (Place.WAITING, Place.EDIT_WAITING),
    Status.CHANGES_REQUESTED: (Place.CHANGE_ASKED, Place.EDIT_CHANGE_ASKED),
    Status.REJECTED: (Place.REFUSED, Place.EDIT_REFUSED),
    Status.APPROVED: (Place.ON_SITE, Place.ON_SITE),
    Status.WITHDRAWN: (Place.TAKEN_BACK, Place.TAKEN_BACK),
    Status.SUPERSEDED: (Place.REPLACED, Place.REPLACED),
}
WAIT_TO_BE_READ = (Place.WAITING, Place.EDIT_WAITING)
WAIT_FOR_THE_WRITER = (Place.CHANGE_ASKED, Place.EDIT_CHANGE_ASKED)

#: What stays of an approved version while newer words are on their way.
EARLIER_WORDS: dict[Place, Text] = {
    Place.ON_SITE: _("Your earlier words stay on the site."),
    Place.HIDDEN: _("Your earlier words are hidden."),
    Place.OUT_OF_SIGHT: _(
        "Your earlier words are not shown just now, because the page they stood on is gone."
    ),
    Place.CONSENT_OVER: _("Your earlier words are not shown now, because the time you agreed to is over."),
}

#: What goes with a post that its writer takes down.
GOES_ALONG: dict[Kind, Text] = {
    Kind.QUESTION: _("The answers under it go from the page with it."),
    Kind.ANSWER: _("The replies under it go from the page with it."),
    Kind.REPLY: _("The answer above it stays."),
    Kind.STORY: _("Your consent ends with it, for every use. You get a receipt with the date on this page."),
}

#: What is asked of search engines: they know pages, and an answer is part of one.
FORGOTTEN: dict[Kind, Text] = {
    Kind.QUESTION: _("We ask them to leave this page out."),
    Kind.ANSWER: _("They know pages, so we ask them to leave out the whole page that it stands on."),
    Kind.REPLY: _("They know pages, so we ask them to leave out the whole page that it stands on."),
    Kind.STORY: _("We ask them to leave this page out."),
}

#: Why a name stays, by the lane; where nothing stands here, it can go.
NAME_STAYS: dict[Lane | str, Text] = {
    "": "",
    Lane.LIVED: "",
    Lane.CLINICAL: _("A clinical answer always shows the name of the person whose registration was checked."),
    Lane.STAFF: _("An answer in the society’s name always shows who wrote it."),
}


def of_words(revision: PostRevision) -> Place:
    """Where the newest words of a post are."""
    post = revision.post
    is_live = post.published_revision_id == revision.pk
    if is_live:
        return of_live_words(revision)
    return PLACES[Status(revision.status)][post.published_revision_id is not None]


def of_live_words(revision: PostRevision) -> Place:
    """Approved words are on the site, but for a post that was hidden or whose page went."""
    post = revision.post
    if post.hidden_at is not None:
        return Place.HIDDEN
    above = [each for each in (post.question, post.parent) if each is not None]
    is_whole = all(each.published_revision_id and each.hidden_at is None for each in above)
    return Place.ON_SITE if is_whole else Place.OUT_OF_SIGHT
