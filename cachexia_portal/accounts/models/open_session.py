"""Where a member is signed in: one row for each session, and no more than is needed to tell them apart."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.devices import device_words
from cachexia_portal.accounts.models.member import Member

NETWORK_KEPT_FOR = timedelta(days=30)


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    def still_open(self) -> OpenSessionQuerySet:
        """Those whose session is there and has not run out; both engines keep theirs in this table."""
        there = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(session_key__in=there.values("session_key"))

    def end(self) -> int:
        """End the sessions, and forget them; each is closed at its very next request."""
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        keys = list(self.values_list("session_key", flat=True))
        for key in keys:
            store.delete(key)
        self.model.objects.filter(session_key__in=keys).delete()
        return len(keys)

    def forget_networks(self) -> int:
        """Empty the networks that were noted longer ago than we keep them; return how many."""
        long_ago = timezone.localdate() - NETWORK_KEPT_FOR
        return self.filter(~Q(network=""), seen_on__lt=long_ago).update(network="")


class OpenSession(models.Model):
    """One browser that is signed in: its kind in a few words, a day, and a network that soon goes.

    No whole address, no name that the browser gives itself, no hour.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    network = models.CharField(max_length=50, blank=True)
    begun_on = models.DateField(default=timezone.localdate)
    seen_on = models.DateField(default=timezone.localdate, db_index=True)

    objects = OpenSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("open session")

    def __str__(self) -> str:
        return self.device

    @property
    def device(self) -> str:
        """What the member may know it by, such as "Firefox on Android"."""
        return device_words(self.browser, self.system)

    @property
    def shown_network(self) -> str:
        """The network, for as long as it may be kept; asked on the day, with nothing swept."""
        return self.network if timezone.localdate() - self.seen_on <= NETWORK_KEPT_FOR else ""
