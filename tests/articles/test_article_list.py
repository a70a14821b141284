"""The list of guides: its filters, its pages, and what a row says."""

from __future__ import annotations

import re
import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from articles import publishing
from articles.listing import PAGE_LENGTH
from articles.models import Article, CancerType, Revision, Topic
from articles.workflow import Status
from cachexia_portal.delivery import keeping
from tests.hostile import HOSTILE, STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
LIST = "/articles/"


@pytest.fixture
def topic():
    """`topic("Sleep")`: a topic of that name."""

    def make(name: str, **fields) -> Topic:
        number = Topic.objects.count() + 1
        return Topic.objects.create(**{"slug": f"topic-{number}", "name": name, "position": number, **fields})

    return make


@pytest.fixture
def cancer_type():
    def make(name: str) -> CancerType:
        number = CancerType.objects.count() + 1
        return CancerType.objects.create(slug=f"type-{number}", name=name, position=number)

    return make


@pytest.fixture
def guide(editor, medical_reviewer):
    """`guide("Soup", topics=[…])`: a live guide that is filed there."""

    def make(
        title: str, *, topics=(), cancer_types=(), until: Status = Status.PUBLISHED, **fields
    ) -> Revision:
        article = Article.objects.create(slug=f"guide-{Article.objects.count() + 1}", owner=editor)
        words = {"title": title, "summary": "What it says.", "body": "Plain words.", **fields}
        revision = Revision(article=article, number=1, author=editor, **words)
        revision.start(topics=topics, cancer_types=cancer_types)
        if until is Status.PUBLISHED:
            publishing.submit_for_review(revision, by=editor)
            publishing.approve(revision, by=medical_reviewer)
            publishing.publish(revision, by=editor)
        return revision

    return make


@pytest.fixture
def demo_guide(settings, editor):
    """A live guide of a demonstration."""
    article = Article.objects.create(slug="demo-guide", owner=editor)
    shown = Revision(article=article, number=1, title="Demo soup", summary="S", body="B", is_demo=True)
    shown.start(topics=[Topic.objects.create(slug="invented", name="Invented topic")])
    Revision.objects.filter(pk=shown.pk).update(status=Status.PUBLISHED, published_at=shown.created_at)
    Article.objects.filter(pk=article.pk).update(live_revision=shown)
    return shown


