"""The guides that come with the site, and the demonstration of them."""

from __future__ import annotations

import pytest

from articles import demo, publishing
from articles.demo import LiveSite, remove_demo
from articles.models import Article, Reference, Revision, SourceDocument
from articles.starter_guides import library, load_demo_guides, starter_guides
from articles.starter_words import starter_words
from articles.workflow import Status
from cachexia_portal.pages.starter import Starter, lay_down

pytestmark = pytest.mark.django_db
KEYS = [
    "guide:taking-the-pressure-off-food",
    "guide:what-cachexia-is",
    "guide:why-sources-give-different-numbers",
]


def lay_down_guides() -> int:
    lay_down(Starter(*row) for row in starter_words())
    return lay_down(Starter(*row) for row in starter_guides())


def first_draft() -> Revision:
    return Revision.objects.get(article__slug="what-cachexia-is", is_demo=False)


def test_starter_guides_are_ordinary_drafts(visitor, settings):
    settings.IS_DEMO_SITE = True
    assert lay_down_guides() == 3
    for revision in Revision.objects.all():
        assert (revision.status, revision.is_demo, revision.author) == (Status.DRAFT, False, None)
        assert revision.content_hash == revision.content_digest()
        assert visitor.get(revision.article.get_absolute_url()).status_code == 404


def test_each_guide_has_a_key_and_a_digest_for_the_ledger():
    rows = starter_guides()
    assert [key for key, _digest, _create in rows] == KEYS
    assert len({digest for _key, digest, _create in rows}) == 3
    assert rows[1][2]().starter_key == "guide:what-cachexia-is"


def test_a_guide_is_imported_like_any_document_and_rests_on_it():
    lay_down_guides()
    for guide in library():
        document = SourceDocument.objects.get(name=guide.name)
        assert bytes(document.content) == guide.content
        assert document.rights == "own"
        assert document.blocks.exists()
        assert not document.diagnostics.blocking().exists()
        assert Revision.objects.get(source=document).article.starter_key == guide.key


def test_the_draft_holds_the_words_of_the_file():
    lay_down_guides()
    draft = first_draft()
    assert draft.title == "What cachexia is"
    assert draft.audience == "start_here"
    assert draft.key_points.startswith("Cachexia is a wasting that comes from the illness.")
    assert draft.key_points.count("\n") == 4
    assert draft.body.startswith("You may have watched")
    assert {topic.slug for topic in draft.topics.all()} == {
        "what-is-cachexia",
        "symptoms",
        "talking-with-the-care-team",
    }
    assert draft.article.review_months == 12


def test_a_reference_is_read_with_its_identifiers():
    lay_down_guides()
    named = Reference.objects.get(revision__article__slug=KEYS[0].removeprefix("guide:"), position=1)
    assert (named.year, named.doi, named.pmid) == (2016, "10.1002/jcsm.12102", "27239421")
    page = first_draft().references.get(position=2)
    assert (page.kind, page.year, page.url[:23]) == ("web_page", None, "https://www.cancer.gov/")


def test_an_address_that_staff_took_first_stays_theirs(editor):
    own = Article.objects.create(slug="what-cachexia-is", owner=editor)
    assert lay_down_guides() == 3
    assert Article.objects.get(slug="what-cachexia-is") == own
    assert own.revisions.count() == 0
    assert Article.objects.count() == 3


def test_a_changed_file_touches_nothing_that_was_laid_down(monkeypatch):
    lay_down_guides()
    before = list(Revision.objects.order_by("pk").values())
    rows = [
        Starter(key, "0" * 64, lambda: pytest.fail("made again")) for key, _digest, _make in starter_guides()
    ]
    assert lay_down(iter(rows)) == 0
    assert list(Revision.objects.order_by("pk").values()) == before


def test_a_demo_site_shows_the_guides_and_the_drafts_stay(visitor, settings):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    assert len(load_demo_guides()) == 3
    assert load_demo_guides() == []
    page = visitor.get("/articles/what-cachexia-is/").content.decode()
    assert "What cachexia is" in page
    assert "The Lancet Oncology 12:489–495" in page
    assert "Medically reviewed by" not in page
    states = Revision.objects.values_list("status", "is_demo")
    assert sorted(states) == [("draft", False)] * 3 + [("published", True)] * 3
    assert all(shown.approval is None for shown in Revision.objects.filter(is_demo=True))


def test_a_demo_site_shows_first_what_to_start_with(settings):
    lay_down_guides()
    settings.IS_DEMO_SITE = True
    load_demo_guides()
    newest = list(Article.objects.visible_to(None).newest_first().values_list("slug", flat=True))
    assert newest[0] == "what-cachexia-is"
    assert newest[-1] == "why-sources-give-different-numbers"


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
    draft = first_draft()
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    publishing.publish(draft, by=editor)
    assert draft.article.revisions.get(is_demo=True).status == Status.SUPERSEDED
    assert Article.objects.visible_to(editor).get().live_revision == draft


def test_remove_demo_takes_the_demo_rows_and_nothing_else(settings, editor, published):
    settings.IS_DEMO_SITE = True
    lay_down_guides()
    load_demo_guides()
    only_demo = Article.objects.create(slug="only-demo", is_demo=True)
    shown = Revision(article=only_demo, number=1, title="D", summary="D", body="D", is_demo=True)
    shown.start([Reference(title="Demo paper")])
    assert remove_demo() == 4
    assert not Revision.objects.filter(is_demo=True).exists()
    assert not Article.objects.filter(slug="only-demo").exists()
    starter = Article.objects.get(starter_key="guide:what-cachexia-is")
    assert starter.live_revision is None
    assert starter.revisions.get().status == Status.DRAFT
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED
    assert remove_demo() == 0


def test_the_demo_module_is_the_only_one_that_makes_a_live_row(settings):
    settings.IS_DEMO_SITE = False
    lay_down_guides()
    article = Article.objects.get(slug="what-cachexia-is")
    with pytest.raises(LiveSite):
        demo.show_as_demo(article, article.revisions.get())
