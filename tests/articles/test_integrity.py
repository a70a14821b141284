"""Breaches are planted past the database's guards, then found."""

import pytest
from django.db import connection

from articles.integrity import breaches
from articles.models import Article, Revision, SourceBlock, SourceDocument
from cachexia_portal.events.append_only import lifted
from tests.articles.conftest import imported


def found() -> str:
    return "\n".join(breaches())


def test_a_sound_library_has_no_breach(published):
    imported("# Soup\n\nFirst line.\n\n- one\n- two\n")
    assert found() == ""


def test_changed_words_of_a_published_revision_are_found(published):
    Revision.objects.filter(pk=published.pk).update(body="Other words.")
    assert "its words are not those its hash was made of" in found()
    assert "The text changed after it was approved." in found()


def test_a_live_pointer_that_is_not_published_is_found(published, draft):
    Article.objects.filter(pk=published.article_id).update(live_revision=None)
    assert "what is live is not what is published" in found()


def test_a_line_without_a_block_is_found(editor):
    document = imported("# Soup\n\nFirst line.\n\nSecond line.\n")
    with lifted(connection):
        SourceBlock.objects.filter(document=document, text__contains="Second").delete()
    assert "do not cover each line exactly once" in found()


def test_a_line_in_two_blocks_is_found(editor):
    document = imported("# Soup\n\nFirst line.\n")
    SourceBlock.objects.create(document=document, position=99, kind="paragraph", first_line=3, last_line=3)
    assert "do not cover each line exactly once" in found()


def test_changed_bytes_are_found(editor):
    document = imported("# Soup\n\nFirst line.\n")
    with lifted(connection):
        SourceDocument.objects.filter(pk=document.pk).update(content=bytes(document.content) + b"\n")
    assert "its bytes are not those that were imported" in found()


pytestmark = pytest.mark.django_db
