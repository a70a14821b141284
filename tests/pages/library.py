"""A small library to search in: one guide, one explained word, two questions and one question nobody has read."""

from __future__ import annotations

import pytest
from django.db import transaction

from articles import explaining
from articles.models import GlossaryTerm, Reference, SynonymGroup
from community import moderation
from community.models import ReviewItem
from tests.articles.conftest import (  # noqa: F401 (fixtures of the guide)
    approved,
    draft,
    in_review,
    make_draft,
    publish_another,
)
from tests.community.conftest import house_rule  # noqa: F401 (a fixture)
from tests.community.stories.conftest import tell  # noqa: F401 (a fixture)

BODY = """Zephyrbread for every morning.

## Baking it slowly

The oven should be warm before the zephyrbread goes in.

## Cutting it

A dull knife tears zephyrbread apart.
"""


def publish(post, moderator):
    item = ReviewItem.objects.open().get(revision__post=post)
    moderation.publish(item, by=moderator, version=item.version)
    post.refresh_from_db()
    return post


@pytest.fixture
def guide(publish_another):  # noqa: F811
    return publish_another(
        title="Zephyrbread at home",
        summary="How it is baked.",
        body=BODY,
        references=[Reference(title="A book")],
    )


@pytest.fixture
def word(editor, medical_reviewer):
    term = GlossaryTerm.objects.create(slug="zephyrbread", term="Zephyrbread", misspellings=["zefirbred"])
    explaining.approve(
        explaining.begin(term, "A bread of the west wind.", "", by=editor),
        by=medical_reviewer,
        seen_version=1,
    )
    from articles import searchable

    with transaction.atomic():  # as in the admin, which saves a term
        searchable.refresh_term(term.pk)
    return term


@pytest.fixture
def ask(caregiver, moderator):
    """`ask("A title", "words")`: one more question that everybody can read."""

    def make(title: str, body: str = "I would like to know.", **wanted):
        post = moderation.send_question(caregiver, title=title, body=body, relation="partner", **wanted)
        return publish(post, moderator)

    return make


@pytest.fixture
def question(ask):
    return ask("Does zephyrbread keep overnight", "Ours turns hard.")


@pytest.fixture
def waiting(caregiver):
    return moderation.send_question(
        caregiver, title="Secretword and zephyrbread", body="Not read by anybody."
    )


@pytest.fixture
def library(guide, word, question, waiting):
    """All of it, and two words that mean the same."""
    SynonymGroup.objects.create(words=["zephyrbread", "windloaf"])
    return {"guide": guide, "word": word, "question": question, "waiting": waiting}
