from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    """The help page, the lines on it, and the pages that answer when nothing else does."""

    name = "cachexia_portal.help"
    verbose_name = _("Help page")
