"""A reply under an answer: one level, no deeper."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import ANSWER
from community.drafting import Place
from community.forms import ReplyForm
from community.models import Draft, Kind, Post

from .answering import question_is_gone
from .sending import Writing, write


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def reply(request: HttpRequest, pk: int, slug: str, answer_pk: int) -> HttpResponse:
    below = Post.objects.visible_to(request.user).filter(pk=answer_pk, kind=Kind.ANSWER, question=pk)
    answer = below.select_related(
        "question__published_revision", "published_revision", "author", "credential"
    ).first()
    place = Place(Draft.Form.REPLY, answer or Post(pk=answer_pk, kind=Kind.ANSWER))
    if answer is None or answer.question is None:
        return question_is_gone(request, place)
    if slug != answer.question.slug and request.method != "POST":
        return redirect("community:reply", pk, answer.question.slug, answer_pk, permanent=True)
    form = partial(ReplyForm, answer=answer)
    writing = Writing(
        request, place, form, "community/reply.html", ANSWER, answer=answer, question=answer.question
    )
    return write(writing)
