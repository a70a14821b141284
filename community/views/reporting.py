"""Telling the moderators about what somebody else wrote."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cachexia_portal import limits
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.kept_words import kept_words
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import REPORT
from community import honest_times, moderation
from community.forms.reporting import ReportForm
from community.models import ItemKind, Kind, Post, Report
from community.workflow import TransitionRefused

TEMPLATE = "community/report.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@form_page
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Members get the form; visitors the ways that need no account; of an own post, taking it down."""
    if kind not in Kind.values:
        raise Http404
    if "sent" in request.GET and request.method != "POST":
        return _thanks(request, pk)
    post = Post.objects.visible_to(request.user).with_words().filter(kind=kind, pk=pk).first()
    if post is None:
        return _is_gone(request)
    if not request.user.is_authenticated:
        return _without_account(request, post)
    if post.author_id == request.user.pk:
        return render(request, "community/report_own.html", {"post": post, "kept": kept_words(request)})
    return _take(request, post)


def _take(request: HttpRequest, post: Post) -> HttpResponse:
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {"post": post, "form": form, "earlier": _open_reports(request, post.pk).first()}
    if not form.is_valid():
        return render(request, TEMPLATE, context)
    if seconds := limits.spend(REPORT, request):
        return too_many(request, TEMPLATE, context, seconds)
    try:
        kept = moderation.report(post, by=member_of(request), **form.cleaned_data)
    except TransitionRefused as refused:
        return _refused(request, context, str(refused))
    if form.cleaned_data["words"] not in kept.words:
        return _refused(request, context, str(form.NO_ROOM))
    earlier = context["earlier"]
    return redirect(f"{request.path}?sent={'again' if earlier and earlier.pk == kept.pk else 'now'}")


def _refused(request: HttpRequest, context: dict[str, Any], sentence: str) -> HttpResponse:
    """The form with every word, and why it was not taken."""
    context["form"].add_error(None, sentence)
    return render(request, TEMPLATE, context, status=409)


def _open_reports(request: HttpRequest, pk: int) -> Any:
    """The member's own reports of this post that nobody has decided yet, the newest first."""
    mine = Report.objects.by(member_of(request)).filter(item__revision__post=pk)
    return mine.filter(item__resolved_at=None).order_by("-pk")


def _thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever has reported it, even where it was hidden meanwhile."""
    if not request.user.is_authenticated:
        raise Http404
    mine = Report.objects.by(member_of(request)).filter(item__revision__post=pk)
    kept = mine.select_related("item").order_by("-pk").first()
    if kept is None:
        raise Http404
    again = request.GET["sent"] == "again"
    is_a_worry = kept.item.kind == ItemKind.SAFETY
    context = {
        "report": kept,
        "again": again,
        "is_a_worry": is_a_worry,
        "when": honest_times.next_reading(),
    }
    return render(request, "community/report_thanks.html", context)


def _without_account(request: HttpRequest, post: Post) -> HttpResponse:
    """No form; words of somebody whose session ended are given back."""
    kept = kept_words(request)
    status = 403 if request.method == "POST" else 200
    return render(request, "community/report_ways.html", {"post": post, "kept": kept}, status=status)


def _is_gone(request: HttpRequest) -> HttpResponse:
    """What was hidden or taken down while somebody wrote; their words are given back."""
    if request.method != "POST":
        raise Http404
    return render(request, "community/report_gone.html", {"kept": kept_words(request)}, status=404)
