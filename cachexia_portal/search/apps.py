from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cachexia_portal.search"
    verbose_name = "search"
