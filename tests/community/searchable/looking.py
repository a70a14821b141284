"""Looking for words the way a search does, and in the index itself."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from cachexia_portal import search
from cachexia_portal.search.models import SearchDocument, Shelf
from community import moderation, searchable
from community.models import ReviewItem
from community.workflow import Verb
from tests.community.conftest import item_of

VISITOR = AnonymousUser()


def found(word: str) -> set[tuple[str, int]]:
    """Shelf and row of everything that this word finds."""
    answered = search.search(word, searchable.shelves(VISITOR), (), exactly=True)
    return {(shelf.value, hit.row) for shelf, hits in answered.groups.items() for hit in hits}


def stored(word: str) -> set[tuple[str, int]]:
    """The same of what stands in the index at all, shown or not."""
    holds = Q(text__icontains=word) | Q(title__icontains=word)
    holds |= Q(title_stems__icontains=word) | Q(body_stems__icontains=word)
    return set(SearchDocument.objects.filter(holds).values_list("shelf", "row"))


def is_found(word: str, post) -> bool:
    """By this question or story and nothing else; otherwise nothing at all holds the word any more."""
    where = found(word)
    assert stored(word) == where, (word, stored(word), where)
    shelf = Shelf.STORIES if post.is_story else Shelf.QUESTIONS
    assert where <= {(shelf.value, post.pk)}, (word, where)
    return bool(where)


def decide(post, verb: Verb, by, **more):
    """The open item of the post, decided."""
    item = item_of(post)
    return moderation.decide(item, by=by, version=item.version, verb=verb, **more)


def open_items(post):
    return ReviewItem.objects.open().filter(revision__post=post)
