"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "community"
urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("feeds/questions.xml", views.feed, name="feed"),
    path("questions/ask/", views.ask_question, name="ask_question"),
    path("questions/<int:pk>-<slug:slug>/", views.question, name="question"),
    path("questions/<int:pk>/mark/", views.mark, name="mark"),
    path("questions/<int:pk>-<slug:slug>/answer/", views.answer_question, name="answer_question"),
    path("questions/<int:pk>-<slug:slug>/reply/<int:answer_pk>/", views.reply, name="reply"),
    path("me/", views.my_posts, name="my_posts"),
    path("me/posts/<int:pk>/", views.my_post, name="my_post"),
    path("me/posts/<int:pk>/edit/", views.edit_post, name="edit_post"),
    path("me/drafts/save/", views.save_draft, name="save_draft"),
    path("me/drafts/<int:pk>/delete/", views.delete_draft, name="delete_draft"),
    path("me/posts/<int:pk>/withdraw/", views.withdraw_post, name="withdraw_post"),
    path("me/posts/<int:pk>/without-name/", views.show_without_name, name="show_without_name"),
    path("me/posts/<int:pk>/forget/", views.forget_in_search, name="forget_in_search"),
    path("me/posts/<int:pk>/appeal/", views.appeal, name="appeal"),
    path("report/<slug:kind>/<int:pk>/", views.report, name="report"),
]
