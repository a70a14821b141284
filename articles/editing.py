"""Words on their way into a draft: kept while they are typed, and two editors who met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from articles.differences import Line, differences
from articles.forms.leaning import FigureForm, QuotationForm, ReferenceForm
from articles.forms.words import label_of, with_plain_lines
from articles.models import Autosave, Revision
from articles.models.revisions import BODY_LIMIT, WORDS
from articles.workflow import UNPUBLISHED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from cachexia_portal.accounts.models import Member

KEPT_AT_MOST = 2 * BODY_LIMIT  # characters; a text that is too long to store is still kept
MOST_ROWS = 1_000
ROWS: dict[str, Any] = {"references": ReferenceForm, "figures": FigureForm, "quotations": QuotationForm}
TYPED_IN_ROWS = {
    *("title", "authors", "container", "year", "doi", "pmid", "nct", "url"),
    *("alt", "caption", "credit", "words"),
}
SAVED, UNCHANGED, NOT_OPEN, TOO_LONG = "saved", "unchanged", "not open", "too long"


@transaction.atomic
def autosave(revision: Revision, words: Mapping[str, str], seen_version: int, *, by: Member) -> str:
    """Keep what this editor is typing, for this editor alone; the revision stays as it is.

    Answers with what became of it: `saved`, `unchanged` (the words are those stored),
    `not open` (the text is no draft now), `too long`.
    """
    now = Revision.objects.select_for_update().get(pk=revision.pk)
    if not now.is_editable:
        return NOT_OPEN
    kept = {name: _storable(words.get(name, "")) for name in WORDS}
    if sum(map(len, kept.values())) > KEPT_AT_MOST:
        return TOO_LONG
    if seen_version == now.version and kept == {name: _storable(text) for name, text in now.words().items()}:
        throw_away(now, by=by)
        return UNCHANGED
    columns = {"seen_version": seen_version, "words": kept, "saved_at": timezone.now()}
    Autosave.objects.update_or_create(revision=now, editor=by, defaults=columns)
    return SAVED


def unsaved_of(revision: Revision, member: Member) -> Autosave | None:
    """This person's own unsaved words, while the text is open for them; nobody else's, ever."""
    return Autosave.objects.filter(revision=revision, editor=member).first() if revision.is_editable else None


def throw_away(revision: Revision, *, by: Member) -> None:
    """Delete this person's unsaved words."""
    Autosave.objects.filter(revision=revision, editor=by).delete()


def forget_unsaved_of(revision: Revision) -> None:
    """A text that can never be edited again keeps nobody's unsaved words.

    One that waits for its review may come back with changes asked for: then they are there again.
    """
    if revision.status not in UNPUBLISHED:
        revision.autosaves.all().delete()


@dataclass(frozen=True)
class ThreeTexts:
    """One field that two editors changed from the same start."""

    name: str
    label: str
    base: str | None  # None: what both began from is not known
    theirs: str
    mine: str

    @property
    def theirs_changed(self) -> list[Line]:
        return [] if self.base is None else differences(self.base, self.theirs)

    @property
    def mine_changed(self) -> list[Line]:
        return differences(self.theirs if self.base is None else self.base, self.mine)

    @property
    def is_long(self) -> bool:
        return self.name in {"body", "key_points", "summary"}


def three_texts(now: Revision, seen_version: int, mine: Mapping[str, str]) -> list[ThreeTexts]:
    """The fields in which the text of now, or what both began from, differs from what is in the form."""
    past = now.past_texts.filter(version=seen_version).first()
    fields = []
    for name, theirs in now.words().items():
        base = _plain(past.words.get(name, "")) if past else None
        typed = _plain(mine.get(name, ""))
        if {typed, base} - {None, _plain(theirs)}:
            label = label_of(name)
            fields.append(ThreeTexts(name, label, base, _plain(theirs), typed))
    return fields


def typed_words(now: Revision, post: QueryDict) -> list[tuple[str, str]]:
    """What a form holds that is not stored, each with its label: for a text that takes no words any more."""
    kept = [(label_of(name), post.get(name, "")) for name in WORDS]
    for prefix, form in ROWS.items():
        stored = {str(value) for row in getattr(now, prefix).all() for value in vars(row).values()}
        for name, text in post.items():
            head, _, field = name.rpartition("-")
            if head.partition("-")[0] == prefix and field in TYPED_IN_ROWS and text not in stored:
                kept.append((str(form.base_fields[field].label), str(text)))
    return kept


def carried_rows(post: QueryDict, prefix: str, alive: set[int]) -> list[tuple[str, str]]:
    """The rows of a posted set as fields for a new form; rows that somebody else deleted become new ones."""
    names: dict[int, dict[str, str]] = {}
    for name, value in post.items():
        head, _, rest = name.partition("-")
        at, _, field = rest.partition("-")
        if head == prefix and field and at.isascii() and at.isdecimal() and int(at[:6]) < MOST_ROWS:
            names.setdefault(int(at), {})[field] = str(value)
    rows = [names[at] for at in sorted(names)]
    stored = [row for row in rows if _number(row.get("id")) in alive]
    others = [
        {**row, "id": ""} for row in rows if _number(row.get("id")) not in alive and "DELETE" not in row
    ]
    counts = [(f"{prefix}-TOTAL_FORMS", len(stored + others)), (f"{prefix}-INITIAL_FORMS", len(stored))]
    return [(name, str(count)) for name, count in counts] + _fields(prefix, [*stored, *others])


def _fields(prefix: str, rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(f"{prefix}-{at}-{field}", value) for at, row in enumerate(rows) for field, value in row.items()]


def _number(typed: str | None) -> int:
    typed = typed or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0


def _plain(text: Any) -> str:
    """A text as the form stores it."""
    return with_plain_lines(str(text))


def _storable(text: Any) -> str:
    """Without what a database refuses: NUL, and halves of characters."""
    return _plain(text).replace("\x00", "").encode(errors="replace").decode()
