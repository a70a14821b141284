"""What kind of browser somebody uses, in words that name no version and no model."""

from __future__ import annotations

from django.utils.translation import gettext as _

# In this order: many browsers name the ones they resemble after their own name.
BROWSERS = (
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Opera", ("OPR/", "OPiOS/", "Opera")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/",)),
)
SYSTEMS = (
    ("Android", ("Android",)),
    ("iPhone", ("iPhone", "iPod")),
    ("iPad", ("iPad",)),
    ("Windows", ("Windows",)),
    ("ChromeOS", ("CrOS",)),
    ("macOS", ("Macintosh", "Mac OS X")),
    ("Linux", ("Linux", "X11")),
)


def browser_of(user_agent: str) -> str:
    """The name of the browser, from the list above; empty for any other."""
    return _first_named(BROWSERS, user_agent)


def system_of(user_agent: str) -> str:
    """The name of the system, from the list above; empty for any other."""
    return _first_named(SYSTEMS, user_agent)


def device_words(browser: str, system: str) -> str:
    """Both in one phrase, for the member."""
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")


def _first_named(names: tuple[tuple[str, tuple[str, ...]], ...], user_agent: str) -> str:
    return next((name for name, marks in names if any(mark in user_agent for mark in marks)), "")
