"""What a revision leans on and shows: references, figures, and quotations of a source."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.identifiers import doi, nct_number, pubmed_number

from .revisions import Revision
from .sources import Rights, SourceBlock

Row = TypeVar("Row", "Reference", "Figure", "Quotation")


class Reference(models.Model):
    """One work that a revision names; its position is the number that the text cites."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("Paper")
        TRIAL = "trial", _("Clinical trial")
        WEB_PAGE = "web_page", _("Web page")
        BOOK = "book", _("Book or report")

    class Status(models.TextChoices):
        OK = "ok", _("In order")
        CORRECTED = "corrected", _("Corrected since")
        RETRACTED = "retracted", _("Retracted")
        SUPERSEDED = "superseded", _("Superseded")

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PAPER)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=500)
    container = models.CharField(_("where it appeared"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[doi])
    pmid = models.CharField(_("PubMed number"), max_length=20, blank=True, validators=[pubmed_number])
    nct = models.CharField(_("trial number"), max_length=20, blank=True, validators=[nct_number])
    url = models.URLField(_("address"), max_length=1000, blank=True)
    source_block = models.ForeignKey(
        SourceBlock, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OK)

    class Meta:
        verbose_name = _("reference")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    def copy(self) -> Reference:
        """The same reference, unstored, for another revision."""
        return _copy_of(self)

    def as_cited(self) -> list[str]:
        """The words an approval covers, in a fixed order; what came later is added only where it says something."""
        fields = (self.authors, self.title, self.container, self.year or "", self.pmid, self.url)
        later = {"doi": self.doi, "nct": self.nct, "kind": self.kind, "status": self.status}
        unsaid = {"kind": self.Kind.PAPER, "status": self.Status.OK}
        added = [f"{name}:{value}" for name, value in later.items() if value != unsaid.get(name, "")]
        return [*map(str, fields), *added]


class Figure(models.Model):
    """A picture of a revision, shown where its text says `::figure 1`."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    # The name is random and made by `articles.pictures`; copies of a revision share the file.
    file = models.CharField(max_length=80, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("what it shows"), max_length=500, blank=True, help_text=_("For those who cannot see it.")
    )
    is_decorative = models.BooleanField(_("says nothing that the text does not say"), default=False)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=300, blank=True)
    rights = models.CharField(_("rights"), max_length=20, choices=Rights, default=Rights.UNKNOWN)

    class Meta:
        verbose_name = _("figure")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="figure_rights_are_known_words", condition=Q(rights__in=Rights.values)
            ),
            models.CheckConstraint(
                name="figures_are_described_or_decorative",
                condition=~Q(alt="", is_decorative=False) & ~(~Q(alt="") & Q(is_decorative=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or self.file

    def copy(self) -> Figure:
        """The same figure, unstored, for another revision."""
        return _copy_of(self)

    def as_shown(self) -> list[str]:
        """What an approval covers, in a fixed order. The file's name stands for its bytes: it never changes."""
        return [self.file, self.alt, self.caption, self.credit, self.rights, str(self.is_decorative)]


class Quotation(models.Model):
    """A place in an imported block, shown where the text says `::quote 1`, if the rights allow it.

    The words themselves are never stored here: `starts` and `ends` count code points of the block's text.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="quotations")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    block = models.ForeignKey(SourceBlock, on_delete=models.PROTECT, related_name="quotations")
    starts = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("quotation")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(name="quotations_have_words", condition=Q(ends__gt=F("starts")))
        ]

    def __str__(self) -> str:
        return str(self.position)

    def copy(self) -> Quotation:
        """The same quotation, unstored, for another revision."""
        return _copy_of(self)

    def as_quoted(self) -> list[str]:
        """What an approval covers: which words of which bytes."""
        document = self.block.document
        return [document.sha256, str(self.block.first_line), str(self.starts), str(self.ends)]


def _copy_of(row: Row) -> Row:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    del kept["id"], kept["revision_id"]
    return type(row)(**kept)
