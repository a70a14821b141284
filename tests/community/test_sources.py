"""A clinical answer's source is linked where it is a guide of this site, and nowhere else."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from community.models import PostRevision
from community.models.revisions import Basis
from community.sources import named

GUIDE = "/articles/soft-food/"


@pytest.mark.parametrize("before", ["The guide “Soft food” on this site: ", ""])
def test_the_address_of_a_guide_at_the_end_is_told_apart(before):
    assert named(before + GUIDE) == (before, GUIDE)


@pytest.mark.parametrize(
    "source",
    [
        "A leaflet",
        "",
        f"https://elsewhere.example{GUIDE}",
        f"//elsewhere.example{GUIDE}",
        f"See /{GUIDE}",
        f"{GUIDE} and more",
        "See /admin/",
        "See /articles/",
        "See /articles/soft-food/print/",
        "See /nowhere/",
        "See /articles/<b>/",
    ],
)
def test_every_other_source_stays_words(source):
    assert named(source) == (source, "")


@pytest.mark.parametrize(("source", "is_linked"), [(f"The guide: {GUIDE}", True), ("<a href=x>", False)])
def test_readers_get_a_link_to_the_guide_and_to_nothing_else(source, is_linked):
    revision = PostRevision(basis=Basis.SOURCE, source=source, when_to_call="Today")
    page = render_to_string("community/parts/basis.html", {"revision": revision})
    assert (f'<a href="{GUIDE}">' in page) is is_linked
    assert page.count("<a ") == is_linked
