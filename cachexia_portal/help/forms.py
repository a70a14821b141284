"""Forms of the staff pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import HelpLine


class HelpLineForm(forms.ModelForm):
    """A line, with the version that its editor has seen."""

    site_url = forms.URLField(
        label=_("Site of those who run it"), required=False, max_length=200, assume_scheme="https"
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = HelpLine
        fields = (*HelpLine.CHECKED_FIELDS, "position")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Refuse over somebody else's change; what was typed stays in the form."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and not self._is_as_seen(cleaned.get("seen_version")):
            raise forms.ValidationError(
                _(
                    "Somebody else changed this line after you opened it. Open it in a second window to compare."
                )
            )
        return cleaned

    def _is_as_seen(self, version: int | None) -> bool:
        row = HelpLine.objects.select_for_update().filter(pk=self.instance.pk, version=version or 0)
        return row.values_list("pk").first() is not None
