"""Addresses of the help for the staff; each behind the door of the staff pages."""

from django.contrib import admin
from django.urls import path

from . import views

app_name = "staff_guides"
urlpatterns = [
    path("", admin.site.admin_view(views.contents), name="contents"),
    path("<slug:name>/", admin.site.admin_view(views.guide), name="guide"),
]
