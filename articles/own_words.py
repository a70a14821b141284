"""Are these our own words? Runs that a draft shares with a stored source.

Fingerprints find the few documents that matter; what is reported was compared word by word.
Left out: our own sources, what an import stripped, lists of references, titles of works and
names of bodies. A marked quotation holds no words in the draft, so it is never a run.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles import rights
from articles.models import Fingerprint, Reference, Revision, Rights, SourceBlock, SourceDocument
from articles.wording import (
    RUN,
    Word,
    covered_by,
    hashes_of,
    packed,
    plain_words,
    readable,
    unpacked,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

MADE_WITH = 1  # raise it when words are cut, chosen or hashed in another way
PLACES = 20  # of one run of words in one document; more say the same
MADE_AT_ONCE = 100  # by one sweep
MISSING = Q(fingerprint=None) | ~Q(fingerprint__made_with=MADE_WITH)
FIELDS = ("title", "summary", "key_points", "body", "change_note")
Kind = SourceBlock.Kind
NAMES = {Kind.TITLE, Kind.REFERENCE, Kind.CREDIT, Kind.REVIEWER, Kind.RIGHTS}
LEFT_OUT = {*NAMES, Kind.FRONT_MATTER, Kind.DATE, Kind.LINK, Kind.LABEL}


@dataclass(frozen=True)
class SharedRun:
    """Words of a draft that stand in a source too: `words` are the draft's."""

    field: str
    words: str
    document: SourceDocument
    line: int
    is_barred: bool  # the source's words may not be shown
    is_named: bool  # the page names the source

    @property
    def blocks(self) -> bool:
        """Does it keep the text from being published? Free words may stay under their source's name."""
        return self.is_barred or not self.is_named


def store_fingerprint(document: SourceDocument, blocks: Iterable[SourceBlock]) -> Fingerprint:
    """The fingerprint of a document that is just being stored, with all its blocks at hand."""
    counted = (block for block in blocks if not block.stripped and block.kind not in LEFT_OUT)
    columns = {"made_with": MADE_WITH, "hashes": _hashes(counted)}
    return Fingerprint.objects.create(document=document, **columns)


def fingerprint_of(document: SourceDocument) -> Fingerprint:
    """The stored fingerprint, made now where it is missing or was made in an older way."""
    present = Fingerprint.objects.filter(document=document, made_with=MADE_WITH).first()
    if present:
        return present
    columns = {"made_with": MADE_WITH, "hashes": _hashes_of(document)}
    return Fingerprint.objects.update_or_create(document=document, defaults=columns)[0]


def make_missing() -> None:
    """Sweep: store some of the fingerprints that are missing or were made in an older way."""
    for document in SourceDocument.objects.filter(MISSING).only("pk")[:MADE_AT_ONCE]:
        fingerprint_of(document)


def is_true(document: SourceDocument) -> bool:
    """Is the stored fingerprint that of the document's words? A missing or an older one is made when asked for."""
    stored = Fingerprint.objects.filter(document=document, made_with=MADE_WITH).first()
    return stored is None or bytes(stored.hashes) == _hashes_of(document)


def _hashes_of(document: SourceDocument) -> bytes:
    return _hashes(_counted(document).iterator(500))


def _hashes(blocks: Iterable[SourceBlock]) -> bytes:
    return packed(hashes_of(word for block in blocks for word in plain_words(block.text)))


def shared_runs(revision: Revision) -> list[SharedRun]:
    """Every run of eight words or more that the revision shares with a stored source.

    Of the versions of one file the newest that holds the words is named.
    """
    passages = list(_passages(revision))
    hits = _hits({each for passage in passages for each in passage.hashes})
    if not hits:
        return []
    names = list(_names_in(revision))
    documents = SourceDocument.objects.filter(pk__in=hits).defer("content").order_by("name", "-version")
    runs: list[SharedRun] = []
    reported: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for document in documents:
        source = _Source(document, hits[document.pk], names)
        is_named = _is_named(document, revision)
        for number, passage in enumerate(passages):
            for starts, ends, place in source.runs_in(passage):
                places = {(number, word) for word in range(starts, ends)}
                if len(places - reported[document.name]) < RUN:
                    continue
                reported[document.name] |= places
                line, is_barred = source.line_at(place), source.is_barred(place, ends - starts)
                words = passage.words_between(starts, ends)
                runs.append(SharedRun(passage.field, words, document, line, is_barred, is_named))
    return runs


@dataclass(frozen=True)
class _Passage:
    """One text of a draft, as it reads and as it is compared."""

    field: str
    text: str
    words: list[Word]
    plain: list[str]
    hashes: list[int]

    def words_between(self, first: int, last: int) -> str:
        return self.text[self.words[first].starts : self.words[last - 1].ends]


def _passages(revision: Revision) -> Iterator[_Passage]:
    texts = [(field, getattr(revision, field)) for field in FIELDS]
    for figure in revision.figures.all():
        texts += [("figures", figure.caption), ("figures", figure.alt)]
    for field, written in texts:
        text = readable(written)
        words = list(words_in(text))
        plain = [word.plain for word in words]
        yield _Passage(field, text, words, plain, list(hashes_of(plain)))