def page_at(client, query: str = "") -> str:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles_in(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/articles/[^"]+">([^<]*)</a></h3>', html)


def heading_of(html: str) -> str:
    return re.search(r'<h2 id="found">([^<]*)</h2>', html)[1]


def tags_in(html: str) -> dict[str, str]:
    """The filters in use: name → where one gets without it."""
    return {name: href for href, name in re.findall(r'<a class="tag" href="([^"]*)">(.*?) <span', html)}


# --- Filters ------------------------------------------------------------------


def test_without_a_filter_every_guide_is_listed_the_newest_first(guide, visitor):
    guide("First"), guide("Second")
    html = page_at(visitor)
    assert titles_in(html) == ["Second", "First"]
    assert heading_of(html) == "2 guides"
    assert not tags_in(html)
    assert "Clear all" not in html


def test_a_topic_narrows_the_list_and_is_named_in_the_heading(guide, topic, visitor):
    sleep, soup = topic("Sleep & rest"), topic("Soup")
    (
        guide("About sleep", topics=[sleep]),
        guide("About both", topics=[soup, sleep]),
        guide("About soup", topics=[soup]),
    )
    html = page_at(visitor, "?topic=topic-1")
    assert titles_in(html) == ["About both", "About sleep"]
    assert heading_of(html) == "2 guides about “Sleep &amp; rest”"
    assert '<input type="checkbox" name="topic" value="topic-1" checked>' in html
    assert '<input type="checkbox" name="topic" value="topic-2">' in html


def test_several_topics_mean_any_of_them(guide, topic, visitor):
    topics = [topic("Sleep"), topic("Soup"), topic("Stairs")]
    for one in topics:
        guide(f"About {one.name}", topics=[one])
    guide("About two", topics=topics[:2])
    html = page_at(visitor, "?topic=topic-1&topic=topic-2")
    assert titles_in(html) == ["About two", "About Soup", "About Sleep"]
    assert heading_of(html) == "3 guides about “Sleep” or “Soup”"


def test_an_audience_and_a_cancer_type_narrow_it_further(guide, topic, cancer_type, visitor):
    sleep, lung, bowel = topic("Sleep"), cancer_type("Lung"), cancer_type("Bowel")
    guide("Wanted", topics=[sleep], cancer_types=[lung], audience="detailed")
    guide("Another type", topics=[sleep], cancer_types=[bowel], audience="detailed")
    guide("Another audience", topics=[sleep], cancer_types=[lung])
    guide("Another topic", cancer_types=[lung], audience="detailed")
    html = page_at(visitor, "?topic=topic-1&cancer=type-1&audience=detailed&audience=clinical")
    assert titles_in(html) == ["Wanted"]
    assert heading_of(html) == "1 guide about “Sleep”"
    assert '<option value="type-1" selected>Lung</option>' in html
    assert '<input type="checkbox" name="audience" value="clinical" checked>' in html


def test_each_filter_in_use_is_a_link_that_takes_it_away_and_keeps_the_others(
    guide, topic, cancer_type, visitor
):
    guide("Wanted", topics=[topic("Sleep"), topic("Soup")], cancer_types=[cancer_type("Lung")])
    html = page_at(visitor, "?audience=plain&topic=topic-1&topic=topic-2&cancer=type-1&page=1")
    tags = tags_in(html)
    assert list(tags) == ["Plain language", "Sleep", "Soup", "Lung"]
    assert tags["Sleep"] == "/articles/?audience=plain&amp;topic=topic-2&amp;cancer=type-1"
    assert "Narrow the list, 4 in use" in html
    assert tags_in(page_at(visitor, "?topic=topic-1")) == {"Sleep": "/articles/"}
    assert '<a href="/articles/">Clear all</a>' in html


def test_only_what_live_guides_are_filed_under_is_offered(guide, topic, cancer_type, visitor, demo_guide):
    live, waiting, topic_of_nothing = topic("Sleep"), topic("Waiting"), topic("Nothing")
    guide("Live", topics=[live])
    guide("Waits", topics=[waiting], cancer_types=[cancer_type("Lung")], until=Status.DRAFT)
    html = page_at(visitor)
    assert "Sleep" in html
    for name in (waiting.name, topic_of_nothing.name, "Lung", "Invented topic"):
        assert f"<span>{name}</span>" not in html
    assert 'name="cancer"' not in html


def test_a_topic_that_was_asked_for_stays_on_offer_though_nothing_is_filed_there(guide, topic, visitor):
    topic("Nothing"), guide("Something")
    html = page_at(visitor, "?topic=topic-1")
    assert heading_of(html) == "0 guides about “Nothing”"
    assert "No guide is filed under all of these yet." in html
    assert '<a href="/articles/">All guides</a>' in html
    assert 'value="topic-1" checked' in html


def test_there_is_no_filter_for_the_language(guide, visitor):
    guide("Something")
    assert "Language" not in re.sub(r"(?s)<footer.*", "", page_at(visitor)).replace("Plain language", "")


@pytest.mark.parametrize("key", ["topic", "cancer", "audience", "page"])
def test_nonsense_in_the_address_changes_nothing(guide, visitor, key):
    guide("Something")
    typed_by_hand = ("", "-1", "0", "1e9", "9" * 5000, "nowhere", "٣", "\u00b2")
    for typed in (*(text for text in HOSTILE.values() if "\0" not in text), *typed_by_hand):
        response = visitor.get(LIST, {key: typed.encode(errors="surrogatepass")})
        assert response.status_code == 200, typed
        assert titles_in(response.content.decode()) == ["Something"], typed
        assert not live_markup_in(response.content.decode())


def test_hundreds_of_values_are_answered(guide, visitor):
    guide("Something")
    query = "&".join(f"topic=t{n}&audience=a{n}&cancer=c{n}" for n in range(300))
    assert titles_in(page_at(visitor, f"?{query}")) == ["Something"]


def test_the_canonical_address_has_no_filter(guide, topic, visitor):
    guide("Something", topics=[topic("Sleep")])
    assert '<link rel="canonical" href="http://localhost:8000/articles/">' in page_at(
        visitor, "?topic=topic-1"
    )


def test_hostile_names_of_topics_are_shown_as_they_were_typed(guide, topic, cancer_type, visitor):
    for typed in STORABLE.values():
        name = typed[:80]
        guide("Something", topics=[topic(name)], cancer_types=[cancer_type(name)])
        html = page_at(visitor, f"?topic=topic-{Topic.objects.count()}&cancer=type-{Topic.objects.count()}")
        assert not live_markup_in(html)
        assert f"<span>{escape(name)}</span>" in html


# --- Rows ---------------------------------------------------------------------


def test_a_row_says_what_it_is_about_for_whom_how_long_and_who_checked(clock, guide, topic, visitor):
    later, first = topic("Later in the list", position=9), topic("Sleep", position=1)
    guide("Something", topics=[later, first], audience="start_here", body="word " * 700)
    html = page_at(visitor)
    assert '<p class="eyebrow">Sleep</p>' in html
    assert "<span>Start here</span><span>3 minutes</span><span>Checked 21 November 2026</span>" in html


def test_the_day_of_the_check_is_the_day_at_the_site(clock, guide, visitor, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    clock.move_to("2026-11-21T12:00:00Z")
    guide("Something")
    assert "Checked 22 November 2026" in page_at(visitor)


def check_every_three_months(*guides):
    Article.objects.filter(live_revision__in=guides).update(review_months=3)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-02-20", "<span>Checked 21 November 2026</span>"),
        ("2027-02-21", " Check overdue since 21 February 2027</span>"),
        ("2027-05-21", " Check overdue since 21 February 2027</span>"),
        ("2027-05-22", " Treat with caution: check overdue since 21 February 2027</span>"),
    ],
)
def test_an_overdue_check_takes_the_place_of_its_date(clock, guide, visitor, day, words):
    check_every_three_months(guide("Something"))
    clock.move_to(f"{day}T12:00:00Z")
    html = page_at(visitor)
    assert words in html
    assert ("Checked 21" in html) == ("Checked 21" in words)


def test_the_end_of_the_reviewers_credential_brings_the_next_check_forward(
    clock, guide, medical_reviewer, visitor
):
    guide("Something")
    credential = medical_reviewer.credentials.get()
    type(credential).objects.filter(pk=credential.pk).update(expires_on="2026-12-31")
    clock.move_to("2027-04-01T12:00:00Z")
    assert "Check overdue since 1 April 2027" in page_at(visitor)


def test_the_home_page_leaves_out_what_is_long_overdue(clock, guide, visitor, queries):
    old = [guide(f"Old {n}") for n in range(2)]
    [guide(f"Fresh {n}") for n in range(2)]
    check_every_three_months(*old, guide("Old and newest"))
    clock.move_to("2027-05-22T12:00:00Z")
    with queries(3):
        html = visitor.get("/").content.decode()
    assert re.findall(r"Fresh \d", html) == ["Fresh 1", "Fresh 0"]
    assert "Old" not in html
    assert titles_in(page_at(visitor))[0] == "Old and newest"


def test_the_home_page_says_so_when_every_guide_is_long_overdue(clock, guide, visitor):
    check_every_three_months(guide("Old"))
    clock.move_to("2027-05-22T12:00:00Z")
    html = visitor.get("/").content.decode()
    assert "The guides here wait to be checked again." in html
    assert "No guide has been published" not in html


def test_a_guide_of_a_demonstration_was_checked_by_nobody(demo_guide, guide, visitor, settings):
    guide("Real")
    settings.IS_DEMO_SITE = True
    html = page_at(visitor)
    assert titles_in(html) == ["Real", "Demo soup"]
    assert html.count("Not checked by a clinician yet") == 2
    assert "Checked " not in html


def test_the_list_of_a_live_site_holds_no_guide_of_a_demonstration(demo_guide, visitor):
    html = page_at(visitor)
    assert "Demo soup" not in html
    assert "No guide is ready to read yet." in html
    assert 'href="/help-now/"' in html


# --- Pages --------------------------------------------------------------------


@pytest.fixture
def many_guides(guide, topic):
    filed = [topic("Sleep")]
    return [guide(f"Guide {n:02}", topics=filed) for n in range(1, 2 * PAGE_LENGTH + 3)]


def test_pages_are_numbered_and_keep_the_filters(many_guides, visitor):
    html = page_at(visitor, "?topic=topic-1&page=2")
    assert titles_in(html) == [f"Guide {n:02}" for n in range(22, 2, -1)]
    assert "Showing 21 to 40 of 42" in html
    assert 'rel="prev" href="/articles/?topic=topic-1"' in html
    assert 'rel="next" href="/articles/?topic=topic-1&amp;page=3">Next 2 guides<' in html


@pytest.mark.parametrize("number", ["3", "4", "99999", "9" * 30])
def test_past_the_end_stands_the_last_page(many_guides, visitor, queries, number):
    with queries(2 if number == "3" else 3):
        html = page_at(visitor, f"?page={number}")
    assert titles_in(html) == ["Guide 02", "Guide 01"]
    assert "Showing 41 to 42 of 42" in html
    assert 'rel="next"' not in html


def test_the_last_page_may_be_full(guide, visitor):
    for n in range(PAGE_LENGTH):
        guide(f"Guide {n:02}")
    html = page_at(visitor, "?page=7")
    assert titles_in(html) == [f"Guide {n:02}" for n in range(PAGE_LENGTH - 1, -1, -1)]
    assert "Showing" not in html


def test_a_page_past_the_end_of_nothing_says_so(visitor):
    assert "No guide is ready to read yet." in page_at(visitor, "?page=5")


def test_one_and_many_guides_cost_the_same_two_queries(guide, topic, cancer_type, visitor):
    counts = []
    for many in (1, 2, 9):
        for n in range(many):
            name = f"Name {many} {n}"
            guide("Something", topics=[topic(name), topic(f"{name}b")], cancer_types=[cancer_type(name)])
        for query in ("", "?topic=topic-1&topic=topic-2&cancer=type-1&audience=plain"):
            with CaptureQueriesContext(connection) as queries:
                page_at(visitor, query)
            counts.append(len(queries))
    assert set(counts) == {2}


def test_the_list_is_public_sets_no_cookie_and_is_only_read(guide, visitor):
    guide("Something")
    response = visitor.get(f"{LIST}?page=1")
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert visitor.post(LIST).status_code == 405


@pytest.fixture
def two_readers(visitor, caregiver, client_of):
    return [visitor, client_of(caregiver)]


@pytest.mark.parametrize(
    "query", ["", "?topic=topic-1", "?cancer=type-1&topic=topic-1&audience=plain", "?page=2"]
)
def test_the_list_is_made_once_for_visitors_and_once_for_members(
    guide, topic, cancer_type, two_readers, monkeypatch, query
):
    filed = {"topics": [topic("Sleep")], "cancer_types": [cancer_type("Lung")]}
    for number in range(PAGE_LENGTH + 1 if "page" in query else 1):
        guide(f"Soup {number}", **filed)
    before = [page_at(reader, query) for reader in two_readers]
    monkeypatch.setattr(sys.modules["articles.views.article_list"], "render", None)
    assert [page_at(reader, query) for reader in two_readers] == before
    assert all("Soup 0" in page for page in before)
    assert ["My posts" in page for page in before] == [False, True]


@pytest.mark.parametrize("path", [LIST, f"{LIST}?topic=topic-1&audience=plain&page=1", "/"])
@pytest.mark.parametrize("change", ["title", "new guide", "withdrawn"])
def test_whatever_changes_shows_at_once(guide, topic, editor, two_readers, change, path):
    soup = guide("Soup", topics=[topic("Sleep")])
    before = [reader.get(path).text for reader in two_readers]
    {
        "title": lambda: Revision.objects.update(title="Broth"),
        "new guide": lambda: guide("Bread", topics=Topic.objects.all()),
        "withdrawn": lambda: publishing.withdraw(soup, by=editor, note="Wrong"),
    }[change]()
    after = [reader.get(path).text for reader in two_readers]
    (keeping._filtered if "?" in path else keeping._shelf).pages.clear()
    assert after == [reader.get(path).text for reader in two_readers]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_another_name_of_a_filter_shows_at_once(guide, topic, two_readers):
    guide("Soup", topics=[topic("Sleep"), topic("Food")])
    assert all("Food" in page_at(reader) for reader in two_readers)
    Topic.objects.filter(name="Food").update(name="Eating")
    assert not any("Food" in page_at(reader) for reader in two_readers)
