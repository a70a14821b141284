"""What the site offers to fill in from somebody's own words; they may leave or change all of it."""

from __future__ import annotations

import re

from articles.models import Topic

MOST_TOPICS = 3
APOSTROPHES = re.compile("['’‘ʼ]")
SHORTEST_IN_SMALL_LETTERS = 3  # "ER" is a place, "er" is a pause


def topics_for(*texts: str) -> list[Topic]:
    """The topics whose words stand in the text as whole words, those with the most of them first."""
    plain = APOSTROPHES.sub("", "\n".join(texts))
    found = [(len(_words_of(topic, plain)), topic) for topic in Topic.objects.all()]
    best = sorted((each for each in found if each[0]), key=lambda each: -each[0])
    return [topic for _, topic in best[:MOST_TOPICS]]


def _words_of(topic: Topic, plain: str) -> set[str]:
    words = (word for word in topic.keywords if isinstance(word, str) and word.strip())
    return {word for word in words if _stands_in(APOSTROPHES.sub("", word), plain)}


def _stands_in(word: str, plain: str) -> bool:
    is_short_name = word.isupper() and len(word) < SHORTEST_IN_SMALL_LETTERS
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, word.split())) + r"(?!\w)"
    return re.search(pattern, plain, 0 if is_short_name else re.IGNORECASE) is not None
