"""What is looked for: each word as it was typed, and other words that may stand for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from . import spelling
from .vocabulary import Vocabulary
from .words import NOT, stem_of, stems, words

MOST_WORDS = 32
MOST_OTHERS = 12  # words that may stand for one
AS_SYNONYM = 0.8
AS_CORRECTION = 0.85
LONGEST_QUERY = 20_000  # characters that are read at all
Synonyms = Sequence[Sequence[str]]
Stems = tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Words that may stand for one that was typed: all of them, best side by side."""

    stems: Stems
    weight: float
    written: str


@dataclass
class Wanted:
    """One word that is looked for."""

    stem: str
    weight: float = 1.0
    others: list[Other] = field(default_factory=list)
    documents: int = 0  # about how many hold it or another
    rarity: float = 1.0

    def also(self, other: Other) -> None:
        """Look for that too, once."""
        known = {one.stems for one in self.others} | {(self.stem,)}
        if other.stems not in known and len(self.others) < MOST_OTHERS:
            self.others.append(other)

    def weigh(self, vocabulary: Vocabulary) -> None:
        """Find out how rare it is; of a word nobody has written, how rare what stands for it."""
        typed = vocabulary.holding(self.stem)
        others = [min(map(vocabulary.holding, other.stems)) for other in self.others]
        self.documents = typed + sum(others)
        self.rarity = vocabulary.rarity(typed or max(others, default=0))
        if self.stem == NOT:
            self.rarity = min(self.rarity, 0.5)


def asked(text: str, synonyms: Synonyms, vocabulary: Vocabulary, *, exactly: bool = False) -> list[Wanted]:
    """What the words of a search ask for, in their order."""
    typed = list(dict.fromkeys(words(text[:LONGEST_QUERY])))
    wanted = list({stem: Wanted(stem) for word in typed if (stem := stem_of(word))}.values())[:MOST_WORDS]
    if not exactly:
        _correct(wanted, typed, vocabulary)
        _widen(wanted, stems(text[:LONGEST_QUERY]), synonyms)
    return _weighed(wanted, vocabulary)


def asked_by_post(title: str, text: str, synonyms: Synonyms, vocabulary: Vocabulary) -> list[Wanted]:
    """What a whole post asks for: every word of its title, and the telling ones of its text."""
    of_title = asked(title, synonyms, vocabulary)
    known = {one.stem for one in of_title}
    in_text = Counter(stem for stem in stems(text[:LONGEST_QUERY]) if stem not in known and stem != NOT)
    telling = sorted(in_text, key=lambda stem: -_telling(stem, in_text[stem], vocabulary))
    of_text = [Wanted(stem, weight=0.5) for stem in telling[: max(0, MOST_WORDS - len(of_title))]]
    _widen(of_text, stems(text[:LONGEST_QUERY]), synonyms)
    return of_title + _weighed(of_text, vocabulary)


def _telling(stem: str, times: int, vocabulary: Vocabulary) -> float:
    held = vocabulary.holding(stem)
    return vocabulary.rarity(held) * min(times, 3) if held or not vocabulary.total else 0.0


def _weighed(wanted: list[Wanted], vocabulary: Vocabulary) -> list[Wanted]:
    for one in wanted:
        one.weigh(vocabulary)
    return wanted


def _correct(wanted: list[Wanted], typed: list[str], vocabulary: Vocabulary) -> None:
    by_stem = {stem_of(word): word for word in reversed(typed)}
    for one in wanted:
        for stem in spelling.nearest(by_stem[one.stem], one.stem, vocabulary):
            one.also(Other((stem,), AS_CORRECTION, vocabulary.written.get(stem, stem)))


def _widen(wanted: list[Wanted], typed: list[str], synonyms: Synonyms) -> None:
    """Where a word or phrase of a group was typed (or corrected to), the others may stand for it."""
    groups = _groups(tuple(map(tuple, synonyms)))
    by_stem = {one.stem: one for one in wanted}
    apart = ""  # no phrase goes from what was typed into what was meant
    said = [*typed, *(stem for one in wanted for other in one.others for stem in (apart, *other.stems))]
    corrected = {stem: one for one in wanted for other in one.others for stem in other.stems}
    for phrase, others in _said(said, groups):
        for stem in phrase:
            for_word = by_stem.get(stem) or corrected.get(stem)
            for other in others if for_word else ():
                if not set(other.stems) <= set(phrase):
                    for_word.also(other)  # type: ignore[union-attr]


def _said(typed: list[str], groups: Groups) -> Iterator[tuple[Stems, list[Other]]]:
    """The phrases of groups that stand in what was typed, each once, with the groups that they are of."""
    told = set()
    for start, first in enumerate(typed):
        for phrase, others in groups.get(first, ()):
            said_before = (phrase, id(others)) in told
            if not said_before and tuple(typed[start : start + len(phrase)]) == phrase:
                told.add((phrase, id(others)))
                yield phrase, others


Groups = dict[str, list[tuple[Stems, list[Other]]]]


@lru_cache(maxsize=4)
def _groups(synonyms: tuple[tuple[str, ...], ...]) -> Groups:
    """Each phrase of each group by its first stem, with the whole group."""
    groups: Groups = defaultdict(list)
    for group in synonyms:
        phrases = {tuple(stems(phrase)): phrase for phrase in reversed(group)}
        phrases.pop((), None)
        all_of_it = [Other(phrase, AS_SYNONYM, as_written) for phrase, as_written in phrases.items()][::-1]
        for phrase in phrases:
            groups[phrase[0]].append((phrase, all_of_it))
    return groups
