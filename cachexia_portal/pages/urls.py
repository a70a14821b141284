"""Addresses of the front page, the pages about the site, and its machinery."""

from django.urls import path

from .views import about, contact, display, export, health, home, me, robots, search, security_txt, sitemap

app_name = "pages"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("about/mission/", about.mission, name="about_mission"),
    path("about/how-we-check/", about.how_we_check, name="about_how_we_check"),
    path("about/house-rules/", about.house_rules, name="about_house_rules"),
    path("about/privacy/", about.privacy, name="about_privacy"),
    path("about/terms/", about.terms, name="about_terms"),
    path("about/accessibility/", about.accessibility, name="about_accessibility"),
    path("about/funding/", about.funding, name="about_funding"),
    path("about/young-carers/", about.young_carers, name="about_young_carers"),
    path("contact/", contact.contact, name="contact"),
    path("me/export/", export.export, name="export"),
    path("me/close/", me.close_account, name="close_account"),
    path("me/consent/", me.health_consent, name="health_consent"),
    path("display/", display.set_display, name="display"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]
