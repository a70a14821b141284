"""Words that somebody may have meant: near in spelling to one that hardly any document holds."""

from __future__ import annotations

from .vocabulary import Vocabulary

SHORTEST = 4
RARE = 5  # documents: a word in fewer may be a slip that others made as well …
FAR_MORE = 20  # … if a near one stands in so many times as many
MOST = 2


def nearest(word: str, stem: str, vocabulary: Vocabulary) -> list[str]:
    """The stems that the word may have been meant to be, nearest first; none for a word that is well known."""
    held = vocabulary.holding(stem)
    if held >= RARE or len(word) < SHORTEST or not word.isalpha() or not vocabulary.total:
        return []
    near = [found for found in _near(word, vocabulary) if found[-1] != stem]
    if held:
        near = [found for found in near if vocabulary.holding(found[-1]) >= FAR_MORE * held]
    best = min(near)[0] if near else 0
    return list(dict.fromkeys(found[-1] for found in sorted(near) if found[0] == best))[:MOST]


def _near(word: str, vocabulary: Vocabulary) -> list[tuple[int, bool, int, str]]:
    """(how many slips away, whether it begins otherwise, in how few documents, stem) of each word that is near."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = _slips(word)
    near = []
    for length in range(len(word) - allowed, len(word) + allowed + 1):
        written, stems = vocabulary.by_length.get(length, ([], []))
        for as_written, slips, place in extract(
            word, written, scorer=OSA.distance, score_cutoff=allowed, limit=10
        ):
            stem = stems[place]
            near.append((int(slips), as_written[0] != word[0], -vocabulary.holding(stem), stem))
    return near


def _slips(word: str) -> int:
    """How many letters may be wrong."""
    return 1 if len(word) < 6 else 2
