"""What takes the meaning out of a match: it is denied, long past, or only imagined.

A guard is asked with the sentence and the span of the match in `Sentence.joined`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, takewhile

from .patterns import Pattern
from .sentences import PAUSE, Sentence
from .vocabulary import NOT, VOCABULARY

REACH_OF_NOT = 4
REACH = 7
# Where the sense of a sentence turns: what stands on the other side says nothing of this side.
TURNS = frozenset({PAUSE, "but", "and", "because", "so", "then", "now"})
# "I do not know if she is choking" denies nothing, and imagines nothing.
UNSURE = frozenset(
    {
        "know",
        "sure",
        "idea",
        "certain",
        "understand",
        "believe",
        "tell",
        "wonder",
        "wondering",
        "unsure",
        "see",
    }
)
STILL = frozenset({"since", "again", "still", "tonight", "lately"})
IMAGINED = frozenset({"if", "ever", "unless", "whenever", "case", "imagine"})

YEARS_AGO = (
    Pattern("years|decades|decade|long|year ago|back"),
    Pattern("in|during my|his|her|their teens|twenties|thirties|forties|youth|past"),
    Pattern("when|as i|he|she|they ..2 young|younger|little|small|child|kid|teenager|student|ten|twelve"),
    Pattern("as a child|kid|teenager|student|young"),
    Pattern("back then"),
    Pattern("used to"),
    Pattern("in <year>"),
)
MONTHS_AGO = (
    *YEARS_AGO,
    Pattern("months|month|weeks ago|back|earlier"),
    Pattern("years|year|months|weeks later|earlier|before"),
    Pattern("last year|month|week|winter|summer|spring|autumn|christmas|time"),
    Pattern("at|near|towards|in the very? end"),
    Pattern("stopped|settled|passed|cleared|resolved last|after|by|within|completely|overnight|quickly"),
)
ADVICE_HEARD = (
    Pattern("{paper} ..6 if|when|for|not|of|with"),
    Pattern("{say} ..3 ring|call|phone|come|go|watch|look ..8 if|when|for"),
)
FROM_THE_TEAM = (Pattern("{professional} ..3 {advise}"),)
ASKED = (Pattern("should|shall|can|could|may|would|do|did|must i|we"),)
QUOTED = Pattern("{someone} ..2 {say} ,,2 i")
WRITER = frozenset(VOCABULARY["i"])
WRITER_AS_OBJECT = frozenset({*WRITER, "me", "myself"})
SOMEONE = frozenset(VOCABULARY["someone"])
SAYING = frozenset(VOCABULARY["say"])


def denied(sentence: Sentence, start: int, end: int) -> bool:
    """ "no chest pain", "I am not suicidal": a not shortly before, in the same part of the sentence."""
    words = _before(sentence, start, reach=REACH_OF_NOT)
    return any(word in NOT and follows not in UNSURE for word, follows in pairwise([*words, ""]))


def imagined(sentence: Sentence, start: int, end: int) -> bool:
    """ "if she ever chokes": something that has not happened."""
    words = _before(sentence, start)
    return any(word in IMAGINED and before not in UNSURE for before, word in pairwise(["", *words]))


def years_ago(sentence: Sentence, start: int, end: int) -> bool:
    """ "I was suicidal in my twenties": the words around say that it was long before today."""
    return _past(YEARS_AGO, sentence, start, end)


def months_ago(sentence: Sentence, start: int, end: int) -> bool:
    """ "the bleeding stopped last week": the words around say that it is over."""
    return _past(MONTHS_AGO, sentence, start, end)


def advice_heard(sentence: Sentence, start: int, end: int) -> bool:
    """ "the leaflet says to ring for a temperature of 38": what is said about any day."""
    return _any(ADVICE_HEARD, _before(sentence, start, reach=2 * REACH))


def from_the_team(sentence: Sentence, start: int, end: int) -> bool:
    """ "the doctor told us to stop the tablets": advice of those who treat, handed on."""
    return _any(FROM_THE_TEAM, sentence.joined.split())


def asked(sentence: Sentence, start: int, end: int) -> bool:
    """ "should we stop the tablets": a question, not advice."""
    return _any(ASKED, _before(sentence, start))


def of_somebody_else(sentence: Sentence, start: int, end: int) -> bool:
    """ "I know he wants to die", "she says I want to die": the words of the writer, the wish of another."""
    before = _before(sentence, start)
    if _any((QUOTED,), [*sentence.words_before(start)[-REACH:], "i"]):
        return True
    words = before + sentence.joined[start:end].split()
    return _last(words, SOMEONE) > _last(words, WRITER_AS_OBJECT)


def of_the_writer(sentence: Sentence, start: int, end: int) -> bool:
    """ "When he goes I do not want to be here": another is named, and the writer speaks of themselves."""
    words = sentence.joined[start:end].split()
    return _last(words, WRITER) > _last(words, SOMEONE) and SAYING.isdisjoint(words)


def _before(sentence: Sentence, start: int, reach: int = REACH) -> list[str]:
    """The words before a match, at most so many, back to where the sense turns."""
    words = sentence.words_before(start)[-reach:]
    return list(takewhile(_goes_on, reversed(words)))[::-1]


def _after(sentence: Sentence, end: int) -> list[str]:
    """The words after a match, at most so many, up to where the sense turns."""
    return list(takewhile(_goes_on, sentence.joined[end:].split()[:REACH]))


def _goes_on(word: str) -> bool:
    return word not in TURNS


def _last(words: list[str], kind: frozenset[str]) -> int:
    """The place of the last of these words; -1 for none."""
    return max((place for place, word in enumerate(words) if word in kind), default=-1)


def _past(said: tuple[Pattern, ...], sentence: Sentence, start: int, end: int) -> bool:
    around = (_before(sentence, start), _after(sentence, end))
    return STILL.isdisjoint(sentence.vocabulary) and any(_any(said, words) for words in around)


def _any(patterns: tuple[Pattern, ...], words: list[str]) -> bool:
    joined = f" {' '.join(words)} "
    return any(pattern.expression.search(joined) for pattern in patterns)


GUARDS: dict[str, Callable[[Sentence, int, int], bool]] = {
    "denied": denied,
    "imagined": imagined,
    "years_ago": years_ago,
    "months_ago": months_ago,
    "advice_heard": advice_heard,
    "from_the_team": from_the_team,
    "asked": asked,
    "of_somebody_else": of_somebody_else,
    "of_the_writer": of_the_writer,
}
