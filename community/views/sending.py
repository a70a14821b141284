"""The way of words from an empty page to the desk; none are lost on any way out.

One flow for questions, answers, replies and changes. Each step is one POST that holds
all the words, so no step depends on a draft, a session or a script.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cachexia_portal import launch, limits
from cachexia_portal.accounts.models import AccountClosed
from cachexia_portal.limits.refusal import too_many
from cachexia_portal.limits.rules import Rule
from community import drafting, honest_times, plain_text
from community.drafting import Place
from community.forms import WordsForm
from community.models import Draft
from community.moderation import DoorsAreClosed
from community.workflow import TransitionRefused

from . import keeping, looking_over

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

LOOK, LOOK_PAGE = "look", "community/look.html"
LONGEST_BROUGHT = 1000  # in an address
Refused = Callable[["Writing", WordsForm, Exception], HttpResponse]


class Writing:
    """One visit of one writer: what they write, with which form, and where it is kept meanwhile."""

    def __init__(
        self,
        request: HttpRequest,
        place: Place,
        form: Callable[..., WordsForm],
        template: str,
        rule: Rule,
        *,
        refused: Refused | None = None,
        **context: Any,
    ) -> None:
        self.request, self.place, self.template, self.rule = request, place, template, rule
        self.refused = refused or not_sent
        self.context = context
        self._form = form

    @property
    def member(self) -> Member | None:
        return self.request.user if self.request.user.is_authenticated else None

    @cached_property
    def is_closed(self) -> bool:
        """Whether nothing new is taken just now; what was sent before may be changed at any time. One query."""
        return self.place.form != Draft.Form.EDIT and not launch.may_people_write()

    @property
    def data(self) -> QueryDict:
        return self.request.POST

    def form(self, data: QueryDict | None = None, **options: Any) -> WordsForm:
        return self._form(data, member=self.member, **options)

    def page(
        self, form: WordsForm, kept: keeping.Kept | None = None, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        """The page on which the words are written."""
        kept = kept or keeping.of_request(self)
        shown = {
            "form": form,
            "kept": kept,
            "place": self.place,
            "member": self.member,
            "carried": looking_over.carried_back(self.data, form),
            "is_closed": self.is_closed,
            "soon": honest_times.sentence(),
            **self.context,
            **context,
        }
        return render(self.request, self.template, shown, status=status)


def write(writing: Writing) -> HttpResponse:
    """Answer one step of the way: the empty page, or what was asked for with the words."""
    if writing.request.method != "POST":
        return _begin(writing)
    act = writing.data.get("_do", LOOK).partition(" ")[0]
    return ACTS.get(act, looking_over.look_over)(writing)


def send(writing: Writing) -> HttpResponse:
    """Put the words on the desk, once, and throw the draft of them away in the same act."""
    member = writing.member
    if member is None:
        return looking_over.look_over(writing, is_signed_out=True)
    form = writing.form(writing.data)
    if not form.is_valid():
        return looking_over.give_back(writing, form)
    if writing.is_closed:
        return not_taken(writing, form, member)
    if seconds := limits.spend(writing.rule, writing.request):
        return too_many(writing.request, LOOK_PAGE, looking_over.context_of(writing, form), seconds)
    try:
        with transaction.atomic():
            post = form.send(member)
            _forget_draft(writing, member, form)
    except DoorsAreClosed:  # a moment ago
        return not_taken(writing, form, member)
    except (AccountClosed, TransitionRefused) as refused:
        return writing.refused(writing, form, refused)
    return keeping.without_cookie(writing.request, redirect("community:my_post", post.pk))


def not_sent(writing: Writing, form: WordsForm, refused: Exception) -> HttpResponse:
    """Say why, above the words."""
    form.add_error(None, str(refused))
    return looking_over.give_back(writing, form, status=409)


def not_taken(writing: Writing, form: WordsForm, member: Member) -> HttpResponse:
    """The doors are closed: the words are kept as a draft, and stand on the page that says so."""
    writing.is_closed = True
    try:
        form.keep_consent(member)
    except AccountClosed as closed:
        return not_sent(writing, form, closed)
    return looking_over.give_back_closed(writing, form, keeping.keep(writing, writing.data))


def keep_for_oneself(writing: Writing) -> HttpResponse:
    """Not sent: kept for nobody but its writer, until they send it or throw it away."""
    member = writing.member
    if member is None:
        return looking_over.look_over(writing, is_signed_out=True)
    form = writing.form(writing.data)
    if not form.is_valid() and "health_consent" in form.errors:
        return looking_over.give_back(writing, form)
    try:
        fields = drafting.fields_of(writing.data)
        if not drafting.has_words(fields):
            return writing.page(form)
        form.keep_consent(member)
        pk, seen = keeping.numbers_of(writing.data)
        drafting.keep_both(member, writing.place, fields, pk=pk, seen=seen)
    except drafting.Full:
        form.add_error(None, _("You have many drafts. Please throw one away under My posts, and try again."))
        return writing.page(form)
    except drafting.NotKept:
        form.add_error(None, _("This is too long to be kept. Your words are still here."))
        return writing.page(form)
    messages.success(writing.request, _("Kept, just for you. Nothing was sent."))
    return redirect("community:my_posts")


def go_back(writing: Writing) -> HttpResponse:
    """Back to the page on which it was written, with every word."""
    try:
        fields = drafting.fields_of(writing.data)
    except drafting.NotKept:
        return writing.page(writing.form(writing.data))
    return writing.page(writing.form(initial=fields))


def forget(writing: Writing) -> HttpResponse:
    """A visitor wants nothing kept here."""
    drafting.forget_token(keeping.token_of(writing.request))
    messages.success(writing.request, _("Nothing of it is kept any more."))
    return keeping.without_cookie(writing.request, redirect(writing.request.path))


def _begin(writing: Writing) -> HttpResponse:
    """An empty page, or the words that were kept."""
    draft = keeping.draft_to_go_on_with(writing)
    if draft is None:
        begun = drafting.at(writing.member, writing.place) if writing.member else []
        return writing.page(writing.form(initial=_brought_along(writing)), begun=begun)
    kept = keeping.of_draft(writing, draft)
    if LOOK in writing.request.GET:
        return looking_over.look_over(writing, drafting.as_data(draft.fields), kept)
    return writing.page(writing.form(initial=draft.fields), kept)


def _brought_along(writing: Writing) -> drafting.Fields:
    """`?words=…`: what somebody looked for in vain, so that they need not type it again. Kept nowhere yet."""
    words = plain_text.clean(writing.request.GET.get("words", ""))
    is_for_these = words and writing.place.form == Draft.Form.QUESTION
    return {"body": words[:LONGEST_BROUGHT]} if is_for_these else {}


def _forget_draft(writing: Writing, member: Member, form: WordsForm) -> None:
    pk, _seen = keeping.numbers_of(writing.data)
    drafting.forget(member, writing.place, pk=pk, body=form.cleaned_data["body"])


ACTS: dict[str, Callable[[Writing], HttpResponse]] = {
    "send": send,
    "edit": go_back,
    "keep": keep_for_oneself,
    "take-out": looking_over.take_out,
    "leave": looking_over.leave,
    "forget": forget,
}
