"""Addresses of this app."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from . import views


class RowConverter(IntConverter):
    """The number of a row. What is longer fits no row of any database, so it is no address."""

    regex = "[0-9]{1,18}"


register_converter(RowConverter, "row")

app_name = "community"
urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("feeds/questions.xml", views.feed, name="feed"),
    path("questions/ask/", views.ask_question, name="ask_question"),
    path("questions/ask/similar/", views.similar, name="similar"),
    path("questions/<row:pk>-<slug:slug>/", views.question, name="question"),
    path("questions/<row:pk>/mark/", views.mark, name="mark"),
    path("questions/<row:pk>-<slug:slug>/answer/", views.answer_question, name="answer_question"),
    path("questions/<row:pk>-<slug:slug>/reply/<row:answer_pk>/", views.reply, name="reply"),
    path("stories/", views.stories, name="stories"),
    path("stories/share/", views.share_story, name="share_story"),
    path("stories/<row:pk>-<slug:slug>/", views.story, name="story"),
    path("stories/<row:pk>/mark/", views.mark, name="thank"),
    path("me/", views.my_posts, name="my_posts"),
    path("me/posts/<row:pk>/", views.my_post, name="my_post"),
    path("me/posts/<row:pk>/edit/", views.edit_post, name="edit_post"),
    path("me/drafts/save/", views.save_draft, name="save_draft"),
    path("me/drafts/<row:pk>/delete/", views.delete_draft, name="delete_draft"),
    path("me/posts/<row:pk>/withdraw/", views.withdraw_post, name="withdraw_post"),
    path("me/posts/<row:pk>/without-name/", views.show_without_name, name="show_without_name"),
    path("me/posts/<row:pk>/forget/", views.forget_in_search, name="forget_in_search"),
    path("me/posts/<row:pk>/consent/", views.change_consent, name="change_consent"),
    path("me/posts/<row:pk>/consent/renew/", views.renew_consent, name="renew_consent"),
    path("me/posts/<row:pk>/appeal/", views.appeal, name="appeal"),
    path("report/<slug:kind>/<row:pk>/", views.report, name="report"),
]
