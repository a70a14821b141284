"""The words explained."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.finding_words import LONGEST_QUESTION
from articles.glossary import by_letter, entries_for, found
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word under its letter; with `?q=`, those that come near what was typed."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    entries = entries_for(request.user)
    groups = found(entries, question) if question else by_letter(entries)
    context = {"groups": groups, "question": question, "longest_question": LONGEST_QUESTION}
    return render(request, "articles/glossary.html", context)
