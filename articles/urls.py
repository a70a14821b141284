"""What caregivers read."""

from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="article_list"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/print/", views.article_print, name="article_print"),
    path("articles/<slug:slug>/changes/", views.changes, name="changes"),
    path("feeds/articles.xml", views.feed, name="feed"),
    path("glossary/", views.glossary, name="glossary"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("media/<str:name>", views.figure, name="figure"),
]
