"""Knock at every door as everybody, and keep what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.contrib import admin
from django.urls import reverse

from articles.workflow import Status as ArticleStatus
from community.models import HouseRule, Post
from community.workflow import Status as PostStatus
from tests.crawl import articles, others, posts
from tests.crawl.canaries import Aviary
from tests.crawl.people import clients_of, make_people
from tests.crawl.routes import Route, all_routes

# A superseded text stands behind a newer one, which is public.
PUBLIC_POSTS = (PostStatus.APPROVED, PostStatus.SUPERSEDED)
PUBLIC_ARTICLES = (ArticleStatus.PUBLISHED, ArticleStatus.SUPERSEDED)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass
class Crawl:
    """Everything that was answered: (route, address, role) → answer."""

    aviary: Aviary = field(default_factory=Aviary)
    answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    before: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    def seen_by(self, text: str) -> set[tuple[str, str]]:
        """(route, role) wherever the text stood."""
        return {
            (route, role) for (route, _, role), answer in self.answers.items() if text in answer.text.lower()
        }

    def readers_of(self, route: str) -> set[str]:
        """Who got a page, at any address of the route."""
        return {
            role for (name, _, role), answer in self.answers.items() if name == route and answer.status == 200
        }


def crawl_everything() -> Crawl:
    """Lay out what is public and look; then add what is not, and look again."""
    crawl = Crawl()
    people = make_people()
    others.plant_anonymous_writer(people, crawl.aviary)
    HouseRule.objects.get_or_create(number=1, defaults={"title": "Be kind", "text": "Be kind."})
    question = posts.first_question(people, crawl.aviary)
    posts.plant_anonymous_question(people, crawl.aviary)
    for state in PUBLIC_POSTS:
        for kind in posts.KINDS:
            posts.plant(people, crawl.aviary, kind, state, question)
    for state in PUBLIC_ARTICLES:
        articles.plant(people, crawl.aviary, state)
    clients = clients_of(people)
    public = sorted(addresses_of_public_pages())
    crawl.before = {("", path, role): _ask(clients[role], path) for path in public for role in clients}
    _plant_what_is_not_public(people, crawl.aviary, question)
    crawl.answers = {
        (route.name, path, role): _ask(client, path)
        for route in all_routes().values()
        for path in addresses_of(route)
        for role, client in clients.items()
    }
    return crawl


def _plant_what_is_not_public(people, aviary: Aviary, question: Post) -> None:
    for kind in posts.KINDS:
        for state in (state for state in posts.STATES if state not in PUBLIC_POSTS):
            posts.plant(people, aviary, kind, state, question)
        posts.plant_hidden(people, aviary, kind, question)
    for state in (state for state in articles.STATES if state not in PUBLIC_ARTICLES):
        articles.plant(people, aviary, state)
    for plant in others.PLANTED:
        plant(people, aviary)


def addresses_of_public_pages() -> set[str]:
    """Pages whose bytes may not change when something unpublished is added."""
    from tests.crawl.table import PUBLIC_PAGES

    routes = all_routes()
    return {path for name in PUBLIC_PAGES for path in addresses_of(routes[name])}


def addresses_of(route: Route) -> list[str]:
    """One address for each thing that could stand there."""
    if not route.parameters:
        return [_reverse(route)]
    if route.name in ARGUMENTS:
        return [reverse(route.name, kwargs=arguments) for arguments in ARGUMENTS[route.name]()]
    if route.name.startswith("admin:") and "object_id" in route.parameters:
        model = _model_of(route.name)
        return [reverse(route.name, args=[pk]) for pk in model._base_manager.values_list("pk", flat=True)]
    return []


def _reverse(route: Route) -> str:
    return "/" + route.pattern if "/" in route.name or not route.name else reverse(route.name)


def _model_of(name: str):
    label = name.removeprefix("admin:").rpartition("_")[0]
    return next(m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == label)


def _question_addresses() -> list[dict]:
    """With the right slug, and for what is not public with a made-up one."""
    every = Post.objects.select_related("published_revision")
    return [{"pk": post.pk, "slug": post.slug if post.published_revision else "x"} for post in every]


def _articles() -> list[dict]:
    from articles.models import Article

    return [{"slug": slug} for slug in Article.objects.values_list("slug", flat=True)]


def _posts() -> list[dict]:
    return [{"pk": pk} for pk in Post.objects.values_list("pk", flat=True)]


ARGUMENTS = {
    "articles:article": _articles,
    "community:question": _question_addresses,
    "community:answer_question": _question_addresses,
    "community:my_post": _posts,
    "community:withdraw_post": _posts,
    "admin:app_list": lambda: [
        {"app_label": label} for label in sorted({m._meta.app_label for m in admin.site._registry})
    ],
    "account_confirm_email": lambda: [{"key": "nosuchkey"}],
    "account_reset_password_from_key": lambda: [{"uidb36": "1", "key": "set-password"}],
}


def _ask(client, path: str) -> Answer:
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    text = f"{response.headers.get('Location', '')}\n{body.decode(errors='replace')}"
    return Answer(response.status_code, TOKEN.sub("", text))
