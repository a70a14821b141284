"""The words explained."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.finding_words import LONGEST_QUESTION
from articles.glossary import Group, by_letter, found, words_now
from cachexia_portal.delivery.keeping import kept_page
from cachexia_portal.delivery.page_kinds import public_page


@login_not_required
@public_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word under its letter; with `?q=`, those that come near what was typed."""
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    words = words_now()
    if question:
        return _page(request, found(words.entries(), question), question)
    return kept_page(request, words.made_of, lambda: _page(request, by_letter(words.entries())))


def _page(request: HttpRequest, groups: list[Group], question: str = "") -> HttpResponse:
    some_wait = not all(entry.text for group in groups for entry in group.entries)
    shown = {"groups": groups, "some_wait": some_wait}
    context = shown | {"question": question, "longest_question": LONGEST_QUESTION}
    return render(request, "articles/glossary.html", context)
