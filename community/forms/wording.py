"""Sentences that several forms say."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one of these.")}
