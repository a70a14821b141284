from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "cachexia_portal.help"
