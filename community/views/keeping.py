"""Keeping unsent words: for members as they write, for visitors while they sign in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cachexia_portal import limits
from cachexia_portal.accounts.signed_in import member_of
from cachexia_portal.delivery.page_kinds import form_page
from cachexia_portal.limits.rules import DRAFT
from community import drafting
from community.drafting import Place
from community.models import Draft, Kind, Post
from community.models.drafts import KEPT_FOR_VISITORS

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

    from .sending import Writing

COOKIE = "draft"
LARGEST_NUMBER = 2**31 - 1
NOT_KEPT = 409


@dataclass(frozen=True)
class Kept:
    """What is kept of the words on a page, and the sentence that says so; no sentence where nothing is."""

    pk: int | None = None
    sequence: int = 0
    token: str = ""
    sentence: str = ""

    @property
    def hours(self) -> int:
        return int(KEPT_FOR_VISITORS.total_seconds() // 3600)


def keep(writing: Writing, data: QueryDict) -> Kept:
    """Keep the words that came with a form; the sentence is honest where they could not be."""
    try:
        fields = drafting.fields_of(data)
    except drafting.NotKept:
        return Kept(sentence=_failed())
    if not drafting.has_words(fields):
        return of_request(writing)
    member = writing.member
    if member is None:
        return _keep_for_visitor(writing, fields)
    return _keep_for_member(writing, member, fields) if member.has_health_consent else Kept()


def _keep_for_member(writing: Writing, member: Member, fields: drafting.Fields) -> Kept:
    pk, seen = numbers_of(writing.data)
    try:
        return of_draft(writing, _kept(writing, member, fields))
    except drafting.Behind:
        return Kept(pk=pk, sequence=seen, sentence=_behind())
    except drafting.Full:
        return Kept(sentence=_failed())


def _kept(writing: Writing, member: Member, fields: drafting.Fields) -> Draft:
    """Over the draft that the page is of; anew where that was sent or thrown away meanwhile."""
    pk, seen = numbers_of(writing.data)
    try:
        return drafting.keep(member, writing.place, fields, pk=pk, seen=seen)
    except drafting.Gone:
        return drafting.keep(member, writing.place, fields)


def _keep_for_visitor(writing: Writing, fields: drafting.Fields) -> Kept:
    if limits.spend(DRAFT, writing.request):
        return Kept(sentence=_failed())
    token = drafting.keep_for_visitor(token_of(writing.request), writing.place, fields)
    return Kept(token=token)


def of_draft(writing: Writing, draft: Draft) -> Kept:
    if writing.member is None:
        return Kept(token=token_of(writing.request))
    return Kept(draft.pk, draft.sequence, sentence=_said(writing.member, draft))


def of_request(writing: Writing) -> Kept:
    """Nothing new is kept; what the page already knew stays known."""
    pk, seen = numbers_of(writing.data)
    return Kept(pk, seen, token_of(writing.request))


def draft_to_go_on_with(writing: Writing) -> Draft | None:
    """The draft that the address names; the only one of its place; or what this browser kept for a visitor."""
    member, asked = writing.member, writing.request.GET
    if member is None:
        return drafting.of_token(token_of(writing.request), writing.place)
    begun = [kept.draft for kept in drafting.at(member, writing.place)]
    if "draft" in asked:
        return next((draft for draft in begun if str(draft.pk) == asked["draft"]), None)
    return begun[0] if begun and (writing.place.about or "look" in asked) else None


def numbers_of(data: QueryDict) -> tuple[int | None, int]:
    """Which draft the page is of, and which of its states it was made from."""
    return _number(data.get("_draft")) or None, _number(data.get("_sequence"))


def token_of(request: HttpRequest) -> str:
    return request.POST.get("_token") or request.COOKIES.get(COOKIE, "")


def with_cookie(response: HttpResponse, kept: Kept) -> HttpResponse:
    """The browser carries the token through signing in; it is sent to no script and to no other site."""
    if kept.token:
        response.set_cookie(
            COOKIE,
            kept.token,
            max_age=KEPT_FOR_VISITORS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def without_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def claim_at_sign_in(sender: object, request: HttpRequest | None, user: Member, **_named: Any) -> None:
    """Words from before signing in belong to whoever signed in with the same browser."""
    token = request.COOKIES.get(COOKIE) if request else None
    if token:
        drafting.claim(token, user)


@require_POST
@form_page
def save_draft(request: HttpRequest) -> HttpResponse:
    """The script beside a form sends the words as they stand; answered in JSON, with a sentence to show."""
    member = member_of(request)
    if seconds := limits.spend(DRAFT, request):
        return _answer_too_often(seconds)
    if not member.has_health_consent:
        return _answer(_failed(), status=429)  # the script stops asking
    try:
        asked = _asked(request)
        fields, unanswered = drafting.fields_of(asked["fields"]), drafting.fields_of(asked["unanswered"])
        place = _place(member, asked)
        pk, seen = _number(asked.get("draft")) or None, _number(asked.get("sequence"))
        draft = drafting.keep(member, place, fields, pk=pk, seen=seen, unanswered=unanswered)
    except drafting.Behind:
        return _answer(_behind(), status=NOT_KEPT, is_over=True)
    except drafting.Gone:
        return _answer(_gone(), status=NOT_KEPT, is_over=True)
    except (drafting.NotKept, Http404):
        return _answer(_failed(), status=400)
    return _answer(_said(member, draft), draft=draft.pk, sequence=draft.sequence)


@require_POST
@form_page
def delete_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one of one's own drafts away."""
    if not drafting.delete(member_of(request), pk):
        raise Http404
    return redirect("community:my_posts")


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The JSON of the script; raises `NotKept` for anything else."""
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError) as broken:
        raise drafting.NotKept from broken
    if not isinstance(asked, dict) or not isinstance(asked.get("fields"), dict):
        raise drafting.NotKept
    unanswered = asked.get("unanswered")
    return {**asked, "unanswered": unanswered if isinstance(unanswered, dict) else {}}


def _place(member: Member, asked: dict[str, Any]) -> Place:
    """What is written about; raises Http404 for what this member may not write about."""
    form = asked.get("form")
    if form not in Draft.Form.values:
        raise drafting.NotKept
    if form in drafting.OWN_PAGES:
        return Place(Draft.Form(form))
    return Place(Draft.Form(form), get_object_or_404(_posts(member, form), pk=_number(asked.get("about"))))


def _posts(member: Member, form: str) -> Any:
    if form == Draft.Form.EDIT:
        return Post.objects.by(member)
    kind = Kind.QUESTION if form == Draft.Form.ANSWER else Kind.ANSWER
    return Post.objects.visible_to(member).filter(kind=kind)


def _answer(said: str, *, status: int = 200, **more: object) -> JsonResponse:
    return JsonResponse({"said": said, **more}, status=status)


def _answer_too_often(seconds: int) -> JsonResponse:
    answer = _answer(_failed(), status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _number(text: object) -> int:
    """A number that a page of ours sent; 0 for anything else."""
    written = str(text) if isinstance(text, str | int) else ""
    is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(LARGEST_NUMBER))
    return min(int(written), LARGEST_NUMBER) if is_number else 0


def _said(member: Member, draft: Draft) -> str:
    time = formats.time_format(timezone.localtime(draft.saved_at, member.zone), "H:i")
    return _("Draft kept at %(time)s. You can close this page and come back.") % {"time": time}


def _failed() -> str:
    return _("We could not keep this just now. Your words are still on this page.")


def _behind() -> str:
    return _(
        "Another window of yours has kept newer words of this. What you write here is not kept as you "
        "write. “Keep it just for me” keeps both."
    )


def _gone() -> str:
    return _(
        "This draft was sent or thrown away in another window. What you write here is not kept as you write."
    )
