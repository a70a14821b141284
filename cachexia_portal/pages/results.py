"""What was found, as HTML: each part from a template whose blanks alone are filled for each search."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from cachexia_portal.delivery.prepared_html import PreparedTemplate
from cachexia_portal.pages.found import Entry
from cachexia_portal.pages.searching import Group, Page

ENTRY = PreparedTemplate("pages/search/entry.html")
WORD = PreparedTemplate("pages/search/word.html")
GROUP = PreparedTemplate("pages/search/group.html")
RESULTS = PreparedTemplate("pages/search/results.html")


def results_of(page: Page) -> SafeString:
    """All groups, under how many there are."""
    wish = page.wish
    return RESULTS.filled(
        count=ngettext("One result.", "%(shown)s results.", page.found) % {"shown": page.count},
        also=list(page.also),
        is_crisis=page.is_crisis,
        is_exact=wish.exactly,
        is_one_group=page.only is not None,
        free_query=wish.as_free_query,
        exact_query=wish.as_exact_query,
        wide_query=wish.as_wide_query,
        words_to_ask=wish.words_to_ask,
        places=[(group.shelf, group.short_name, group.count) for group in page.groups],
        groups=list(map(_group, page.groups)),
    )


def _group(group: Group) -> SafeString:
    return GROUP.filled(
        shelf=group.shelf,
        name=group.name,
        is_words=group.is_words,
        rows=list(map(_word, group.explained) if group.is_words else map(_entry, group.entries)),
        nearby=[(entry.url, entry.name) for entry in group.nearby] if group.is_words else [],
        more_query=group.more_query,
        more=group.more if group.more_query else "",
        is_cut=group.is_cut,
    )


def _word(entry: Entry) -> SafeString:
    return WORD.filled(url=entry.url, title=entry.title, text=entry.text)


def _entry(entry: Entry) -> SafeString:
    return ENTRY.filled(
        url=entry.url,
        title=entry.title,
        heading=entry.heading,
        text=entry.text,
        sections=entry.sections,
        audience=entry.audience,
        badges=entry.badges,
    )
