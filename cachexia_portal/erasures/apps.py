from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErasuresConfig(AppConfig):
    """What people took away, so that no backup brings it back."""

    name = "cachexia_portal.erasures"
    verbose_name = _("Erasures")

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
