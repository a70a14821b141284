"""Sentences that several forms say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one of these.")}
CHOOSE_SOME = {
    "invalid_choice": _("Please choose from the list."),
    "invalid_list": _("Please choose from the list."),
    "invalid_pk_value": _("Please choose from the list."),
}
