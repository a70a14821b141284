from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LaunchConfig(AppConfig):
    """What must be true before people may write here, and whether they may."""

    name = "cachexia_portal.launch"
    verbose_name = _("Launch")

    def ready(self) -> None:
        """Put the list among the checks of `manage.py check --deploy`."""
        from . import checks  # noqa: F401 (registers them)
