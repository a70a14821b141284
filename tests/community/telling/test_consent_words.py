"""The words of the consent are held by a version: whoever changes them has to say so."""

from __future__ import annotations

import hashlib
import re

from django.utils import translation

from community import consent_words
from community.models import StoryConsent, WhoKnows

#: Of each version the digest of all its words. A consent row names the version that was read.
DIGESTS = {"2026-11-21": "222c52322266caa5f65c467f1e9e3bde9cf217cd821197a0a6554d55d42b5e3d"}
NO_WORDS = ("VERSION", "EARLIER_VERSIONS", "TYPE_CHECKING")


def words() -> list[str]:
    """All that somebody reads before they agree, in the order of the page."""
    named = [name for name in vars(consent_words) if name.isupper() and name not in NO_WORDS]
    with translation.override("en"):
        return [text for name in named for text in _texts(getattr(consent_words, name))] + [
            str(label) for label in WhoKnows.labels
        ]


def _texts(value) -> list[str]:
    if isinstance(value, consent_words.Purpose):
        return [value.name, str(value.label), str(value.hint), str(value.in_a_list)]
    if isinstance(value, dict):
        return [f"{key} {text}" for key, text in value.items()]
    if isinstance(value, tuple):
        return [text for each in value for text in _texts(each)]
    return [str(value)]


def test_changed_words_have_a_version_of_their_own():
    digest = hashlib.sha256("\n".join(words()).encode()).hexdigest()

    assert DIGESTS[consent_words.VERSION] == digest, (
        "The words of the consent changed. Give them a new VERSION, put the old one into EARLIER_VERSIONS, "
        f"and write down the new digest: {digest}"
    )


def test_every_earlier_version_is_still_known():
    assert set(DIGESTS) == {consent_words.VERSION, *consent_words.EARLIER_VERSIONS}
    assert consent_words.VERSION not in consent_words.EARLIER_VERSIONS


def test_every_column_of_a_consent_is_asked_for():
    asked = {purpose.name for purpose in consent_words.PURPOSES}
    uses = {field.name for field in StoryConsent._meta.fields if field.get_internal_type() == "BooleanField"}
    assert asked == uses


def test_the_words_are_plain_and_press_nobody():
    said = " ".join(words())
    sentences = [each for each in re.split(r"[.?:]\s", said) if each]

    assert "!" not in said
    assert max(len(each.split()) for each in sentences) <= 32
    for pressing in ("please", "help us", "sure", "only", "must", "sorry", "unfortunately"):
        assert not re.search(rf"\b{pressing}\b(?! you and our)", said.lower()), pressing
