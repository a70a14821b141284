"""A file that somebody wants to import, and the same file again after it was looked at."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from articles.importing.decoding import SIZE_LIMIT
from articles.previewing import stored_name

CARRIED = 200 * 1024  # bytes; up to this size the file itself travels in the page, and nothing is stored
ENDINGS = (".txt", ".md", ".markdown", ".text")
TOO_LARGE = _("The file is larger than 5 MB. Split it, or take pictures and tables out of it.")
NOT_WHOLE = _("The file did not arrive whole. Choose it again.")
WRONG_KIND = _("This site reads plain text and Markdown: files that end in .txt, .text, .md or .markdown.")


class UploadForm(forms.Form):
    """Choose a file; `content` is what it holds, `name` its own name."""

    name: str
    content: bytes

    file = forms.FileField(
        label=_("The file"),
        max_length=255,
        help_text=_(
            "Plain text or Markdown, up to 5 MB. You see what would be made of it before it is stored."
        ),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "invalid": _("Choose a file first."),
            "empty": _("The file is empty."),
            "max_length": _("The name of the file is too long. Give it one of at most 255 characters."),
        },
        widget=forms.ClearableFileInput(
            attrs={"accept": ",".join((*ENDINGS, "text/plain", "text/markdown"))}
        ),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > SIZE_LIMIT:
            raise ValidationError(TOO_LARGE)
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise ValidationError(WRONG_KIND)
        return file

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if file := (cleaned or {}).get("file"):
            self.name, self.content = stored_name(file.name), file.read()
        return cleaned


class CarriedFileForm(forms.Form):
    """The file that travelled in the page. Changing it on the way harms nothing: all of it is read again."""

    own_name: str
    content_bytes: bytes

    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        try:
            self.content_bytes = base64.b64decode(cleaned.get("content", ""), validate=True)
        except (binascii.Error, ValueError):
            self.content_bytes = b""
        is_whole = hashlib.sha256(self.content_bytes).hexdigest() == cleaned.get("sha256")
        if self.errors or not is_whole or not 0 < len(self.content_bytes) <= CARRIED:
            raise ValidationError(NOT_WHOLE)
        self.own_name = stored_name(cleaned["name"])
        return cleaned


def refused_file(sentence: str) -> UploadForm:
    """The form once more, with the reason at the field; the file has to be chosen again."""
    form = UploadForm({}, MultiValueDict())
    form.errors["file"] = form.error_class([sentence])
    return form


def carried(name: str, content: bytes) -> CarriedFileForm:
    """The hidden fields of a page that shows what would be made of this file."""
    return CarriedFileForm(
        initial={
            "name": name,
            "content": base64.b64encode(content).decode(),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
        auto_id=False,
    )
