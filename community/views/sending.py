"""What happens to words on their way from a form to the desk; none are lost on any way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cachexia_portal import limits
from cachexia_portal.accounts.models import AccountClosed
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import Rule
from community.forms import WordsForm
from community.moderation import MayNotWrite

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member


def send_words(
    request: HttpRequest, form: WordsForm, template: str, rule: Rule, **context: Any
) -> HttpResponse:
    """Show the form, give it back with its words, or send them and show where they wait."""
    context["form"] = form
    if not request.user.is_authenticated:
        return _ask_to_sign_in(request, template, context)
    if not form.is_bound or not form.is_valid():
        return render(request, template, context)
    if seconds := limits.spend(rule, request):
        return too_many(request, template, context, seconds)
    try:
        with transaction.atomic():
            post = form.send(request.user)
    except (AccountClosed, MayNotWrite) as refused:
        form.add_error(None, str(refused))
        return render(request, template, context, status=409)
    return redirect("community:my_post", post.pk)


def _ask_to_sign_in(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Before writing, the sign-in page; with words already written, the same page with every word."""
    if not context["form"].is_bound:
        return redirect_to_login(request.path)
    return render(request, template, {**context, "is_signed_out": True}, status=403)


def writer_of(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None
