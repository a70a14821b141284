"""How many years of school a text asks for: Flesch and Kincaid's grade, with syllables counted by vowels.

0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975).
Good enough to see a text drift; whether people understand it, only people can say.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
END = re.compile(r"[.!?](?:\s|$)|\n")
MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|`[^`]*`|^[#>\-\s\d.]+", re.MULTILINE)
VOWELS = re.compile(r"[aeiouy]+")


def plain(markdown: str) -> str:
    """Without pictures, addresses, code and signs; headings and items of lists end a sentence."""
    return MARKS.sub(" ", markdown).replace("*", "").replace("[", "")


def syllables(word: str) -> int:
    found = len(VOWELS.findall(word))
    is_silent = (word.endswith("e") and not word.endswith("le")) or re.search(r"[^aeioutd]ed$", word)
    return max(1, found - bool(is_silent))


def reading_grade(markdown: str) -> float:
    sentences = [words for part in END.split(plain(markdown).lower()) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59
