"""Nothing unreviewed is public, and nothing private is seen by the wrong people, on any route."""

from __future__ import annotations

import pytest
import time_machine
from django.db import transaction

from articles.workflow import Status as ArticleStatus
from community.workflow import Status as PostStatus
from tests.conftest import MORNING
from tests.crawl import articles, posts, searching
from tests.crawl.crawling import Crawl, crawl_everything
from tests.crawl.people import EVERYBODY
from tests.crawl.routes import all_routes
from tests.crawl.table import OPEN_TO, PUBLIC_PAGES, open_to

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def crawl(django_db_setup, django_db_blocker) -> Crawl:
    """One crawl for the whole file, rolled back at its end."""
    with (
        time_machine.travel(MORNING, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        try:
            yield crawl_everything()
        finally:
            transaction.set_rollback(True)


def test_every_state_of_an_article_has_its_case():
    assert set(articles.STATES) == set(ArticleStatus)


def test_every_state_of_a_post_has_its_case():
    assert set(posts.STATES) == set(PostStatus)


def test_every_route_stands_in_the_table():
    assert not [name for name in all_routes() if open_to(name) is None]


def test_the_table_names_no_route_that_is_gone():
    assert not [name for name in OPEN_TO if name not in all_routes()]


def test_every_route_was_asked_at_a_real_address(crawl):
    never = {"admin:autocomplete"}  # no form completes as one types
    assert {route for route, _, _ in crawl.answers} == set(all_routes()) - never
    assert not {path for _, path, _ in crawl.answers if "<" in path}


def test_each_route_answers_those_it_is_open_to_and_nobody_else(crawl):
    wrong = {
        name: {"expected": sorted(wanted), "found": sorted(found)}
        for name in all_routes()
        if (wanted := open_to(name)) is not None and (found := crawl.readers_of(name)) != wanted
    }
    assert not wrong


def test_no_answer_is_an_error(crawl):
    assert not {key: answer.text[:300] for key, answer in crawl.answers.items() if answer.status >= 500}


def test_no_canary_is_seen_where_it_should_not_be(crawl):
    leaks = {
        (canary.text, route, role)
        for canary in crawl.aviary.canaries
        for route, role in crawl.sightings[canary.text]
        if not canary.is_allowed(route, role)
    }
    assert not leaks


def test_every_canary_is_seen_where_it_must_be(crawl):
    missing = {
        (canary.text, route, role)
        for canary in crawl.aviary.canaries
        for route, roles in canary.must
        for role in roles
        if (route, role) not in crawl.sightings[canary.text]
    }
    assert not missing


def test_every_public_page_was_read_by_everybody(crawl):
    for name in PUBLIC_PAGES:
        assert crawl.readers_of(name) == EVERYBODY, name


def test_nothing_that_may_not_be_read_is_found_by_its_own_words(crawl):
    leaks = {
        (canary.text, role)
        for canary in crawl.aviary.canaries
        for role in crawl.finders[canary.text]
        if not canary.is_allowed(searching.ROUTE, role)
    }
    assert not leaks


@pytest.mark.parametrize("public", ["first question title", "first question body", "article published body"])
def test_what_everybody_may_read_is_found_by_everybody(crawl, public):
    assert crawl.finders[f"q{public.replace(' ', '')}q"] == set(searching.SEARCHERS)


def test_unpublished_things_change_no_public_page(crawl):
    after = {(path, role): answer for (_, path, role), answer in crawl.answers.items()}
    changed = {key[1:] for key, answer in crawl.before.items() if after[key[1:]] != answer}
    assert crawl.before
    assert not changed


def test_reading_public_pages_writes_nothing(crawl):
    assert crawl.read_with
    assert not [
        sql for sql in crawl.read_with if not sql.lstrip("(").startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
