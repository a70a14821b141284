"""The site with a page that fails, and its own page for that."""

from cachexia_portal.urls import handler400, handler403, handler404, handler500
from tests.delivery.addresses import urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
