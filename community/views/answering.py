"""Answering a question, in the lanes that are open to whoever answers."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ANSWER
from community import drafting
from community.drafting import Place
from community.forms import AnswerForm
from community.models import Draft, Kind, Post, Wants

from .sending import Writing, write


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def answer_question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    question = Post.objects.visible_to(request.user).questions().with_words().filter(pk=pk).first()
    place = Place(Draft.Form.ANSWER, question or Post(pk=pk, kind=Kind.QUESTION))
    if question is None or question.wants == Wants.NO_REPLY:
        return question_is_gone(request, place)
    if slug != question.slug and request.method != "POST":
        return redirect("community:answer_question", pk, question.slug, permanent=True)
    form = partial(AnswerForm, question=question)
    return write(Writing(request, place, form, "community/answer.html", ANSWER, question=question))


def question_is_gone(request: HttpRequest, place: Place) -> HttpResponse:
    """It may have been taken back while somebody wrote; their words are given back, kept ones too."""
    kept = kept_words(request) or _draft_of(request, place)
    if not kept:
        raise Http404
    return render(request, "community/question_gone.html", {"kept": kept}, status=404)


def _draft_of(request: HttpRequest, place: Place) -> list[tuple[str, str]]:
    if not request.user.is_authenticated:
        return []
    return [words for kept in drafting.at(request.user, place) for words in kept.texts]
