"""What is put into a guide's page when it is read."""

from __future__ import annotations

import pytest

from articles import publishing, reading
from articles.models import GlossaryTerm, HealthWording, Quotation, Reference, Rights, Topic
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db
BODY = "Soup.[^1]\n\nIt is [wasting](word:cachexia) and [tiring](word:fatigue).\n\n::quote 1"


def word(slug: str, **wording) -> GlossaryTerm:
    named = {"term": slug.title(), "pronunciation": "say it"}
    term, _ = GlossaryTerm.objects.get_or_create(slug=slug, defaults=named)
    if wording:
        HealthWording.objects.create(term=term, content_hash="0" * 64, **wording)
    return term


@pytest.fixture
def rich(publish_another):
    """`rich(licence=…)`: a live guide with everything that can be put in."""

    def make(licence="reserved", words=5):
        for slug in ("cachexia", "fatigue"):
            word(slug)
        block = imported("One two three four five six seven.\n", licence=licence).blocks.get(kind="paragraph")
        ends = len(" ".join(block.text.split()[:words]))
        leaning = [
            Reference(title="A paper about soup", year=2019),
            Quotation(position=1, block=block, starts=4, ends=ends),
        ]
        return publish_another(body=BODY, references=leaning)

    return make


def read(revision) -> reading.Reading:
    article = reading.shown_guide(revision.article.slug)
    assert article is not None
    return reading.read(article)


def test_the_guide_comes_with_all_that_its_page_says(published, queries):
    slug = published.article.slug
    with queries(1):
        guide = reading.shown_guide(slug)
        assert guide.live_revision.pk == published.pk
        assert guide.live_revision.approval.credential.expires_on
        assert guide.live_revision.page.body == published.page.body
        assert guide.live_revision.changed_at == published.changed_at
        assert guide.get_absolute_url() == f"/articles/{slug}/"
    assert reading.shown_guide("not-there") is None


def test_a_guide_that_may_not_be_seen_is_not_there(published, editor):
    publishing.withdraw(published, by=editor, note="Wrong")
    assert reading.shown_guide(published.article.slug) is None


def test_topics_are_named_in_their_order(published, queries):
    for position, name in ((2, "Second"), (1, "First")):
        topic = Topic.objects.create(slug=name.lower(), name=name, position=position, fields=["medicine"])
        published.topics.add(topic)
    guide = reading.shown_guide(published.article.slug)
    with queries(1):
        assert [topic.name for topic in reading.read(guide).put_in.topics] == ["First", "Second"]


def test_references_come_in_the_same_query(rich, queries):
    guide = reading.shown_guide(rich().article.slug)
    with queries(1):
        [reference] = reading.read(guide).put_in.references
        assert (reference.position, reference.title, reference.year) == (1, "A paper about soup", 2019)


def test_words_are_explained_only_when_their_explanation_may_be_seen(rich, settings):
    word("fatigue", text="A demo text", status="approved", is_demo=True)
    word("cachexia", text="A draft text")
    revision = rich()
    named = [(each.name, each.text) for each in read(revision).put_in.words]
    assert named == [("Cachexia", ""), ("Fatigue", "")]
    settings.IS_DEMO_SITE = True
    assert [each.text for each in read(revision).put_in.words] == ["", "A demo text"]


def test_a_real_explanation_takes_the_place_of_an_invented_one(rich, settings, medical_reviewer):
    settings.IS_DEMO_SITE = True
    term = word("cachexia", text="Invented", status="approved", is_demo=True)
    credential = medical_reviewer.credentials.get()
    real = HealthWording.objects.create(term=term, text="Real", content_hash="a" * 64)
    approval = real.approvals.create(
        reviewer=medical_reviewer, credential=credential, credential_snapshot={}, content_hash="a" * 64
    )
    HealthWording.objects.filter(pk=real.pk).update(
        status="approved", approval=approval, approved_hash="a" * 64
    )
    assert [each.text for each in read(rich()).put_in.words] == ["Real", ""]


def test_many_marked_words_are_still_one_query(publish_another, queries):
    slugs = [f"word-{number}" for number in range(19)]
    for slug in (*slugs, "not-long-here"):
        word(slug)
    guide = publish_another(body=" ".join(f"[x](word:{slug})" for slug in (*slugs, "not-long-here")))
    GlossaryTerm.objects.get(slug="not-long-here").delete()
    shown = reading.shown_guide(guide.article.slug)
    with queries(1):
        assert [each.slug for each in reading.read(shown).put_in.words] == slugs


def test_a_quotation_is_filled_from_its_block(rich):
    body = read(rich()).body
    assert "two three four five" in body
    assert "one two" not in body.lower()
    assert "Soup for slow days" in body


def test_a_quotation_that_is_too_long_for_its_rights_is_not_shown(rich, settings):
    revision, free = rich(), rich("public_domain")
    settings.QUOTE_WORDS = 3
    body = read(revision).body
    assert "two three" not in body
    assert "Soup for slow days" in body
    assert "two three" in read(free).body


def test_the_words_of_a_quotation_are_never_stored(rich):
    revision = rich()
    assert "three" not in revision.page.body + revision.page.sources


def test_hostile_words_of_a_block_stay_text(rich):
    revision = rich()
    block = revision.quotations.get().block
    type(block).objects.filter(pk=block.pk).update(text="<b>x <script>alert(1)</script>")
    Quotation.objects.update(starts=0, ends=30)
    assert "&lt;script&gt;" in read(revision).body


@pytest.mark.parametrize("rights", [Rights.PUBLIC_DOMAIN, Rights.OWN])
def test_our_own_documents_are_no_source_of_somebody_else(publish_another, rights):
    document = imported("Soup is warm.\n", licence=rights)
    revision = publish_another(source=document)
    assert (read(revision).source is None) == (rights == Rights.OWN)


def test_key_points_are_lines_without_their_marks(publish_another):
    revision = publish_another(key_points="- One point\n\n* Another\r\nA third ")
    assert read(revision).key_points == ["One point", "Another", "A third"]
