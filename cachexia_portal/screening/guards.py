"""What takes the meaning out of a match: it is denied, long past, or only imagined.

A guard is asked with the sentence and the span of the match in `Sentence.joined`.
"""

from __future__ import annotations

from collections.abc import Callable

from .patterns import Pattern
from .sentences import PAUSE, Sentence
from .vocabulary import NOT, VOCABULARY

REACH_OF_NOT = 4
REACH_OF_IF = 7
TURNS = frozenset({PAUSE, "but", "and", "because", "so", "then"})
STILL = frozenset({"since", "again", "still", "tonight", "lately"})
IMAGINED = frozenset({"if", "ever", "unless", "whenever", "should", "would", "could", "might", "case"})

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
    Pattern("months|month|weeks ago|back|earlier|before|later"),
    Pattern("years later|earlier|before"),
    Pattern("year later|earlier|before"),
    Pattern("last year|month|week|winter|summer|spring|autumn|christmas|time"),
    Pattern("at|near|towards|in the very? end"),
    Pattern("stopped|settled|passed|cleared|resolved last|after|by|now|within|completely|overnight|quickly"),
)
ADVICE_HEARD = (
    Pattern(
        "leaflet|sheet|booklet|card|poster|website|page|plan|letter|guide|instructions ,,6 if|when|for|not|of|with"
    ),
    Pattern(
        "said|say|says|told|tells|explained|advised|warned ..3 ring|call|phone|come|go|watch|look ,,8 if|when|for"
    ),
    Pattern(
        "{professional} ..3 said|say|says|told|tells|explained|advised|agreed|asked|wants|thinks|reduced|stopped"
    ),
)
QUOTED = Pattern("{someone} ..2 {say} ..1 i")
REACH_OF_QUOTE = 5
WRITER = frozenset(VOCABULARY["i"])
SOMEONE = frozenset(VOCABULARY["someone"])
SAYING = frozenset(VOCABULARY["say"])


def denied(sentence: Sentence, start: int, end: int) -> bool:
    """ "no chest pain", "I am not suicidal": a not shortly before, in the same part of the sentence."""
    for word in reversed(sentence.words_before(start)[-REACH_OF_NOT:]):
        if word in TURNS:
            return False
        if word in NOT:
            return True
    return False


def imagined(sentence: Sentence, start: int, end: int) -> bool:
    """ "if she ever chokes": something that has not happened."""
    return not IMAGINED.isdisjoint(sentence.words_before(start)[-REACH_OF_IF:])


def years_ago(sentence: Sentence, start: int, end: int) -> bool:
    """ "I was suicidal in my twenties": the sentence says that it was long before today."""
    return _past(sentence, YEARS_AGO)


def months_ago(sentence: Sentence, start: int, end: int) -> bool:
    """ "the bleeding stopped last week": the sentence says that it is over."""
    return _past(sentence, MONTHS_AGO)


def advice_heard(sentence: Sentence, start: int, end: int) -> bool:
    """ "the leaflet says to ring for a temperature of 38": what others said, about any day."""
    return _any(ADVICE_HEARD, sentence)


def of_somebody_else(sentence: Sentence, start: int, end: int) -> bool:
    """ "I know he wants to die", "she says I want to die": the words of the writer, the wish of another."""
    if QUOTED.expression.search(" " + " ".join(sentence.words_before(start)[-REACH_OF_QUOTE:]) + " i "):
        return True
    words = sentence.joined[start:end].split()
    return _last(words, SOMEONE) > _last(words, WRITER) >= 0


def of_the_writer(sentence: Sentence, start: int, end: int) -> bool:
    """ "When he goes I do not want to be here": another is named, and the writer speaks of themselves."""
    words = sentence.joined[start:end].split()
    return _last(words, WRITER) > _last(words, SOMEONE) and SAYING.isdisjoint(words)


def _last(words: list[str], kind: frozenset[str]) -> int:
    """The place of the last of these words; -1 for none."""
    return max((place for place, word in enumerate(words) if word in kind), default=-1)


def _past(sentence: Sentence, said: tuple[Pattern, ...]) -> bool:
    return STILL.isdisjoint(sentence.vocabulary) and _any(said, sentence)


def _any(patterns: tuple[Pattern, ...], sentence: Sentence) -> bool:
    return any(pattern.expression.search(sentence.joined) for pattern in patterns)


GUARDS: dict[str, Callable[[Sentence, int, int], bool]] = {
    "denied": denied,
    "imagined": imagined,
    "years_ago": years_ago,
    "months_ago": months_ago,
    "advice_heard": advice_heard,
    "of_somebody_else": of_somebody_else,
    "of_the_writer": of_the_writer,
}
