"""The runs of words of a source document, hashed, so that a copied sentence is found fast."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sources import SourceDocument


class Fingerprint(models.Model):
    """Sorted 64-bit hashes of every run of words; made and read by `articles.own_words`."""

    document = models.OneToOneField(
        SourceDocument, models.CASCADE, related_name="fingerprint", primary_key=True
    )
    made_with = models.PositiveSmallIntegerField()  # the version of the way words are cut and hashed
    hashes = models.BinaryField()

    class Meta:
        verbose_name = _("fingerprint")

    def __str__(self) -> str:
        return str(self.document_id)
