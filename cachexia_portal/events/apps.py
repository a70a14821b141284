from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cachexia_portal.events"
