from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "cachexia_portal.outbox"
