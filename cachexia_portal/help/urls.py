"""Addresses of this app."""

app_name = "help"
urlpatterns: list = []
