"""The rows below the words: references, figures, quotations, and who decided what."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.forms.leaning import FigureForm, NumberedFormSet, QuotationForm, ReferenceForm
from articles.models import Figure, Quotation, Reference

from .lasting import HTTPS_FIRST

MOST_ROWS = 200


class LeaningInline(admin.StackedInline):
    """Rows that belong to one text; they come and go with its draft."""

    extra = 0
    max_num = MOST_ROWS
    formset = NumberedFormSet
    formfield_overrides = HTTPS_FIRST


class ReferenceInline(LeaningInline):
    model = Reference
    form = ReferenceForm
    extra = 1
    verbose_name_plural = _("references: the text cites number 2 as [^2]")
    fieldsets = (
        (None, {"fields": (("position", "kind", "status"), "title", "authors", ("container", "year"))}),
        (_("Where it can be found"), {"fields": (("doi", "pmid", "nct"), "url")}),
    )


class FigureInline(LeaningInline):
    model = Figure
    form = FigureForm
    extra = 1
    verbose_name_plural = _("figures: a line “::figure 1” shows number 1")
    readonly_fields = ("stored",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("position", "stored"),
                    "upload",
                    "alt",
                    "is_decorative",
                    "caption",
                    "credit",
                    "rights",
                )
            },
        ),
    )

    @admin.display(description=_("stored picture"))
    def stored(self, figure: Figure) -> str:
        if not figure.pk:
            return str(_("none yet"))
        return format_html("{} × {}, {}", figure.width, figure.height, figure.file)


class QuotationInline(LeaningInline):
    model = Quotation
    form = QuotationForm
    extra = 1
    verbose_name_plural = _("quotations: a line “::quote 1” shows number 1")
    fieldsets = ((None, {"fields": (("position", "document", "line"), "words")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).select_related("block__document").defer("block__document__content")
        )
