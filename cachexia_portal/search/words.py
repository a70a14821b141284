"""How text becomes words, and words become stems. Both databases index what is made here, and nothing else.

A stem is what is left of a word when its ending is taken off: "losing", "loses" and
"lost" are one. It need not be a word. What every text holds ("the", "with") is no stem.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 40
#: Letters in runs, not one by one: most of a text is letters.
WORD = re.compile(r"[^\W_]+(?:(?:[\u0300-\u036f\u00ad]|['’ʼ](?=[^\W_])|&(?=[^\W_](?:[\W_]|$)))[^\W_]*)*")
DROPPED = str.maketrans("", "", "'’ʼ&\u00ad")

STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being both but by can could did do does doing
    for from get gets getting got had has have having he her hers him his how i id if im in into is it its ive just
    may me mine more most much my of on or our ours out over own really shall she should so some such than that thats
    the their theirs them then there these they theyre this those to too up us very was we were what when where
    which while who whom whose why will with would you your yours
    """.split()
)
NOT = "not"
NEGATIONS = frozenset(
    """
    arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt neither never no none nor shouldnt wasnt werent
    wont wouldnt without
    """.split()
)

#: Words whose stem no rule finds, and words that are written in two ways.
IRREGULAR = {
    word: stem
    for stem, words in {
        "anaemia": "anemia anaemic anemic",
        "anorexia": "anorexic anorectic",
        "breath": "breathe breathes breathing breathed breathless breathlessness",
        "cachexia": "cachectic",
        "child": "children childs",
        "confus": "confusion",
        "constipat": "constipation",
        "depres": "depression depressive",
        "diarrhea": "diarrhoea diarrhoeas diarrheas",
        "diet": "dietary",
        "dietitian": "dietician dieticians dietitians",
        "die": "dying died dies dead",
        "drink": "drank drunk",
        "eat": "ate eaten eats eating",
        "esophag": "oesophagus esophagus oesophageal esophageal",
        "exhaust": "exhaustion",
        "fall": "fell fallen",
        "feed": "fed",
        "feel": "felt",
        "foot": "feet",
        "force": "forcing forced forces",
        "gave": "given",
        "give": "gives giving",
        "infect": "infection infections",
        "inflam": "inflammation inflammatory",
        "los": "lose loses losing lost loss losses loosing",
        "medicin": "med meds",
        "mom": "mum mums mummy mommy mam moms mother mothers",
        "dad": "daddy father fathers dads",
        "nausea": "nauseous nauseated",
        "nutrition": "nutritional nutrient nutrients",
        "edema": "oedema",
        "radiotherapy": "radiation",
        "sleep": "slept",
        "speak": "spoke spoken",
        "swallow": "swallowing",
        "swell": "swollen",
        "symptom": "symptoms",
        "thin": "thinner thinning thinnest skinny skinnier",
        "think": "thought thoughts",
        "thirst": "thirsty",
        "throw": "threw thrown",
        "hunger": "hungry",
        "tumor": "tumour tumours tumors",
        "vomit": "vomiting vomitting vomited vomits",
        "weak": "weaker weakest weakness",
        "weigh": "weighs weighing weighed",
        "weight": "weights",
        "wife": "wives",
    }.items()
    for word in words.split()
}
WHOLE = frozenset(
    "anything during evening everything morning nothing something this always perhaps plus gas bus pus virus "
    "less unless loss news series species diabetes rabies kidney family need feed bleed speed seed weed".split()
)


def words(text: str) -> list[str]:
    """Every word of a text as it is compared: without case, accents and apostrophes."""
    return [word.translate(DROPPED)[:LONGEST_WORD] for word in WORD.findall(_plain(text))]


@lru_cache(maxsize=100_000)
def stem_as_written(word: str) -> str:
    """The stem of one word as it stands in a text."""
    return " ".join(stems(word))


def stems(text: str) -> list[str]:
    """The stems of a text in their order, without what every text holds."""
    return [stem for word in words(text) if (stem := stem_of(word))]


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """The stem of one word as `words` gives it; "" for what every text holds."""
    if word in STOP_WORDS:
        return ""
    if word in NEGATIONS:
        return NOT
    stem = IRREGULAR.get(word)
    if stem is None:
        stem = word if word in WHOLE or not _has_endings(word) else _without_ending(_singular(word))
    return _undoubled(stem)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFKD", folded)
    return unicodedata.normalize("NFKC", "".join(char for char in apart if not unicodedata.combining(char)))


def _has_endings(word: str) -> bool:
    return len(word) > 3 and word.isascii() and word.isalpha()


def _singular(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes", "oes")):
        return word[:-2]
    return word[:-1]


def _without_ending(word: str) -> str:
    if word in WHOLE:
        return word
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending, shortest in (("ness", 3), ("ly", 4)):
        word = _cut(word, ending, shortest)
    for ending in ("ing", "ed", "e"):
        if (rest := _cut(word, ending, 3)) != word:
            return rest
    return word


def _cut(word: str, ending: str, shortest: int) -> str:
    rest = word.removesuffix(ending)
    return rest if len(rest) >= shortest and _has_vowel(rest) else word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _undoubled(stem: str) -> str:
    ends_double = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiou0123456789"
    return stem[:-1] if ends_double and stem.isascii() else stem
