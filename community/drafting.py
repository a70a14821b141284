"""Unsent words: the only reader and writer of drafts.

A member's draft is kept as they write; a visitor's from "look it over" on, under a
random token of which the table holds the digest, until the end that the model names.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from . import plain_text
from .models import Draft, Post

if TYPE_CHECKING:
    from cachexia_portal.accounts.models import Member

Fields = dict[str, str | list[str]]

TEXTS = ("title", "body", "source", "when_to_call")
LABELS = {
    "title": _("Title"),
    "body": _("Your words"),
    "source": _("The source"),
    "when_to_call": _("When to call"),
}
CHOICES = (
    *("relation", "shown_as", "cancer_type", "wants", "noindex", "lane", "basis", "seen"),
    *("who_knows", "on_this_site", "in_search_engines", "in_print", "for_teaching", "years"),
)
LISTS = ("topics", "content_notes")
#: Five times what can be sent: words that are too long to send are still kept.
LONGEST = 100_000
LONGEST_CHOICE, MOST_CHOICES = 80, 50
MOST_BEGUN = 100  # questions and stories of one member; a page of theirs shows them all
SHOWN_OF_IT = 90
TOKEN_BYTES = 24


class NotKept(Exception):
    """The words could not be kept; the page that holds them says so."""


class Full(NotKept):
    """So many questions and stories were begun already that no other one is kept."""


class Behind(NotKept):
    """Another window has kept newer words of the same draft; `draft` holds them."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.pk)
        self.draft = draft


class Gone(NotKept):
    """The draft was sent or deleted meanwhile."""


#: Where words about no post are written.
OWN_PAGES = {Draft.Form.QUESTION: "community:ask_question", Draft.Form.STORY: "community:share_story"}


@dataclass(frozen=True)
class Place:
    """What the words will be, and what they are about: questions and stories about nothing, all else about a post."""

    form: Draft.Form
    about: Post | None = None

    @property
    def address(self) -> str:
        """Where these words are written."""
        post = self.about
        if post is None:
            return reverse(OWN_PAGES[self.form])
        if self.form == Draft.Form.ANSWER:
            return reverse("community:answer_question", args=[post.pk, post.slug])
        if self.form == Draft.Form.REPLY and post.question:
            return reverse("community:reply", args=[post.question.pk, post.question.slug, post.pk])
        return reverse("community:edit_post", args=[post.pk])


@dataclass(frozen=True)
class Kept:
    """A draft as its writer's own pages show it."""

    draft: Draft

    @property
    def beginning(self) -> str:
        """How it begins, to tell one from another."""
        found = (str(self.draft.fields.get(name, "")) for name in TEXTS)
        return plain_text.shorten(next(filter(plain_text.has_words, found), ""), SHOWN_OF_IT)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """All of it with its labels, to be copied where it cannot be gone on with."""
        words = ((LABELS[name], str(self.draft.fields.get(name, ""))) for name in TEXTS)
        return [(str(label), text) for label, text in words if text]

    @cached_property
    def address(self) -> str:
        """Where to go on with it."""
        place = Place(Draft.Form(self.draft.form), self.draft.about)
        return f"{place.address}?draft={self.draft.pk}"


def fields_of(data: Mapping[str, Any]) -> Fields:
    """What was typed, from a form or from the script beside it; raises `NotKept` for what no page of ours sends."""
    get_list = data.getlist if isinstance(data, QueryDict) else data.get
    texts = {name: _text(data.get(name), LONGEST) for name in TEXTS}
    choices = {name: _text(data.get(name), LONGEST_CHOICE) for name in CHOICES}
    lists = {name: _list(get_list(name)) for name in LISTS}
    every: Fields = {**texts, **choices, **lists}
    return {name: value for name, value in every.items() if value}


def as_data(fields: Fields) -> QueryDict:
    """The kept fields as a form sends them."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def has_words(fields: Fields) -> bool:
    return any(plain_text.has_words(str(fields.get(name, ""))) for name in TEXTS)


# --- A member's -----------------------------------------------------------------


def of(member: Member) -> list[Kept]:
    """All that a member has not sent yet, the newest first: for `/me/`."""
    found = Draft.objects.by(member).select_related(
        "about__published_revision", "about__question__published_revision"
    )
    return [Kept(draft) for draft in found.order_by("-saved_at", "-pk")]


def at(member: Member, place: Place) -> list[Kept]:
    """What a member has begun at this place, the newest first."""
    found = Draft.objects.by(member).filter(form=place.form, about=place.about)
    return [Kept(draft) for draft in found.order_by("-saved_at", "-pk")]


@transaction.atomic
def keep(
    member: Member,
    place: Place,
    fields: Fields,
    *,
    pk: int | None = None,
    seen: int = 0,
    unanswered: Fields | None = None,
) -> Draft:
    """Keep a member's words over those of the `sequence` they were made from.

    Raises `Behind` where newer words are kept already, `Gone` where the draft was
    sent or deleted. `unanswered` are words sent before, of which the writer does not
    know whether they arrived.
    """
    draft = _locked(member, place, pk)
    if draft is None and pk is not None:
        raise Gone
    if draft is None:
        return _begin(member, place, fields)
    if draft.sequence != seen and draft.fields not in (fields, unanswered):
        raise Behind(draft)
    return _write(draft, fields)


@transaction.atomic
def keep_both(member: Member, place: Place, fields: Fields, *, pk: int | None, seen: int) -> Draft:
    """Keep these words whatever happened meanwhile: beside newer ones, or together with them."""
    try:
        return keep(member, place, fields, pk=pk, seen=seen)
    except Gone:
        return keep(member, place, fields)
    except Behind as behind:
        if place.about is None:
            return _begin(member, place, fields)
        return _write(behind.draft, _joined(fields, behind.draft.fields))


def forget(member: Member, place: Place, *, pk: int | None, body: str = "") -> None:
    """Words that were sent are no draft any more, nor is a copy of them from another window."""
    mine = Draft.objects.by(member).filter(form=place.form, about=place.about)
    for draft in mine.select_for_update():
        if place.about or draft.pk == pk or (body and draft.fields.get("body") == body):
            draft.delete()


def delete(member: Member, pk: int) -> bool:
    """Throw a draft of one's own away; False if there is none."""
    return bool(Draft.objects.by(member).filter(pk=pk).delete()[0])


