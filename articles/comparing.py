"""Two versions of a file side by side, and the guides that rest on the older one.

Everything here is computed when it is read: a new version of a source changes no
row that an editor wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Reference, Revision, SourceBlock, SourceDocument
from articles.workflow import Status

NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*\s?%?")
WORDS_COMPARED = 400  # of one block; a longer one is shown old beside new
GAP = 60  # blocks between two that are the same; more are not paired one by one
ALIKE = 0.4  # the share of words that makes two blocks one
SHOWN = 6_000  # characters of one change
ENDED = (Status.DISCARDED, Status.SUPERSEDED, Status.WITHDRAWN)


class Op(Enum):
    """What became of a block, or of words inside one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


LABELS = {Op.ADDED: _("Added"), Op.REMOVED: _("Removed"), Op.CHANGED: _("Changed")}
PILLS = {Op.ADDED: "ok", Op.REMOVED: "late", Op.CHANGED: "wait"}


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    op: Op
    words: str

    @property
    def is_added(self) -> bool:
        return self.op is Op.ADDED

    @property
    def is_removed(self) -> bool:
        return self.op is Op.REMOVED


@dataclass(frozen=True)
class Change:
    """One block that is not as it was; `numbers` are those that came or went."""

    op: Op
    old: SourceBlock | None = None
    new: SourceBlock | None = None
    pieces: Sequence[Piece] = ()
    numbers: Sequence[str] = ()

    @property
    def label(self) -> str:
        return str(LABELS[self.op])

    @property
    def pill(self) -> str:
        """The colour that goes with the words; never the only sign."""
        return PILLS[self.op]

    @property
    def kind(self) -> str:
        block = self.new or self.old
        return block.get_kind_display() if block else ""

    @property
    def shown(self) -> list[Piece]:
        """Its pieces, up to a length that a page can hold."""
        left, pieces = SHOWN, []
        for piece in self.pieces:
            if left > 0:
                pieces.append(Piece(piece.op, piece.words[:left]))
            left -= len(piece.words)
        return pieces

    @property
    def is_cut(self) -> bool:
        return sum(len(piece.words) for piece in self.pieces) > SHOWN


def changes_between(old: Sequence[SourceBlock], new: Sequence[SourceBlock]) -> list[Change]:
    """The blocks that were added, removed or changed, in reading order.

    Blocks that occur once in both hold the two texts together (patience), so the
    work grows with n log n, whatever the texts.
    """
    changes: list[Change] = []
    for gone, come in _gaps([_key(block) for block in old], [_key(block) for block in new]):
        changes += _changes_in(old[gone], new[come])
    return changes


def word_changes(old: str, new: str) -> list[Piece]:
    """Word by word what stayed, came and went; long texts are answered whole."""
    before, after = old.split(), new.split()
    if before == after:
        return [Piece(Op.SAME, " ".join(after))] if after else []
    if max(len(before), len(after)) > WORDS_COMPARED:
        return _pieces((Op.REMOVED, before), (Op.ADDED, after))
    pieces: list[Piece] = []
    for name, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name == "equal":
            pieces += _pieces((Op.SAME, after[c:d]))
        else:
            pieces += _pieces((Op.REMOVED, before[a:b]), (Op.ADDED, after[c:d]))
    return pieces


def numbers_changed(old: str, new: str) -> list[str]:
    """The numbers that stand in one of the two and not in the other, in order."""
    before, after = _numbers(old), _numbers(new)
    return [*(before - after).elements(), *(after - before).elements()]


# --- Which guides rest on what --------------------------------------------------


def newer_version_of(document: SourceDocument) -> SourceDocument | None:
    """The newest version of the same file, if this is not it."""
    newest = versions_of(document).last()
    return newest if newest and newest.version > document.version else None


def versions_of(document: SourceDocument) -> QuerySet[SourceDocument]:
    """Every version of the same file, the oldest first, without their bytes."""
    return SourceDocument.objects.filter(name=document.name).defer("content").order_by("version")


def articles_resting_on(document: SourceDocument) -> QuerySet[Article]:
    """Guides with a living text that leans on this version of a file or an older one.

    A text leans on a source as its whole source, in a reference, or in a quotation.
    """
    versions = SourceDocument.objects.filter(name=document.name, version__lte=document.version).values("pk")
    living = Revision.objects.of_this_site().exclude(status__in=ENDED).filter(leaning_on(versions))
    return Article.objects.of_this_site().filter(pk__in=living.values("article")).order_by("slug")


def leaning_on(documents: QuerySet[Any, Any]) -> Q:
    """Revisions that lean on any of these documents."""
    return (
        Q(source__in=documents)
        | Q(references__source_block__document__in=documents)
        | Q(quotations__block__document__in=documents)
    )


