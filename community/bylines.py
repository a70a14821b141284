"""Who stands over a post's words in public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Relation

if TYPE_CHECKING:
    from .models import Post

CARES_FOR = {
    Relation.PARTNER: _("who cares for a husband, wife or partner"),
    Relation.PARENT: _("who cares for a parent"),
    Relation.CHILD: _("who cares for a son or daughter"),
    Relation.SIBLING: _("who cares for a brother or sister"),
    Relation.RELATIVE: _("who cares for a relative"),
    Relation.FRIEND: _("who cares for a friend or neighbour"),
    Relation.BEREAVED: _("who cared for someone who has died"),
    Relation.PATIENT: _("who is ill"),
    Relation.PROFESSIONAL: _("who works in care"),
}


def of(post: Post) -> str:
    """The chosen name; the society's over its own answers, a clinician's own choice over clinical ones.

    For a closed account "A former member"; for an anonymous post the relation only.
    """
    if post.is_anonymous:
        return _anonymous(post)
    if post.is_from_society:
        return society()
    if post.is_clinical and post.credential and post.credential.public_name:
        return post.credential.public_name
    return post.author.byline


def society() -> str:
    """Whoever runs this site, by the name it gives itself."""
    return str(settings.ORGANISATION or settings.SITE_NAME)


def cares_for(relation: str) -> str:
    return str(CARES_FOR.get(Relation(relation), "")) if relation else ""


def _anonymous(post: Post) -> str:
    if _is_by_the_anonymous_asker(post):
        return gettext("The person who asked")
    if post.relation == Relation.PATIENT:
        return gettext("A patient")
    if post.relation == Relation.PROFESSIONAL:
        return gettext("Someone who works in care")
    return gettext("A caregiver")


def _is_by_the_anonymous_asker(post: Post) -> bool:
    """Only where both stand without a name: beside a named question this would give the name away."""
    question = post.question
    return question is not None and question.is_anonymous and question.author_id == post.author_id
