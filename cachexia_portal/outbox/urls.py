"""The one address of the outbox: for mail providers, not for people."""

from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [path("mail/came-back/<slug:provider>/", views.mail_came_back, name="came_back")]
