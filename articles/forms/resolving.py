"""How a finding of an import was dealt with."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.models import Diagnostic

CHOOSE = _("Choose how it was resolved.")


class ResolveForm(forms.Form):
    """One finding: the way it was resolved, and a note, which a blocking finding needs."""

    resolution = forms.ChoiceField(
        label=_("How was it resolved?"),
        choices=[("", _("Choose one")), *Diagnostic.Resolution.choices],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = forms.CharField(
        label=_("What was done, in a few words"),
        max_length=500,
        required=False,
        error_messages={
            "required": _("Say in a few words what you did: this finding keeps guides from readers."),
            "max_length": _("At most %(limit_value)d characters, please."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, diagnostic: Diagnostic) -> None:
        super().__init__(data, auto_id=f"finding-{diagnostic.pk}-%s")
        self.diagnostic = diagnostic
        note = self.fields["note"]
        note.required = diagnostic.severity == Diagnostic.Severity.BLOCKING
        note.help_text = "" if note.required else _("You may leave this empty.")
