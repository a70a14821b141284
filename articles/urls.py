"""Addresses of this app."""

app_name = "articles"
urlpatterns: list = []
