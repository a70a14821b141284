"""Rights: one policy, and what is not allowed is denied."""

import pytest

from articles.models import Rights, SourceBlock, SourceDocument
from articles.rights import Use, may, why_not

ALLOWED = {Rights.OWN, Rights.PUBLIC_DOMAIN, Rights.OPEN, Rights.PERMISSION}


@pytest.mark.parametrize("rights", Rights)
def test_words_of_a_document_are_shown_only_where_its_rights_say_so(rights):
    document = SourceDocument(rights=rights)
    assert may(Use.REPUBLISH, document) == (rights in ALLOWED)
    assert (why_not(Use.REPUBLISH, document) is None) == (rights in ALLOWED)


@pytest.mark.parametrize("rights", Rights)
def test_every_source_may_be_named(rights):
    assert may(Use.CITE, SourceDocument(rights=rights))


@pytest.mark.parametrize("of_document", Rights)
@pytest.mark.parametrize("of_block", [None, *Rights])
def test_a_block_passes_only_where_it_and_its_document_pass(of_document, of_block):
    block = SourceBlock(document=SourceDocument(rights=of_document), rights=of_block)
    expected = of_document in ALLOWED and (of_block is None or of_block in ALLOWED)
    assert may(Use.REPUBLISH, block) == expected


def test_a_word_that_is_no_right_is_denied():
    assert not may(Use.REPUBLISH, SourceDocument(rights="surely fine"))


def test_the_reason_says_what_would_help():
    assert "permission" in why_not(Use.REPUBLISH, SourceDocument(rights=Rights.RESERVED))
    assert "Find out who owns them" in why_not(Use.REPUBLISH, SourceDocument(rights=Rights.UNKNOWN))
