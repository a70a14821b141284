"""The sitemap: every address of the site, and the app that answers it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("cachexia_portal.pages.urls")),
    path("", include("cachexia_portal.help.urls")),
    # What is read most stands first: an address is looked for from the top.
    path("", include("articles.urls")),
    path("", include("community.urls")),
    path("", include("cachexia_portal.accounts.urls")),
    path("", include("cachexia_portal.outbox.urls")),
    path("admin/guides/", include("cachexia_portal.pages.staff_guides.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "cachexia_portal.delivery.views.bad_request"
handler403 = "cachexia_portal.delivery.views.forbidden"
handler404 = "cachexia_portal.delivery.views.not_found"
handler500 = "cachexia_portal.help.views.server_error"
