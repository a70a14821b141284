"""What a text leans on and shows: references, figures and quotations, row by row."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import BigIntegerField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from articles import identifiers, rights
from articles.models import Figure, Quotation, Reference, SourceBlock
from articles.pictures import Picture, PictureRefused, read_picture

NUMBER_HELP = _("Leave it empty for the next free number.")


class TrimmedField(forms.CharField):
    """An identifier as people paste it, with or without the address before it."""

    def __init__(self, *, before: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.before = re.compile(before, re.IGNORECASE)

    def to_python(self, value: Any) -> str:
        return self.before.sub("", super().to_python(value) or "", count=1).strip().rstrip("/")


class NumberedForm(forms.ModelForm):
    """A row with a number that the text names; the number may be left to us."""

    position = forms.IntegerField(
        label=_("number"), required=False, min_value=1, max_value=999, help_text=NUMBER_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["position"] = None


class NumberedFormSet(forms.BaseInlineFormSet):
    """Gives the rows without a number the next ones, in their order."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and not form.errors]
        numbers = [form.cleaned_data.get("position") or 0 for form in kept]
        newest = max(numbers, default=0)
        for form, number in zip(kept, numbers, strict=True):
            if form.has_changed() and not number:
                newest += 1
                form.instance.position = newest


class ReferenceForm(NumberedForm):
    doi = TrimmedField(
        label=_("DOI"),
        max_length=200,
        validators=[identifiers.doi],
        before=r"^(https?://)?(dx\.)?doi(\.org/|:\s*)",
    )
    pmid = TrimmedField(
        label=_("PubMed number"),
        max_length=20,
        validators=[identifiers.pubmed_number],
        before=r"^(https?://(pubmed\.ncbi\.nlm\.nih\.gov|(www\.)?ncbi\.nlm\.nih\.gov/pubmed)/|PMID:?\s*)",
    )
    nct = TrimmedField(
        label=_("trial number"),
        max_length=20,
        validators=[identifiers.nct_number],
        before=r"^https?://(www\.)?clinicaltrials\.gov/(ct2/show|study)/",
    )
    url = forms.URLField(
        label=_("address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )

    class Meta:
        model = Reference
        fields = (
            "position", "kind", "authors", "title", "container", "year", "doi", "pmid", "nct", "url", "status",
        )  # fmt: skip


class FigureForm(NumberedForm):
    """A picture is chosen once; another picture is another figure, because approvals cover its bytes."""

    upload = forms.FileField(
        label=_("picture file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_(
            "PNG, JPEG, WebP or GIF, up to 5 MB. It is made smaller, and data about place and camera go."
        ),
    )
    picture: Picture | None = None

    class Meta:
        model = Figure
        fields = ("position", "upload", "alt", "is_decorative", "caption", "credit", "rights")

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if not self.instance._state.adding:
            if upload:
                raise forms.ValidationError(
                    _t(
                        "A stored picture stays as it is. For another one, add a figure and take this one out."
                    )
                )
        elif not upload:
            raise forms.ValidationError(_t("Choose the picture file."))
        else:
            self.picture = self._read(upload)
        return upload

    def _read(self, upload: Any) -> Picture:
        try:
            picture = read_picture(upload)
            picture.must_have_room()
            return picture
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        described, decorative = bool(cleaned.get("alt")), cleaned.get("is_decorative", False)
        if described == decorative and not {"alt", "is_decorative"} & set(self.errors):
            self.add_error("alt", self._what_is_missing(described))
        return cleaned

    def _what_is_missing(self, described: bool) -> str:
        if described:
            return _t("It is described here, so it says something. Take the tick or the description away.")
        return _t("Say what the picture shows, or tick that it says nothing that the text does not say.")

    def save(self, commit: bool = True) -> Any:
        """Store the picture that was made anew; the file that was sent is let go."""
        if self.picture:
            self.instance.file = self.picture.store()
            self.instance.width, self.instance.height = self.picture.width, self.picture.height
        return super().save(commit)


class QuotationForm(NumberedForm):
    """Exact words of an imported block: only where they stand is stored."""

    document = forms.IntegerField(
        label=_("document number"),
        required=False,
        min_value=1,
        help_text=_("Empty: the source of this text."),
    )
    line = forms.IntegerField(
        label=_("line"), min_value=1, help_text=_("The line of the document where the words stand.")
    )
    words = forms.CharField(
        label=_("the exact words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only their place is stored; the page shows them while the rights allow it."),
    )

    class Meta:
        model = Quotation
        fields = ("position",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            block = self.instance.block
            self.initial.update(
                {
                    "document": block.document_id,
                    "line": block.first_line,
                    "words": rights.words_of(self.instance),
                }
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        document = cleaned["document"] or self.instance.revision.source_id
        block = self._block(document, cleaned["line"])
        if block is None:
            self.add_error(
                "line", _t("No part of that document stands on this line. Look the number up there.")
            )
        elif (place := place_of(cleaned["words"], block.text)) is None:
            self.add_error(
                "words", _t("These words do not stand there exactly so. Copy them from the source.")
            )
        else:
            self._point_at(block, place)
        return cleaned

    def _block(self, document: int | None, line: int) -> SourceBlock | None:
        if (document or 0) > BigIntegerField.MAX_BIGINT:  # no row has it, and databases refuse to look
            return None
        held = SourceBlock.objects.filter(document=document, first_line__lte=line, last_line__gte=line)
        return held.select_related("document").defer("document__content").first()

    def _point_at(self, block: SourceBlock, place: tuple[int, int]) -> None:
        self.instance.block = block
        self.instance.starts, self.instance.ends = place
        self.instance.position = self.instance.position or 1
        for reason in rights.why_not_quoted([self.instance]).values():
            self.add_error("words", reason)


def place_of(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in a text, in code points; lines and spaces may break differently."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text) if pattern else None
    return (found.start(), found.end()) if found else None
