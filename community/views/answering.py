"""Answering a question, from lived experience."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ANSWER
from community.forms import AnswerForm
from community.models import Post

from .sending import send_words, writer_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def answer_question(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    is_sent = request.method == "POST"
    question = Post.objects.visible_to(request.user).questions().with_words().filter(pk=pk).first()
    if question is None:
        return _question_is_gone(request)
    if slug != question.slug and not is_sent:
        return redirect("community:answer_question", pk, question.slug, permanent=True)
    form = AnswerForm(request.POST if is_sent else None, member=writer_of(request), question=question)
    return send_words(request, form, "community/answer.html", ANSWER, question=question)


def _question_is_gone(request: HttpRequest) -> HttpResponse:
    """The question may have been taken back while somebody wrote; their words are given back."""
    if request.method != "POST":
        raise Http404
    return render(request, "community/question_gone.html", {"kept": kept_words(request)}, status=404)
