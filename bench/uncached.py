"""This site without its micro-cache: every request is answered by Django."""

from cachexia_portal.wsgi import django_application as application

__all__ = ["application"]
