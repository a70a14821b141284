from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "cachexia_portal.limits"
