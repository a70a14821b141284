from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "cachexia_portal.screening"