def forget_all_of(member: Member) -> None:
    """Unsent words go with the account, or with the consent to keep them."""
    Draft.objects.by(member).delete()


# --- A visitor's ----------------------------------------------------------------


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def of_token(token: str, place: Place | None = None) -> Draft | None:
    """A visitor's draft, while it is kept; None for a token that is over, or of another place."""
    if not token:
        return None
    draft = Draft.objects.of_token(digest_of(token), timezone.now()).first()
    is_elsewhere = draft and place and Place(Draft.Form(draft.form), draft.about) != place
    return None if is_elsewhere else draft


def keep_for_visitor(token: str, place: Place, fields: Fields) -> str:
    """Keep a visitor's words, and give back the token they stand under: a new one where the old is over."""
    draft = of_token(token, place)
    if draft is not None:
        written = Draft.objects.filter(pk=draft.pk, author=None)
        if written.update(fields=fields, sequence=draft.sequence + 1, saved_at=timezone.now()):
            return token
    fresh = secrets.token_urlsafe(TOKEN_BYTES)
    Draft.objects.create(token_digest=digest_of(fresh), form=place.form, about=place.about, fields=fields)
    return fresh


def forget_token(token: str) -> None:
    """A visitor wants nothing kept."""
    if token:
        Draft.objects.filter(author=None, token_digest=digest_of(token)).delete()


@transaction.atomic
def claim(token: str, member: Member) -> Draft | None:
    """What somebody wrote before signing in is theirs from now on; with words they had there, if they had any."""
    draft = of_token(token)
    if draft is None:
        return None
    draft = Draft.objects.select_for_update().filter(pk=draft.pk, author=None).first()
    if draft is None:  # another request of the same browser was faster
        return None
    earlier = Draft.objects.by(member).filter(form=draft.form, about=draft.about).exclude(about=None).first()
    if earlier is not None:
        draft.fields = _joined(draft.fields, earlier.fields)
        earlier.delete()
    draft.author, draft.token_digest, draft.saved_at = member, "", timezone.now()
    draft.save()
    return draft


def tidy() -> int:
    """Delete what visitors left. Its end is looked at wherever it is read; this only sweeps up."""
    return Draft.objects.expired(timezone.now()).delete()[0]


# --- The steps they share ---------------------------------------------------------


def _text(value: object, longest: int) -> str:
    text = plain_text.without_unseen(value) if isinstance(value, str) else ""
    if len(text) > longest:
        raise NotKept
    return text


def _list(values: object) -> list[str]:
    if not isinstance(values, list):
        return []
    if len(values) > MOST_CHOICES:
        raise NotKept
    return [_text(value, LONGEST_CHOICE) for value in values if isinstance(value, str)]


def _locked(member: Member, place: Place, pk: int | None) -> Draft | None:
    """Questions and stories are many; of an answer, a reply or an edit there is one draft at each place."""
    mine = Draft.objects.by(member).filter(form=place.form, about=place.about)
    if place.about is None:
        mine = mine.filter(pk=pk or 0)
    return mine.select_for_update().first()


def _begin(member: Member, place: Place, fields: Fields) -> Draft:
    if place.about is None and Draft.objects.by(member).filter(about=None).count() >= MOST_BEGUN:
        raise Full
    try:
        with transaction.atomic():
            return Draft.objects.create(author=member, form=place.form, about=place.about, fields=fields)
    except IntegrityError:  # another window began it at the same moment
        return _already_begun(member, place, fields)


def _already_begun(member: Member, place: Place, fields: Fields) -> Draft:
    draft = cast(Draft, _locked(member, place, None))
    if draft.fields != fields:
        raise Behind(draft)
    return draft


def _write(draft: Draft, fields: Fields) -> Draft:
    if draft.fields != fields:
        draft.fields, draft.sequence = fields, draft.sequence + 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["fields", "sequence", "saved_at"])
    return draft


def _joined(newer: Fields, older: Fields) -> Fields:
    """Both texts in one, none twice; of the small choices the newer ones."""
    texts = [str(each.get("body", "")) for each in (newer, older)]
    body = texts[0] if texts[1] in texts[0] else "\n\n".join(filter(None, texts))
    return {**older, **newer, "body": body}
