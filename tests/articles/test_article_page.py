"""The page of a guide: what stands on it, and when."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime

import pytest

from articles import publishing
from articles.models import Article, GlossaryTerm, HealthWording, Quotation, Reference, Revision, Topic
from tests.articles.conftest import imported

pytestmark = pytest.mark.django_db
REVIEWED = datetime(2027, 1, 31, 12, 0, tzinfo=UTC)


def page_of(client, revision, end="") -> str:
    return client.get(revision.article.get_absolute_url() + end).content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.fixture
def reviewed(clock, publish_another):
    """A guide that was reviewed on 31 January 2027 and is checked again after one month."""
    clock.move_to(REVIEWED)
    revision = publish_another()
    Article.objects.filter(pk=revision.article_id).update(review_months=1)
    return revision


# --- Reviewed, due, late -----------------------------------------------------------


def test_the_page_says_when_it_was_reviewed_and_when_again(reviewed, visitor):
    page = page_of(visitor, reviewed)
    assert 'Last reviewed <time datetime="2027-01-31">31 January 2027</time>' in page
    assert 'Next review due <time datetime="2027-02-28">28 February 2027</time>' in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-02-27", None),
        ("2027-02-28", "This page was due a check on 28 February 2027. It has not been checked again yet."),
        ("2027-03-30", "This page was due a check on 28 February 2027. Parts may be out of date."),
        ("2027-05-29", "Please treat this page with caution."),
    ],
)
def test_a_late_check_is_said_louder_with_time(reviewed, visitor, clock, day, words):
    clock.move_to(f"{day}T12:00:00Z")
    page = words_of(page_of(visitor, reviewed))
    said = [sentence for sentence in ("was due a check", "with caution") if sentence in page]
    assert bool(said) == (words is not None)
    assert (words or "Next review due") in page


def test_a_page_that_nobody_reviewed_says_so_and_names_no_date(make_draft, visitor, settings):
    settings.IS_DEMO_SITE = True
    draft = make_draft()
    Revision.objects.filter(pk=draft.pk).update(status="published", is_demo=True, published_at=REVIEWED)
    Article.objects.filter(pk=draft.article_id).update(live_revision=draft)
    page = page_of(visitor, draft)
    assert "No clinician has checked this page yet." in page
    assert "Next review due" not in page
    assert "application/ld+json" not in page


@pytest.mark.parametrize("notice", Article.UrgentNotice)
def test_an_urgent_notice_stands_above_everything_and_leads_to_help(published, visitor, notice):
    Article.objects.update(urgent_notice=notice)
    page = page_of(visitor, published)
    main = page[page.index("<main") :]
    assert main.index("Please read this first") < main.index("<h1")
    assert "/help-now/" in main[: main.index("<h1")]
    assert "Please read this first" in page_of(visitor, published, "print/")
    Article.objects.update(urgent_notice="")
    assert "Please read this first" not in page_of(visitor, published)


# --- Its parts -------------------------------------------------------------------


def test_the_parts_stand_in_their_order_and_are_listed(publish_another, visitor):
    GlossaryTerm.objects.create(slug="cachexia", term="Cachexia")
    revision = publish_another(
        key_points="One point\nAnother point",
        body="## In the body\n\nIt is [wasting](word:cachexia).[^1]",
        references=[Reference(title="A paper about soup")],
    )
    page = page_of(visitor, revision)
    main = page[page.index('<div class="prose flow">') :]
    ids = ["points", "part-in-the-body", "call", "words", "sources"]
    places = [main.index(f'id="{name}"') for name in ids]
    assert places == sorted(places)
    listed = re.findall(r'<li><a href="#([^"]+)">', page[: page.index('<div class="prose flow">')])
    assert listed == ["short", *ids]
    assert main.count("<li>One point</li>") == 1
    assert "Plain language, 1 minute to read" in page


def test_a_guide_to_start_with_promises_nothing_about_numbers_that_it_may_hold(publish_another, visitor):
    page = page_of(visitor, publish_another(audience="start_here", body=":::numbers\nThree in ten.\n:::"))
    assert '<p class="eyebrow">Start here, 1 minute to read</p>' in page


def test_a_plain_page_lists_no_part_that_it_does_not_have(publish_another, visitor):
    page = page_of(visitor, publish_another())
    assert 'id="points"' not in page
    assert 'id="words"' not in page
    assert 'id="sources"' not in page


def test_every_link_within_the_page_leads_somewhere(publish_another, visitor):
    GlossaryTerm.objects.create(slug="cachexia", term="Cachexia")
    revision = publish_another(
        key_points="A point",
        body="## A\n\n[w](word:cachexia)[^1]\n\n:::numbers\nUp to three in ten.[^1]\n:::",
        references=[Reference(title="A paper")],
    )
    page = page_of(visitor, revision)
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert len(re.findall(r'\bid="([^"]+)"', page)) == len(ids)


def test_a_word_without_an_approved_explanation_is_a_name_and_nothing_more(publish_another, visitor):
    term = GlossaryTerm.objects.create(slug="cachexia", term="Cachexia", pronunciation="kuh-KEK")
    HealthWording.objects.create(term=term, text="A draft of it", content_hash="0" * 64)
    page = page_of(visitor, publish_another(body="[wasting](word:cachexia)"))
    assert "Its explanation has not been checked yet." in page
    assert "A draft of it" not in page
    assert "kuh-KEK" not in page


def test_topics_lead_to_their_pages(published, visitor):
    topic = Topic.objects.create(slug="eating", name="Eating <b>", fields=["nutrition"])
    published.topics.add(topic)
    assert '<a class="tag" href="/topics/eating/">Eating &lt;b&gt;</a>' in page_of(visitor, published)


def test_numbers_are_folded_and_open_on_paper_only_when_asked(publish_another, visitor):
    revision = publish_another(body="A.\n\n:::numbers\nUp to three in ten.\n:::")
    closed = '<details class="fold fold-gentle">'
    assert closed in page_of(visitor, revision)
    assert closed in page_of(visitor, revision, "print/")
    assert "Print the numbers too" in page_of(visitor, revision, "print/")
    opened = page_of(visitor, revision, "print/?numbers=shown")
    assert '<details class="fold fold-gentle" open>' in opened
    assert "Leave the numbers out" in opened


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("public_domain", "Its text is in the public domain"),
        ("open", "under an open licence"),
        ("permission", "This site shows it with permission"),
        ("own", "You may share the link and print this page"),
    ],
)
def test_the_page_says_whether_it_may_be_shared(publish_another, visitor, licence, words):
    revision = publish_another(source=imported("Soup is warm.\n", licence=licence))
    Article.objects.filter(pk=revision.article_id).update(kind=Article.Kind.REPUBLISHED)
    page = words_of(page_of(visitor, revision))
    assert words in page
    assert ("Where this page comes from:" in page) == (licence != "own")


# --- On paper ----------------------------------------------------------------------


def test_paper_carries_number_address_dates_and_the_way_to_help(reviewed, visitor, settings):
    settings.SITE_URL = "https://www.example.org"
    paper = words_of(page_of(visitor, reviewed, "print/"))
    assert f"https://www.example.org{reviewed.article.get_absolute_url()}." in paper
    assert "Text 1 of this page." in paper
    assert "Last reviewed 31 January 2027" in paper
    assert "When to get help: https://www.example.org/help-now/" in paper


def test_search_engines_leave_the_page_for_paper_to_the_guide(published, visitor, settings):
    paper = page_of(visitor, published, "print/")
    assert '<meta name="robots" content="noindex">' in paper
    assert f'<link rel="canonical" href="{settings.SITE_URL}{published.article.get_absolute_url()}">' in paper


def test_a_guide_that_is_gone_is_gone_from_paper_too(published, editor, visitor):
    address = published.article.get_absolute_url() + "print/"
    publishing.withdraw(published, by=editor, note="Wrong")
    response = visitor.get(address)
    assert response.status_code == 410
    assert published.title not in response.content.decode()
    assert visitor.get("/articles/not-there/print/").status_code == 404


# --- What it costs -------------------------------------------------------------------


@pytest.fixture
def full(publish_another):
    """A guide with everything a guide may have, much of it many times."""
    slugs = [f"word-{number}" for number in range(20)]
    for slug in slugs:
        GlossaryTerm.objects.create(slug=slug, term=slug)
    block = imported("One two three four five six seven.\n").blocks.get(kind="paragraph")
    quoted = [Quotation(position=n, block=block, starts=0, ends=7) for n in (1, 2, 3)]
    cited = [
        Reference(position=n, title=f"A paper about soup, part {n}", pmid=f"2129{n}") for n in range(1, 21)
    ]
    marks = " ".join(f"[w](word:{slug})" for slug in slugs) + " ".join(f"[^{n}]" for n in range(1, 21))
    text = "\n\n".join(f"## Part {n}\n\n" + "Soup is warm and slow to cool. " * 40 for n in range(6))
    return publish_another(
        body=f"{text}\n\n{marks}\n\n::quote 1\n\n::quote 2\n\n::quote 3", references=[*cited, *quoted]
    )


def test_whatever_a_guide_holds_its_page_asks_two_questions(full, publish_another, visitor, queries):
    for address in (full.article.get_absolute_url(), publish_another().article.get_absolute_url()):
        for end in ("", "print/"):
            with queries(2):
                assert visitor.get(address + end).status_code == 200


def test_a_full_page_stays_light(full, visitor):
    page = visitor.get(full.article.get_absolute_url()).content
    assert page.count(b"One two") == 3
    assert len(gzip.compress(page, 6)) < 12 * 1024
