from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "cachexia_portal.pages"
