"""The one table of limits, which Django's database cache shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .counting import TABLE


class Limit(models.Model):
    """A counter (its `value` is empty), or an entry of Django's cache (its `count` is 0).

    The columns are those that `DatabaseCache` writes, and `count`. Keys hold
    keyed digests only: no address, no e-mail, no member's number.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField(blank=True, db_default="")
    expires = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(db_default=0)

    class Meta:
        db_table = TABLE
        verbose_name = _("limit")

    def __str__(self) -> str:
        return self.cache_key
