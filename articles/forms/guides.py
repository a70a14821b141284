"""Small forms about a guide as a whole: how it begins, who looks after it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from cachexia_portal.accounts import roles
from cachexia_portal.accounts.models import Member


class BeginForm(forms.Form):
    """A guide of our own needs no more than a title to begin."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("You can change it until the guide is public. Its address is made from it."),
    )


class ArticleForm(forms.ModelForm):
    """Who looks after a guide, and how often it is checked again."""

    class Meta:
        model = Article
        fields = ("owner", "backup", "review_months")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"owner", "backup"} & set(self.fields):
            present = getattr(self.instance, f"{name}_id")
            editors = Member.objects.holding(roles.EDITORS).values("pk")
            field = cast("forms.ModelChoiceField", self.fields[name])
            field.queryset = Member.objects.filter(Q(pk__in=editors) | Q(pk=present))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("owner") and cleaned["owner"] == cleaned.get("backup"):
            self.add_error("backup", _("Somebody else has to stand in. Choose another person, or nobody."))
        return cleaned
