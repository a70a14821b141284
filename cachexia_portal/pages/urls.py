"""Addresses of this app."""

app_name = "pages"
urlpatterns: list = []
