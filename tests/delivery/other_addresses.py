"""A sitemap in which the help page stands elsewhere, and an address needs escaping."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("elsewhere/", include("cachexia_portal.help.urls")),
    path("this&that/", lambda request: HttpResponse(), name="this_and_that"),
]
