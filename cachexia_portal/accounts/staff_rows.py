"""What every staff page about rows keeps to, whichever model it is for."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from cachexia_portal.accounts.signed_in import member_of

SEARCHED_WORDS = 12
# The endings of the addresses that Django's own list filters write.
ASKED_BY_LINKS = {"exact", "id__exact", "isnull", "isempty"}


class WordlessLog:
    """Write into the admin's log which row and which fields, and never what was typed.

    The log outlives the rows: a name in it would survive the closing of the account.
    """

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._log(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._log(request, obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        return [self._log(request, obj, DELETION, "") for obj in queryset]

    def _log(self, request: HttpRequest, obj: Any, flag: int, message: Any) -> LogEntry:
        return LogEntry.objects.create(
            user_id=member_of(request).pk,
            content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
            object_id=obj.pk,
            object_repr=f"{obj._meta.verbose_name} {obj.pk}"[:200],
            action_flag=flag,
            change_message=_without_words(message),
        )


class ShortSearch:
    """Search for the first words only: many words make a query larger than a database takes."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        words = " ".join(search_term.split()[:SEARCHED_WORDS])
        return super().get_search_results(request, queryset, words)  # type: ignore[misc]


class OfferedFilters:
    """Filter a list by what it offers, and by nothing else.

    Django takes any column from the address: `?to_address__startswith=` would tell,
    letter by letter, what the list does not show.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered: Any = self.get_list_filter(request)  # type: ignore[attr-defined]
        return any(_asks(lookup, each) for each in offered) and super().lookup_allowed(  # type: ignore[misc]
            lookup, value, request
        )


class DirectAddress:
    """The link to the public page is the address itself.

    Django's own redirect goes by ids, for any row of any kind: it would tell every
    member of staff the title of a hidden question.
    """

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        address = getattr(obj, "get_absolute_url", None)
        has_page = self.view_on_site  # type: ignore[attr-defined]
        return address() if address and has_page else None


def _asks(lookup: str, list_filter: Any) -> bool:
    """Whether an address asks a list filter the way its own links do."""
    if isinstance(list_filter, type):
        return bool(lookup == list_filter.parameter_name)  # type: ignore[attr-defined]
    path = list_filter[0] if isinstance(list_filter, (list, tuple)) else list_filter
    column, _mark, how = lookup.partition(f"{path}__")
    return lookup == path or (not column and how in ASKED_BY_LINKS)


def _without_words(message: Any) -> str:
    """Keep the names of fields and of kinds of row; drop what names a single row."""
    if not isinstance(message, list):
        return ""
    wordless = [
        {act: {**what, "object": ""} if "object" in what else what for act, what in part.items()}
        for part in message
    ]
    return json.dumps(wordless)


class StaffRows(WordlessLog, ShortSearch, OfferedFilters, DirectAddress):
    """All of it; `StaffSite.register` puts it before every ModelAdmin."""
