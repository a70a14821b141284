"""The guides that come with the site, and the demonstration of them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from articles import demo, publishing
from articles.demo import LiveSite, remove_demo
from articles.models import Article, Reference, Revision
from articles.starter_guides import FOLDER, load_demo_guides, starter_guides
from articles.workflow import Status

pytestmark = pytest.mark.django_db


def lay_down_guides() -> None:
    for _key, _digest, create in starter_guides():
        create()


def test_starter_guides_are_ordinary_drafts(visitor, settings):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    revision = Revision.objects.get()
    assert (revision.status, revision.is_demo, revision.author) == (Status.DRAFT, False, None)
    assert revision.title == "What cachexia is"
    assert revision.references.count() == 2
    assert revision.content_hash == revision.content_digest()
    assert visitor.get(revision.article.get_absolute_url()).status_code == 404


def test_each_guide_has_a_key_and_a_digest_for_the_ledger():
    [(key, digest, create)] = starter_guides()
    assert key == "guide:what-cachexia-is"
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert create().starter_key == key


def test_a_demo_site_shows_the_guide_and_the_draft_stays(visitor, settings):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    [shown] = load_demo_guides()
    assert load_demo_guides() == []
    page = visitor.get("/articles/what-cachexia-is/").content.decode()
    assert "What cachexia is" in page
    assert "Not medically reviewed" in page
    assert "PubMed 21296615." in page
    assert "The Lancet Oncology 12:489–495, 2011." in page
    assert sorted(Revision.objects.values_list("status", "is_demo")) == [
        ("draft", False),
        ("published", True),
    ]
    assert shown.approval is None


def test_a_live_site_makes_no_demo_rows(settings):
    settings.IS_DEMO_SITE = False
    lay_down_guides()
    with pytest.raises(LiveSite):
        load_demo_guides()


def test_the_draft_of_a_demonstrated_guide_can_go_live_in_its_place(settings, editor, medical_reviewer):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    load_demo_guides()
    settings.IS_DEMO_SITE = False
    draft = Revision.objects.get(is_demo=False)
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    publishing.publish(draft, by=editor)
    assert Revision.objects.get(is_demo=True).status == Status.SUPERSEDED
    assert Article.objects.visible_to(editor).get().live_revision == draft


def test_remove_demo_takes_the_demo_rows_and_nothing_else(settings, editor, published):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    load_demo_guides()
    only_demo = Article.objects.create(slug="only-demo", is_demo=True)
    shown = Revision(article=only_demo, number=1, title="D", summary="D", body="D", is_demo=True)
    shown.start([Reference(title="Demo paper")])
    assert remove_demo() == 2
    assert not Revision.objects.filter(is_demo=True).exists()
    assert not Article.objects.filter(slug="only-demo").exists()
    starter = Article.objects.get(starter_key="guide:what-cachexia-is")
    assert starter.live_revision is None
    assert starter.revisions.get().status == Status.DRAFT
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED
    assert remove_demo() == 0


def test_the_guide_uses_no_battle_words_and_promises_nothing():
    words = (FOLDER / "what-cachexia-is.md").read_text().lower()
    for unwanted in ("battle", "fight", "brave", "journey", "loved one", "cure", "simply", "!", "oops"):
        assert unwanted not in words


@pytest.mark.seeds
def test_the_guide_shares_no_run_of_eight_words_with_a_seed_document():
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", re.sub(r"https?://\S+", " ", text).lower())
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    ours = runs((FOLDER / "what-cachexia-is.md").read_text())
    for path in Path(os.environ["SEED_DOCUMENTS"]).glob("*.txt"):
        assert not ours & runs(path.read_text(errors="replace"))


def test_the_demo_module_is_the_only_one_that_makes_a_live_row(settings):
    settings.IS_DEMO_SITE = False
    lay_down_guides()
    article = Article.objects.get()
    with pytest.raises(LiveSite):
        demo.show_as_demo(article, article.revisions.get())
