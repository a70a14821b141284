"""Each fixture document beside the outline that a person has read line by line.

After a wanted change: `manage.py shell -c "from tests.articles.importing.goldens import write; write()"`, and
read the difference.
"""

from __future__ import annotations

import json

import pytest

from articles.models.diagnostics import Diagnostic
from articles.models.sources import SourceBlock
from tests.articles.importing.goldens import FIXTURES, golden_of, outlined


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_document_has_the_outline_that_was_read_and_kept(path):
    assert outlined(path) == json.loads(golden_of(path).read_text())


def test_the_fixtures_hold_every_kind_of_block_and_every_kind_of_finding():
    outlines = [json.loads(golden_of(path).read_text()) for path in FIXTURES]
    kinds = {block["kind"] for outline in outlines for block in outline["blocks"]}
    codes = {found["code"] for outline in outlines for found in outline["diagnostics"]}
    assert kinds == set(SourceBlock.Kind.values)
    assert codes == set(Diagnostic.Code.values)