def outdated_sources_of(article: Article) -> list[tuple[SourceDocument, SourceDocument]]:
    """What the living texts of a guide lean on and its newer version, by name."""
    return _outdated(Revision.objects.filter(article=article).exclude(status__in=ENDED))


def outdated_sources_of_revision(revision: Revision) -> list[tuple[SourceDocument, SourceDocument]]:
    """What one text leans on and its newer version, by name."""
    return _outdated(Revision.objects.filter(pk=revision.pk))


def _outdated(revisions: QuerySet[Revision]) -> list[tuple[SourceDocument, SourceDocument]]:
    texts = revisions.values("pk")
    leant_on = SourceDocument.objects.filter(
        Q(revisions__in=texts)
        | Q(pk__in=SourceBlock.objects.filter(quotations__revision__in=texts).values("document"))
        | Q(pk__in=_referred_to(texts))
    )
    held = list(leant_on.defer("content").distinct())
    if not held:
        return []
    newest: dict[str, SourceDocument] = {}
    versions = SourceDocument.objects.filter(name__in={document.name for document in held})
    for document in versions.defer("content").order_by("version"):
        newest[document.name] = document
    return [(held_, newest[held_.name]) for held_ in held if newest[held_.name].version > held_.version]


def _referred_to(texts: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return Reference.objects.filter(revision__in=texts, source_block__isnull=False).values(
        "source_block__document"
    )


# --- Blocks and words -----------------------------------------------------------


def _key(block: SourceBlock) -> tuple[str, str]:
    return (block.kind, " ".join(block.text.split()))


def _gaps(old: Sequence[Any], new: Sequence[Any]) -> Iterable[tuple[slice, slice]]:
    """The stretches between blocks that are the same in both."""
    a = b = 0
    for at_old, at_new in [*_anchors(old, new), (len(old), len(new))]:
        if at_old < a or at_new < b:
            continue  # an equal neighbour took it already
        first, second = a, b
        while first < at_old and second < at_new and old[first] == new[second]:
            first, second = first + 1, second + 1
        last, end = at_old, at_new
        while last > first and end > second and old[last - 1] == new[end - 1]:
            last, end = last - 1, end - 1
        if first < last or second < end:
            yield slice(first, last), slice(second, end)
        a, b = at_old + 1, at_new + 1


def _anchors(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Blocks that occur once in both, the most of them that keep their order."""
    once_old, once_new = _once(old), _once(new)
    pairs = [(at, once_new[key]) for key, at in once_old.items() if key in once_new]
    tails: list[int] = []  # the places in `new` that end a run of each length
    ends: list[int] = []
    before: list[int] = []
    for index, (_at_old, at_new) in enumerate(pairs):
        length = bisect_left(tails, at_new)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [at_new]
        ends[length : length + 1] = [index]
    kept, index = [], ends[-1] if ends else -1
    while index >= 0:
        kept.append(pairs[index])
        index = before[index]
    return kept[::-1]


def _once(keys: Sequence[Any]) -> dict[Any, int]:
    count = Counter(keys)
    return {key: at for at, key in enumerate(keys) if count[key] == 1}


def _changes_in(old: Sequence[SourceBlock], new: Sequence[SourceBlock]) -> list[Change]:
    if len(old) > GAP or len(new) > GAP:
        return [*map(_removed, old), *map(_added, new)]
    changes: list[Change] = []
    for gone, come in zip_longest(old, new):
        if gone and come and _is_alike(gone, come):
            changes.append(_changed(gone, come))
        else:
            changes += [_removed(gone)] if gone else []
            changes += [_added(come)] if come else []
    return changes


def _is_alike(old: SourceBlock, new: SourceBlock) -> bool:
    """Do they share enough words to be one block that was changed?"""
    before, after = Counter(old.text.split()), Counter(new.text.split())
    return 2 * (before & after).total() >= ALIKE * (before.total() + after.total())


def _changed(old: SourceBlock, new: SourceBlock) -> Change:
    return Change(Op.CHANGED, old, new, word_changes(old.text, new.text), numbers_changed(old.text, new.text))


def _removed(block: SourceBlock) -> Change:
    return Change(Op.REMOVED, old=block, pieces=word_changes(block.text, ""), numbers=_numbers_in(block))


def _added(block: SourceBlock) -> Change:
    return Change(Op.ADDED, new=block, pieces=word_changes("", block.text), numbers=_numbers_in(block))


def _pieces(*runs: tuple[Op, Sequence[str]]) -> list[Piece]:
    return [Piece(op, " ".join(words)) for op, words in runs if words]


def _numbers(text: str) -> Counter[str]:
    return Counter(number.strip() for number in NUMBER.findall(text))


def _numbers_in(block: SourceBlock) -> list[str]:
    return list(_numbers(block.text))
