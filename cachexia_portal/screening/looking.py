"""The way from a text to its findings."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding, Screening, weigh
from .folding import Folded, fold
from .guards import GUARDS
from .rule import WordRule
from .rules import SHAPE_RULES, WORD_RULES
from .sentences import Sentence, sentences
from .subjects import subject_of

# A pattern is tried in a sentence only if the sentence holds one of the words it needs.
OPENED_BY: dict[str, list[int]] = {}
PATTERNS = [(rule, pattern) for rule in WORD_RULES for pattern in rule.patterns]
for number, (_rule, pattern) in enumerate(PATTERNS):
    for word in pattern.openers:
        OPENED_BY.setdefault(word, []).append(number)


def screen(text: str, *, country: str = "") -> Screening:
    """Look a text over. Never raises, whatever the text is; takes time in proportion to its length.

    `country` is a two-letter code: telephone numbers are read as people there write them.
    """
    folded = fold(text)
    return weigh([*_by_words(folded), *_by_shape(folded, country)])


def _by_shape(folded: Folded, country: str) -> Iterator[Finding]:
    for rule in SHAPE_RULES:
        for start, end in rule.find(folded, country):
            yield Finding(
                rule.category.value, rule.code, *folded.span_of_given(start, end), rule.strength.value, None
            )


def _by_words(folded: Folded) -> Iterator[Finding]:
    before: Sentence | None = None
    for sentence in sentences(folded.text):
        for rule, start, end in _matches(sentence):
            subject = subject_of(rule.subject, sentence, end, before)
            yield Finding(
                rule.category.value,
                rule.code,
                *folded.span_of_given(*sentence.span(start, end)),
                rule.strength.value,
                subject,
            )
        before = sentence


def _matches(sentence: Sentence) -> Iterator[tuple[WordRule, int, int]]:
    opened = sorted({number for word in sentence.vocabulary for number in OPENED_BY.get(word, ())})
    for rule, pattern in (PATTERNS[number] for number in opened):
        for found in pattern.expression.finditer(sentence.joined):
            if not any(GUARDS[name](sentence, *found.span()) for name in rule.unless):
                yield rule, *found.span()
                break
