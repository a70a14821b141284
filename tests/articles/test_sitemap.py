"""The sitemap: what search engines may know of, and nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from articles.models import Article, Revision, Topic
from articles.workflow import Status

pytestmark = pytest.mark.django_db
SITEMAP = "/sitemap.xml"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://localhost:8000"


def addresses(client) -> dict[str, str | None]:
    """Path → when it changed."""
    response = client.get(SITEMAP)
    assert response.status_code == 200
    root = ElementTree.fromstring(response.content)
    found = {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in root}
    assert all(address.startswith(f"{SITE}/") for address in found)
    return {address.removeprefix(SITE): changed for address, changed in found.items()}


def test_it_names_the_fixed_pages_and_each_opens(visitor):
    found = addresses(visitor)
    assert {"/", "/help-now/", "/about/mission/", "/about/young-carers/", "/articles/", "/glossary/"} <= set(
        found
    )
    for path in found:
        response = visitor.get(path)
        assert response.status_code == 200, path
        assert b'content="noindex"' not in response.content, path


def test_a_guide_stands_there_with_the_day_it_was_published(clock, publish_another, visitor):
    clock.move_to("2027-01-03T12:00:00Z")
    guide = publish_another()
    assert addresses(visitor)[guide.article.get_absolute_url()] == "2027-01-03T12:00:00+00:00"


def test_what_may_not_be_read_does_not_stand_there(draft, visitor, editor, client_of):
    for client in (visitor, client_of(editor)):
        assert draft.article.get_absolute_url() not in addresses(client)


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_invented_guides_stand_there_on_a_demonstration_only(draft, visitor, settings, is_demo_site):
    Revision.objects.filter(pk=draft.pk).update(
        is_demo=True, status=Status.PUBLISHED, published_at=draft.created_at
    )
    Article.objects.filter(pk=draft.article_id).update(live_revision=draft)
    settings.IS_DEMO_SITE = is_demo_site
    assert (draft.article.get_absolute_url() in addresses(visitor)) == is_demo_site


def test_a_topic_stands_there_once_something_can_be_read_under_it(published, draft, visitor):
    read, empty = (Topic.objects.create(slug=slug, name=slug) for slug in ("sleep", "soup"))
    published.topics.add(read)
    Topic.objects.create(slug="nothing", name="nothing")
    waiting = Revision.objects.create(
        article=Article.objects.create(slug="waits"), number=1, title="Waits", content_hash="0" * 64
    )
    waiting.topics.add(empty)
    assert [path for path in addresses(visitor) if path.startswith("/topics/")] == ["/topics/sleep/"]


def test_personal_pages_do_not_stand_there(visitor):
    robots = visitor.get("/robots.txt").content.decode()
    hidden = re.findall(r"Disallow: (\S+)", robots)
    assert hidden
    assert not [path for path in addresses(visitor) for start in hidden if path.startswith(start)]


def test_one_and_many_guides_cost_three_queries(publish_another, visitor, queries):
    for many in (1, 4):
        for _ in range(many):
            revision = publish_another()
            revision.topics.add(Topic.objects.create(slug=revision.article.slug, name="A topic"))
        with queries(3):  # guides, topics, questions and stories
            visitor.get(SITEMAP)


def test_it_is_public_sets_no_cookie_and_is_only_read(visitor):
    response = visitor.get(SITEMAP, headers={"host": "127.0.0.1"})
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert "127.0.0.1" not in response.content.decode()
    assert not response.cookies
    assert visitor.post(SITEMAP).status_code == 405
