"""Addresses of this app."""

app_name = "community"
urlpatterns: list = []
