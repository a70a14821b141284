"""What search engines are told of a guide: true, from the approval alone, and harmless."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from articles import publishing
from articles.drafting import make_draft_of
from articles.models import Article, Reference, Revision, Topic
from articles.structured_data import structured_data
from tests.articles.conftest import imported
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db


def data_of(revision: Revision, *references: Reference, topics=()) -> dict:
    """The block as a search engine reads it, made from what the page's one query loads."""
    article = Article.objects.select_related("live_revision__approval", "live_revision__source").get(
        pk=revision.article_id
    )
    return json.loads(structured_data(article, references, topics))


def test_it_says_what_the_page_is(clock, publish_another):
    guide = publish_another(title="Soup & bread", summary="For slow days.", audience="clinical")
    data = data_of(guide)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "MedicalWebPage"
    assert data["name"] == "Soup & bread"
    assert data["description"] == "For slow days."
    assert data["url"] == f"http://localhost:8000{guide.article.get_absolute_url()}"
    assert data["inLanguage"] == "en"
    assert data["dateModified"] == "2026-11-21"
    assert data["audience"] == {"@type": "MedicalAudience", "audienceType": "Clinician"}
    assert data["publisher"]["name"] == "Alongside"


@pytest.mark.parametrize("audience", Revision.Audience.values)
def test_every_audience_has_a_word(publish_another, audience):
    assert data_of(publish_another(audience=audience))["audience"]["audienceType"] in {
        "Caregiver",
        "Clinician",
    }


def test_who_checked_it_and_when_comes_from_the_approval(clock, publish_another, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    clock.move_to("2027-01-03T12:00:00Z")
    data = data_of(publish_another())
    assert data["lastReviewed"] == "2027-01-04"
    assert data["reviewedBy"] == {"@type": "Person", "name": "Dr Rhea Moss", "honorificSuffix": "MD"}


def test_an_approval_that_names_nobody_is_not_told(published):
    approval = published.approval
    approval.credential_snapshot = {}
    article = published.article
    article.live_revision = published
    assert "reviewedBy" not in structured_data(article)


def test_nobody_checked_a_page_of_a_demonstration(published, draft, settings):
    shown = Revision(article=Article(slug="demo"), title="Demo", is_demo=True, approval=published.approval)
    shown.article.live_revision = shown
    settings.IS_DEMO_SITE = True
    for article in (shown.article, Article.objects.get(pk=published.article_id)):
        said = str(structured_data(article))
        assert "lastReviewed" not in said
        assert "reviewedBy" not in said


def test_what_the_source_claims_of_its_own_review_is_not_told(editor, medical_reviewer):
    said = json.dumps(data_of(republished(imported("Soup is warm.\n"), editor, medical_reviewer)))
    assert "2024-02-29" not in said


def test_sources_are_cited_with_their_address_and_a_retracted_one_is_not(published):
    data = data_of(
        published,
        Reference(title="A paper", doi="10.1000/x1", url="https://example.org/a"),
        Reference(title="A page", kind=Reference.Kind.WEB_PAGE, url="https://example.org/b"),
        Reference(title="A book", kind=Reference.Kind.BOOK),
        Reference(title="Taken back", status=Reference.Status.RETRACTED),
    )
    assert data["citation"] == [
        {"@type": "ScholarlyArticle", "name": "A paper", "url": "https://doi.org/10.1000/x1"},
        {"@type": "CreativeWork", "name": "A page", "url": "https://example.org/b"},
        {"@type": "CreativeWork", "name": "A book"},
    ]


def test_topics_are_named(published):
    assert data_of(published, topics=[SimpleNamespace(name="Sleep")])["about"][0]["name"] == "Sleep"


def republished(document, editor, medical_reviewer) -> Revision:
    draft = make_draft_of(document, by=editor)
    draft.summary = "Soup."
    draft.rewrite(by=editor)
    publishing.submit_for_review(draft, by=editor)
    publishing.approve(draft, by=medical_reviewer)
    publishing.publish(draft, by=editor)
    return draft


def test_a_licence_is_named_for_a_republished_text_in_the_public_domain(editor, medical_reviewer):
    data = data_of(republished(imported("Soup is warm.\n"), editor, medical_reviewer))
    assert data["license"] == "https://creativecommons.org/publicdomain/mark/1.0/"


@pytest.mark.parametrize(
    ("rights", "statement", "licence"),
    [
        (
            "open",
            "See https://creativecommons.org/licenses/by/4.0/.",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("open", "An open licence.", None),
        ("permission", "https://creativecommons.org/licenses/by/4.0/", None),
        ("own", "", None),
        ("reserved", "", None),
    ],
)
def test_another_licence_is_named_only_where_the_rights_name_it(published, rights, statement, licence):
    source = imported("Soup is warm.\n")
    source.rights, source.rights_statement = rights, statement
    article = Article(slug="soup", kind=Article.Kind.REPUBLISHED, live_revision=published)
    published.source = source
    assert json.loads(structured_data(article)).get("license") == licence
    article.kind = Article.Kind.ADAPTED
    assert "license" not in json.loads(structured_data(article))


def test_no_typed_word_can_end_the_block(published):
    article = Article(slug="soup", live_revision=published)
    for typed in (*STORABLE.values(), "</script><script>alert(1)</script>", "<!-- <script>", "]]>"):
        published.title = published.summary = typed
        block = structured_data(article, [Reference(title=typed)], [SimpleNamespace(name=typed)])
        assert not re.search(r"[<>&]", block)
        assert not live_markup_in(block)
        said = json.loads(block)
        assert said["name"] == said["description"] == said["citation"][0]["name"] == typed


def test_it_asks_the_database_nothing(published, queries):
    article = Article.objects.visible_to(None).for_reading().get(pk=published.article_id)
    with queries(0):
        structured_data(article, [Reference(title="A paper")])


def test_the_page_holds_the_block_with_its_sources_and_topics(published, visitor):
    published.topics.add(Topic.objects.create(slug="sleep", name="Sleep"))
    html = visitor.get(published.article.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert len(blocks) == html.count("<script") == 1
    data = json.loads(blocks[0])
    assert data["name"] == published.title
    assert data["reviewedBy"]["name"] == "Dr Rhea Moss"
    assert data["citation"][0]["name"] == "A paper about soup"
    assert data["about"][0]["name"] == "Sleep"


def test_a_hostile_title_ends_no_block_of_the_page(published, visitor):
    Revision.objects.filter(pk=published.pk).update(title="</script><script>alert(1)</script>")
    html = visitor.get(published.article.get_absolute_url()).content.decode()
    assert not live_markup_in(html)
    assert html.count("</script>") == 1
