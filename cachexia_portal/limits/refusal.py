"""The answer to somebody who was too fast: a sentence, and every word given back."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext


def too_many(request: HttpRequest, template: str, context: dict[str, Any], seconds: int) -> HttpResponse:
    """429 with Retry-After, made from the form's own page with the form still filled.

    A bound `form` in the context gets the sentence as its first error; it also
    stands in the context as `limit_sentence`.
    """
    sentence = wait_sentence(seconds)
    form = context.get("form")
    if form is not None and form.is_bound:
        form.is_valid()  # an error can only be added to a form that was checked
        form.add_error(None, sentence)
    response = render(request, template, {**context, "limit_sentence": sentence}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def too_often(request: HttpRequest, back: str, seconds: int) -> HttpResponse:
    """429 for a button with no words beside it: when it may be pressed again, and the way back."""
    minutes = _minutes(seconds)
    sentence = ngettext(
        "That was very often in a short while. Please wait %(minutes)d minute, then try it again.",
        "That was very often in a short while. Please wait %(minutes)d minutes, then try it again.",
        minutes,
    ) % {"minutes": minutes}
    context = {"sentence": sentence, "back": back}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def wait_sentence(seconds: int) -> str:
    """What to do, in whole minutes, rounded up."""
    minutes = _minutes(seconds)
    return ngettext(
        "This was sent many times in a short while. Please wait %(minutes)d minute, "
        "then send it again. Your words are still here.",
        "This was sent many times in a short while. Please wait %(minutes)d minutes, "
        "then send it again. Your words are still here.",
        minutes,
    ) % {"minutes": minutes}


def _minutes(seconds: int) -> int:
    return max(1, ceil(seconds / 60))
