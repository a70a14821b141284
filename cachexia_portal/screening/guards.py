"""What takes the meaning out of a match: it is denied, long past, or only imagined.

A guard is asked with the sentence and the span of the match in `Sentence.joined`.
"""

from __future__ import annotations

from collections.abc import Callable

from .patterns import Pattern
from .sentences import PAUSE, Sentence
from .vocabulary import NOT

REACH_OF_NOT = 4
REACH_OF_IF = 7
TURNS = frozenset({PAUSE, "but", "and", "because", "so", "then"})

LONG_PAST = (
    Pattern("year|years|month|months|decade|decades|weeks ago|back|earlier|before|later"),
    Pattern("last year|month|week|winter|summer|spring|autumn|christmas"),
    Pattern("used to|{have}"),
    Pattern("in|during my|his|her|their teens|twenties|thirties|forties|youth|past"),
    Pattern("at|near|towards|in the very? end|funeral"),
    Pattern("back then|when"),
    Pattern("when {anyone} was|were young|younger|little|small|a"),
    Pattern("in 19|20"),
    Pattern("has|have|had|it stopped|settled|passed|gone|resolved|cleared"),
    Pattern("{stopped_by_itself} last|after|and|by|on|now|since|within"),
)
ADVICE_HEARD = (
    Pattern(
        "leaflet|sheet|booklet|card|poster|website|page|plan|letter|guide|they|nurse|doctor|team says|said|say|tells|told|explains ..3 if|when|for|not|to"
    ),
)


def denied(sentence: Sentence, start: int, end: int) -> bool:
    """ "no chest pain", "I am not suicidal": a not shortly before, in the same part of the sentence."""
    for word in reversed(sentence.words_before(start)[-REACH_OF_NOT:]):
        if word in TURNS:
            return False
        if word in NOT:
            return True
    return False


def long_past(sentence: Sentence, start: int, end: int) -> bool:
    """ "a seizure two years ago": the sentence says that it was long before today."""
    return any(pattern.expression.search(sentence.joined) for pattern in LONG_PAST)


IMAGINED = frozenset({"if", "ever", "unless", "whenever", "should", "would", "could", "might", "case"})


def imagined(sentence: Sentence, start: int, end: int) -> bool:
    """ "if she ever chokes": something that has not happened."""
    return not IMAGINED.isdisjoint(sentence.words_before(start)[-REACH_OF_IF:])


def advice_heard(sentence: Sentence, start: int, end: int) -> bool:
    """ "the leaflet says to ring for a temperature of 38": what others said, about any day."""
    return any(pattern.expression.search(sentence.joined) for pattern in ADVICE_HEARD)


GUARDS: dict[str, Callable[[Sentence, int, int], bool]] = {
    "denied": denied,
    "long_past": long_past,
    "imagined": imagined,
    "advice_heard": advice_heard,
}
