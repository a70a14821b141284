"""The record of events, for reading only."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from .models import Event
from .reading_only import ReadOnly

CONSENTS = ["consented", "consent_withdrawn"]


@admin.register(Event)
class EventAdmin(ReadOnly):
    """Nobody adds, changes or deletes an event here; the database would refuse too.

    Left out is what would tell by its neighbours who wrote an anonymous post: the
    events of such posts, and the yes that a first post comes with.
    """

    list_display = ["at", "verb", "subject_kind", "subject_id", "from_state", "to_state", "actor"]
    list_filter = ["subject_kind", "verb"]
    list_select_related = ["actor"]
    search_fields = ["=subject_id"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        anonymous = Q(subject_kind__startswith="community.", actor=None)
        return super().get_queryset(request).exclude(anonymous).exclude(verb__in=CONSENTS)
