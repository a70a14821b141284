from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        from .published_words import restore_after_migrate

        post_migrate.connect(restore_after_migrate, sender=self)
