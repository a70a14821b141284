"""The words of the consent to a story. Each consent row names the version of them that was read.

Whoever changes a word here gives the words a new version: `tests/community/telling/test_consent_words.py`
holds a digest of every version, and fails until the new one is written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

VERSION = "2026-11-21"
EARLIER_VERSIONS: tuple[str, ...] = ()
ON_THIS_SITE = "on_this_site"


@dataclass(frozen=True)
class Purpose:
    """One use of a story: how it is asked for, and how it is called where it stands in a list."""

    name: str  # the column of `StoryConsent`
    label: Text
    hint: Text
    in_a_list: Text


SITE = Purpose(
    ON_THIS_SITE,
    _("May we show your story on this site?"),
    _("Anybody can read it here. You do not need to say yes."),
    _("Shown on this site"),
)
SITE_YES: Text = _("Yes, show it on this site")
SITE_NO: Text = _("No, keep it just for me")

MORE: Text = _("May we do anything else with it?")
MORE_HINT: Text = _("Each one is separate, and they all start as no. If you say no, nothing changes for you.")
FURTHER = (
    Purpose(
        "in_search_engines",
        _("Search engines may list it"),
        _("Somebody who types their worry into a search engine can then find it."),
        _("Listed by search engines"),
    ),
    Purpose(
        "in_print",
        _("You may print it in leaflets"),
        _("For hospitals and clinics. Once a leaflet is printed, we cannot call it back."),
        _("Printed in leaflets"),
    ),
    Purpose(
        "for_teaching",
        _("You may use it to teach"),
        _("For nurses, doctors and dietitians who want to learn what it is like at home."),
        _("Used to teach"),
    ),
)
PURPOSES = (SITE, *FURTHER)

HOW_LONG: Text = _("For how long may we do this?")
HOW_LONG_HINT: Text = _(
    "A month before the end we ask you again, once. If we hear nothing, your story comes down."
)
YEARS: dict[int, Text] = {1: _("For one year"), 2: _("For two years")}

WHO: Text = _("The person in your story")
WHO_HINT: Text = _("Only you and our moderators see what you choose here.")

PROMISE: Text = _("You can change your mind")
PROMISES: tuple[Text, ...] = (
    _(
        "You can take your story back at any time, under My posts. One button, and you do not have to say why. "
        "It comes down from this site within a minute."
    ),
    _(
        "You then get a receipt with the date. It lists every place the story was taken from. It also says what we "
        "cannot call back: printed leaflets, copies that other people made, and what search engines still remember "
        "for a while."
    ),
    _("You can also change your answers one by one, at any time."),
)
