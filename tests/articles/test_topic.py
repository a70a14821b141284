"""The page of a topic: what it is, once checked, and its guides."""

from __future__ import annotations

import pytest

from articles import explaining
from articles.demo import show_as_demo
from articles.models import Article, Revision, Topic
from articles.views.topic import PAGE_LENGTH

pytestmark = pytest.mark.django_db


def storable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\x00", "")


@pytest.fixture
def topic():
    return Topic.objects.create(slug="soup", name="Soup & bread", fields=["nutrition"])


@pytest.fixture
def wording(topic, editor):
    return explaining.begin(topic, "All about soup.", "It may be hot.", by=editor)


def page_of(visitor, slug="soup") -> str:
    response = visitor.get(f"/topics/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def publish_about(publish_another, topic):
    """`publish_about(title=…)`: a live guide about the topic."""

    def publish(**fields) -> Revision:
        revision = publish_another(**fields)
        Revision.topics.through.objects.create(revision=revision, topic=topic)
        return revision

    return publish


def test_a_topic_shows_its_name_and_help_before_all_else(visitor, wording):
    page = page_of(visitor)
    assert "<h1>Soup &amp; bread</h1>" in page
    assert page.index('<p><a href="/help-now/">When to get help</a></p>') < page.index("Guides about it")


def test_its_guides_are_not_filed_under_another_topic(visitor, publish_about):
    first = Topic.objects.create(slug="bowls", name="Bowls", position=0)
    publish_about(title="A guide to spoons").topics.add(first)
    page = page_of(visitor)
    assert "A guide to spoons" in page
    assert '<p class="eyebrow">' not in page


def test_a_draft_of_its_description_is_not_shown(visitor, wording):
    page = page_of(visitor)
    assert "Its description has not been checked yet." in page
    assert "All about soup." not in page
    assert "It may be hot." not in page


def test_a_checked_description_is_shown(visitor, wording, medical_reviewer):
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    page = page_of(visitor)
    assert "All about soup." in page
    assert "It may be hot." in page


def test_a_demonstration_shows_the_demo_description_unless_a_real_one_is_checked(
    visitor, wording, editor, medical_reviewer, settings
):
    settings.IS_DEMO_SITE = True
    explaining.show_as_demo(wording)
    assert "All about soup." in page_of(visitor)
    explaining.rewrite(wording, text="Only broth.", by=editor, seen_version=1)
    explaining.approve(wording, by=medical_reviewer, seen_version=2)
    assert "Only broth." in page_of(visitor)
    assert "All about soup." not in page_of(visitor)


def test_only_live_guides_about_it_are_listed(visitor, publish_about, publish_another, make_draft, topic):
    publish_about(title="Soup for slow days")
    publish_another(title="Bread for all days")
    waiting = make_draft(title="Soup that waits")
    Revision.topics.through.objects.create(revision=waiting, topic=topic)
    page = page_of(visitor)
    assert "Soup for slow days" in page
    assert "Bread for all days" not in page
    assert "Soup that waits" not in page


def test_a_guide_of_a_demonstration_is_not_listed_on_a_live_site(visitor, topic, make_draft, settings):
    settings.IS_DEMO_SITE = True
    draft = make_draft(title="Invented soup")
    draft.topics.add(topic)
    show_as_demo(draft.article, draft)
    assert "Invented soup" in page_of(visitor)
    settings.IS_DEMO_SITE = False
    assert "Invented soup" not in page_of(visitor)


def test_a_topic_without_guides_says_so(visitor, topic):
    page = page_of(visitor)
    assert "There is no guide about this yet." in page
    assert '<a href="/articles/">All guides</a>' in page


def test_more_guides_than_a_page_holds_are_one_link_away(visitor, publish_about, topic):
    for _each in range(PAGE_LENGTH):
        publish_about()
    assert "/articles/?topic=soup" not in page_of(visitor)
    publish_about(title="One more")
    page = page_of(visitor)
    assert '<a href="/articles/?topic=soup">All guides about it</a>' in page
    assert "One more" in page


def test_a_topic_that_is_not_there_is_not_found(visitor):
    assert visitor.get("/topics/nothing/").status_code == 404


def test_the_page_asks_three_queries_however_many_guides(visitor, queries, publish_about, wording):
    for _round in range(2):
        publish_about()
        with queries(3):
            page_of(visitor)
    assert Article.objects.count() == 2


def test_hostile_names_are_shown_safely(visitor, topic, hostile):
    Topic.objects.filter(pk=topic.pk).update(name=storable(hostile)[:80])
    page = page_of(visitor)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_topic_leads_on_to_what_caregivers_say_of_it(visitor, topic):
    page = page_of(visitor)
    assert '<a class="door" href="/questions/?topic=soup">' in page
    assert '<a class="door" href="/questions/ask/">' in page
