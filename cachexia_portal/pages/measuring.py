"""How good a ranking is, by graded judgements: 2 answers it, 1 touches it, absent is 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import log2

SQUARELY = 2  # the grade of what answers it


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], *, at: int = 10) -> float:
    """Normalised discounted cumulative gain of the first `at`: 1.0 is the best order there is, 0.0 finds nothing.

    Gain 2^grade - 1, discounted by log2(place + 1) with places from 1 (Järvelin and Kekäläinen,
    ACM Transactions on Information Systems 20:422-446, 2002; the gain as in Burges and others, ICML 2005).
    What is named twice counts at its first place. Raises ValueError where nothing is graded.
    """
    best = _gained(sorted(grades.values(), reverse=True)[:at])
    if not best:
        raise ValueError("nothing is graded, so no order is better than another")
    return _gained(grades.get(each, 0) for each in islice(dict.fromkeys(ranked), at)) / best


def recall(ranked: Sequence[str], grades: Mapping[str, int], *, at: int = 5) -> float:
    """The share of what answers it squarely that stands among the first `at`, 0.0 to 1.0.

    Raises ValueError where nothing answers it squarely.
    """
    wanted = {each for each, grade in grades.items() if grade >= SQUARELY}
    if not wanted:
        raise ValueError("nothing answers it squarely, so nothing can be missed")
    return len(wanted.intersection(islice(dict.fromkeys(ranked), at))) / len(wanted)


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean; 0.0 of nothing."""
    all_values = list(values)
    return sum(all_values) / len(all_values) if all_values else 0.0


def _gained(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))
