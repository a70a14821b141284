from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    name = "cachexia_portal.events"

    def ready(self) -> None:
        from .append_only import restore_after_migrate

        post_migrate.connect(restore_after_migrate, sender=self)
