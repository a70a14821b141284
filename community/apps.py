from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        from .published_words import restore_after_migrate
        from .views.keeping import claim_at_sign_in

        post_migrate.connect(restore_after_migrate, sender=self)
        user_logged_in.connect(claim_at_sign_in)