def _hits(wanted: set[int]) -> dict[int, set[int]]:
    """The hashes that a document has in common with the draft, by its key."""
    if not wanted:
        return {}
    hits: dict[int, set[int]] = {}
    for document_id, hashes in _fingerprints():
        if common := wanted.intersection(unpacked(hashes)):
            hits[document_id] = common
    return hits


def _fingerprints() -> Iterator[tuple[int, bytes | memoryview]]:
    """Key and hashes of every document of others; what is not stored yet is made here, and not kept."""
    foreign = SourceDocument.objects.exclude(rights=Rights.OWN).only("pk")
    stored = Fingerprint.objects.filter(document__in=foreign, made_with=MADE_WITH)
    yield from stored.values_list("document_id", "hashes").iterator(20)
    for document in foreign.filter(MISSING):
        yield document.pk, _hashes_of(document)


class _Source:
    """The counted words of one document, with their lines, where hashes were met."""

    def __init__(self, document: SourceDocument, hits: set[int], names: Iterable[str]) -> None:
        self.plain: list[str] = []
        self.lines: list[int] = []
        self.barred: list[bool] = []
        for block in _counted(document):
            self._take(block, not rights.may(rights.Use.REPUBLISH, block))
        self.places: defaultdict[int, list[int]] = defaultdict(list)
        for place, each in enumerate(hashes_of(self.plain)):
            if each in hits and len(self.places[each]) < PLACES:
                self.places[each].append(place)
        titles = document.blocks.filter(kind__in=NAMES).values_list("text", flat=True)
        self.titles = [f" {' '.join(plain_words(text))} " for text in titles]
        own_names = [document.title, document.publisher_name, document.claimed_reviewer, *titles]
        self.names = [plain_words(name) for name in (*names, *own_names)]

    def _take(self, block: SourceBlock, is_barred: bool) -> None:
        text, line, seen = readable(block.text), block.first_line, 0
        for word in words_in(text):
            line += text.count("\n", seen, word.starts)
            seen = word.starts
            self.plain.append(word.plain)
            self.lines.append(min(line, block.last_line))
            self.barred.append(is_barred)

    def line_at(self, place: int) -> int:
        return self.lines[place]

    def is_barred(self, place: int, length: int) -> bool:
        return any(self.barred[place : place + length])

    def runs_in(self, passage: _Passage) -> Iterator[tuple[int, int, int]]:
        """First and last word of each run in the passage, and where it begins here."""
        if self.places.keys().isdisjoint(passage.hashes):
            return
        names = covered_by(self.names, passage.plain)
        first = 0
        while first < len(passage.hashes):
            length, place = self._longest(passage, first)
            if length < RUN:
                first += 1
                continue
            if self._are_copied(passage.plain[first : first + length], length, first, names):
                yield first, first + length, place
            first += max(length - RUN + 1, 1)

    def _longest(self, passage: _Passage, first: int) -> tuple[int, int]:
        """The longest run that begins at this word, and its place here."""
        places = self.places.get(passage.hashes[first], ())
        return max(((self._length(passage.plain, first, place), place) for place in places), default=(0, 0))

    def _length(self, words: list[str], first: int, place: int) -> int:
        most = min(len(words) - first, len(self.plain) - place)
        same = (words[first + n] == self.plain[place + n] for n in range(most))
        return next((n for n, is_same in enumerate(same) if not is_same), most)

    def _are_copied(self, words: list[str], length: int, first: int, names: set[int]) -> bool:
        """Are there enough words that are no title and no name?"""
        if length - len(names.intersection(range(first, first + length))) < RUN:
            return False
        said = f" {' '.join(words)} "
        return not any(said in title for title in self.titles)


def _counted(document: SourceDocument) -> QuerySet[SourceBlock]:
    blocks = document.blocks.filter(Q(stripped=None) | Q(stripped=""))
    return blocks.exclude(kind__in=LEFT_OUT).order_by("position")


def _names_in(revision: Revision) -> Iterator[str]:
    """Titles, authors and places of the works that the draft names, and every known publisher."""
    for reference in revision.references.all():
        yield from (reference.title, reference.container, reference.authors)
    publishers = SourceDocument.objects.exclude(publisher_name="").order_by()
    yield from publishers.values_list("publisher_name", flat=True).distinct()


def _is_named(document: SourceDocument, revision: Revision) -> bool:
    """Does the page say where these words come from? Versions of one file are one source."""
    if revision.source and revision.source.name == document.name:
        return True
    return any(_names(reference, document) for reference in revision.references.all())


def _names(reference: Reference, document: SourceDocument) -> bool:
    if document.url and _address(reference.url) == _address(document.url):
        return True
    return bool(reference.source_block and reference.source_block.document.name == document.name)


def _address(url: str) -> str:
    return url.split("#")[0].rstrip("/").removeprefix("https://").removeprefix("http://").casefold()
