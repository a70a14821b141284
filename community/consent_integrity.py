"""What must hold of stories and of what their tellers agreed to, looked up row by row."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from . import consent_words
from .models import Kind, Post, StoryConsent
from .moderation.consenting import years_after
from .workflow import Status

KNOWN_WORDS = (consent_words.VERSION, *consent_words.EARLIER_VERSIONS)


def breaches() -> Iterator[str]:
    """One sentence for each stored row that breaks a rule."""
    yield from _stories()
    yield from _consents()
    yield from _order()


def _stories() -> Iterator[str]:
    """One whose time is over may wait for its teller's yes; one that nobody agrees to may not stay."""
    in_force = StoryConsent.objects.filter(post=OuterRef("pk"), ended_at=None)
    agreed = in_force.filter(on_this_site=True)
    stories = Post.objects.filter(kind=Kind.STORY)
    for story in stories.exclude(published_revision=None).exclude(Exists(agreed)):
        yield f"Story {story.pk}: it is public, and its teller agrees to nothing."
    waiting = stories.filter(revisions__status=Status.SUBMITTED)
    for story in waiting.exclude(Exists(agreed)).distinct():
        yield f"Story {story.pk}: it waits to be read, and its teller agrees to nothing."
    for story in stories.filter(noindex=False).exclude(Exists(agreed.filter(in_search_engines=True))):
        if story.consents.filter(ended_at=None).exists():
            yield f"Story {story.pk}: search engines are let in, and its teller did not agree to that."


def _consents() -> Iterator[str]:
    consents = StoryConsent.objects.select_related("post")
    for consent in consents.exclude(post__kind=Kind.STORY):
        yield f"Consent {consent.pk}: it belongs to no story."
    for consent in consents.exclude(wording__in=KNOWN_WORDS):
        yield f"Consent {consent.pk}: nobody knows which words were read."
    for consent in consents.iterator():
        if consent.ends_at > years_after(consent.given_at, consent.years):
            yield f"Consent {consent.pk}: it lasts longer than was agreed."


def _order() -> Iterator[str]:
    """Each ends before the next begins."""
    for consent in StoryConsent.objects.filter(ended_at__lt=F("given_at")):
        yield f"Consent {consent.pk}: it ended before it was given."
    later = StoryConsent.objects.filter(post=OuterRef("post"), given_at__lt=OuterRef("ended_at"))
    overlapping = later.filter(given_at__gt=OuterRef("given_at"))
    for consent in StoryConsent.objects.filter(Exists(overlapping)):
        yield f"Consent {consent.pk}: another one was given before it ended."
