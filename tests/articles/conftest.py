"""Guides in each state, made by the acts themselves."""

from __future__ import annotations

import pytest

from articles import publishing
from articles.importing.storing import import_content
from articles.models import Article, Reference, Revision, SourceDocument

FRONT = """---
title: {title}
license: {licence}
url: https://texts.example.org/guides/soup
source: Texts Example
lastReviewed: 2024-02-29
---
"""


def imported(text: str, *, licence: str = "public_domain", title: str = "Soup for slow days", name="soup.md"):
    """A stored document with this text under a small front matter."""
    content = (FRONT.format(title=title, licence=licence) + text).encode()
    return SourceDocument.objects.get(pk=import_content(name, content).document)


@pytest.fixture
def make_draft(editor):
    """`make_draft(title=…)`: an article of the editor with one draft."""
    made = []

    def make(*, by=None, references=(), **fields) -> Revision:
        number = len(made) + 1
        author = by or editor
        article = Article.objects.create(slug=f"guide-{number}", owner=author, is_demo=author.is_demo)
        wanted = {"title": f"Guide {number}", "summary": "What it says.", "body": "Plain words.", **fields}
        draft = Revision(article=article, number=1, author=author, is_demo=author.is_demo, **wanted)
        draft.start(references)
        made.append(draft)
        return draft

    return make


@pytest.fixture
def draft(make_draft):
    return make_draft(references=[Reference(title="A paper about soup", year=2019)])


@pytest.fixture
def in_review(draft, editor):
    publishing.submit_for_review(draft, by=editor)
    return draft


@pytest.fixture
def approved(in_review, medical_reviewer):
    publishing.approve(in_review, by=medical_reviewer)
    return in_review


@pytest.fixture
def published(approved, editor):
    publishing.publish(approved, by=editor)
    return approved


@pytest.fixture
def publish_another(make_draft, editor, medical_reviewer):
    """`publish_another()`: one more live guide."""

    def publish(**fields) -> Revision:
        revision = make_draft(**fields)
        publishing.submit_for_review(revision, by=editor)
        publishing.approve(revision, by=medical_reviewer)
        publishing.publish(revision, by=editor)
        return revision

    return publish
