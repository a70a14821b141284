"""Knock at every door as everybody, and keep what was answered."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from articles.models import Article, Diagnostic, Figure, HealthWording, OldAddress, Topic, WaitingUpload
from articles.workflow import Status as ArticleStatus
from cachexia_portal.accounts import mail_choices
from cachexia_portal.accounts.models import MailKind, Member
from cachexia_portal.accounts.revealing import REVEAL, Revealing
from cachexia_portal.help.health_pages import health_pages
from cachexia_portal.help.models import HelpLine
from cachexia_portal.launch.models import Cause, Doors
from cachexia_portal.outbox.heartbeat import beat
from cachexia_portal.pages.staff_guides import reading as staff_guides
from community.models import Decision, Draft, HouseRule, Kind, Post, ReviewItem
from community.workflow import Status as PostStatus
from tests.crawl import articles, others, posts, searching, words
from tests.crawl.canaries import Aviary
from tests.crawl.people import STAFF, VISITOR, clients_of, make_people
from tests.crawl.routes import Route, all_routes
from tests.people import asked_once_more

# A superseded text stands behind a newer one, which is public.
PUBLIC_POSTS = (PostStatus.APPROVED, PostStatus.SUPERSEDED)
# A withdrawn guide tells publicly why it went, and nothing else.
PUBLIC_ARTICLES = (ArticleStatus.PUBLISHED, ArticleStatus.SUPERSEDED, ArticleStatus.WITHDRAWN)
SHOW_WORDS = {"change", "history", "preview", "compare"}  # the others take a POST, ask, or send on
OBJECT_ID = re.compile(r"<\w+:object_id>")
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
    read_with: list[str] = field(default_factory=list)
    before: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    finders: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def sightings(self) -> dict[str, set[tuple[str, str]]]:
        """Canary → (route, role) wherever it stood. Many answers are alike: each text is searched once."""
        places: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for (route, _, role), answer in self.answers.items():
            places[answer.text.lower()].add((route, role))
        return {
            canary.text: set().union(*(where for text, where in places.items() if canary.text in text))
            for canary in self.aviary.canaries
        }

    def readers_of(self, route: str) -> set[str]:
        """Who got a page, at any address of the route."""
        return {
            role for (name, _, role), answer in self.answers.items() if name == route and answer.status == 200
        }


def crawl_everything() -> Crawl:
    """Lay out what is public and look; then add what is not, and look again."""
    crawl = Crawl()
    Doors.objects.create(are_open=True, cause=Cause.READY)
    people = make_people()
    others.plant_anonymous_writer(people, crawl.aviary)
    others.plant_author(people, crawl.aviary)
    others.plant_statements(people, crawl.aviary)
    HouseRule.objects.get_or_create(number=1, defaults={"title": "Be kind", "text": "Be kind."})
    thread = posts.first_thread(people, crawl.aviary)
    posts.plant_anonymous_question(people, crawl.aviary)
    for state in PUBLIC_POSTS:
        for kind in posts.KINDS:
            posts.plant(people, crawl.aviary, kind, state, thread)
    posts.plant_covered(people, crawl.aviary, thread)
    posts.plant_story_without_search_engines(people, crawl.aviary)
    words.plant(people, crawl.aviary)
    for state in PUBLIC_ARTICLES:
        articles.plant(people, crawl.aviary, state)
    articles.plant_quoting(people, crawl.aviary)
    beat()
    clients = clients_of(people)
    public = sorted(addresses_of_public_pages())
    with CaptureQueriesContext(connection) as seen:
        for path in public:
            _ask(clients[VISITOR], path)
    crawl.read_with = [query["sql"] for query in seen.captured_queries]
    crawl.before = {("", path, role): _ask(clients[role], path) for path in public for role in clients}
    _plant_what_is_not_public(people, crawl.aviary, thread)
    crawl.answers = {
        (route.name, path, role): _ask(client, path)
        for route in all_routes().values()
        for at, path in enumerate(addresses_of(route))
        for role, client in clients.items()
        if at == 0 or not _is_outside(route, role)
    }
    crawl.answers |= _uncovered(clients)
    crawl.finders = searching.finders(crawl.aviary, clients)
    return crawl


def _uncovered(clients: dict[str, Client]) -> dict[tuple[str, str, str], Answer]:
    """What staff pages show only by a link of their own, to somebody who was just asked who they are."""
    covering = [
        model for model, its_admin in admin.site._registry.items() if isinstance(its_admin, Revealing)
    ]
    routes = [
        all_routes()[f"admin:{model._meta.app_label}_{model._meta.model_name}_change"] for model in covering
    ]
    staff = {role: asked_once_more(clients[role]) for role in STAFF}
    return {
        (route.name, f"{path}?{REVEAL}=1", role): _ask(client, f"{path}?{REVEAL}=1")
        for route in routes
        for path in addresses_of(route)
        for role, client in staff.items()
    }


def _is_outside(route: Route, role: str) -> bool:
    """Who is not staff is sent away before a row is looked at: one address of each route shows that."""
    return route.pattern.startswith("admin/") and role not in STAFF


def _plant_what_is_not_public(people, aviary: Aviary, thread: dict[str, Post]) -> None:
    for kind in posts.KINDS:
        for state in (state for state in posts.STATES if state not in PUBLIC_POSTS):
            posts.plant(people, aviary, kind, state, thread)
        posts.plant_hidden(people, aviary, kind, thread)
    posts.plant_consents(people, aviary)
    posts.plant_report(people, aviary, thread[Kind.ANSWER])
    posts.plant_drafts(people, aviary, thread[Kind.QUESTION])
    posts.plant_clinical_answer(people, aviary, thread[Kind.QUESTION])
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
    if route.name in ARGUMENTS:
        return [reverse(route.name, kwargs=arguments) for arguments in ARGUMENTS[route.name]()]
    if route.name in QUERIES:
        return [f"{reverse(route.name)}?{urlencode(query)}" for query in QUERIES[route.name]()]
    if "object_id" in route.parameters:
        path = "/" + route.pattern
        return [OBJECT_ID.sub(str(pk), path) for pk in _keys_of_model(route.pattern)]
    if route.parameters:
        return ["/" + route.pattern.replace("(?P<url>.*)$", "nothing-here")]
    return [reverse(route.name)]


def _keys_of_model(pattern: str) -> list:
    """admin/<app>/<model>/… → the keys of its rows; of pages and rows that are all alike a few."""
    app, model, act = pattern.split("/")[1], pattern.split("/")[2], pattern.rstrip("/").split("/")[-1]
    newest_first = apps.get_model(app, model)._base_manager.order_by("-pk").values_list("pk", flat=True)
    if act == "change" and f"{app}_{model}" not in {"events_event", "outbox_mail"}:
        return list(newest_first)
    return list(newest_first[: 3 if act in SHOW_WORDS else 1])


def _question_addresses() -> list[dict]:
    """With the right slug, and for what is not public with a made-up one."""
    public = set(Post.objects.visible_to(AnonymousUser()).values_list("pk", flat=True))
    every = Post.objects.select_related("published_revision")
    return [{"pk": post.pk, "slug": post.slug if post.pk in public else "x"} for post in every]


def _reply_addresses() -> list[dict]:
    """Under every answer, and under posts that take no reply."""
    public = set(Post.objects.visible_to(AnonymousUser()).values_list("pk", flat=True))
    every = Post.objects.select_related("published_revision", "question__published_revision")
    return [
        {
            "pk": post.question_id or post.pk,
            "slug": post.question.slug if post.question and post.pk in public else "x",
            "answer_pk": post.pk,
        }
        for post in every
    ]


def _articles() -> list[dict]:
    """Under every address a guide has and had."""
    slugs = [model.objects.values_list("slug", flat=True) for model in (Article, OldAddress)]
    return [{"slug": slug} for slug in chain(*slugs)]


def _posts() -> list[dict]:
    return [{"pk": pk} for pk in Post.objects.values_list("pk", flat=True)]


def _findings() -> list[dict]:
    finding = Diagnostic.objects.first()
    return [{"object_id": finding.document_id, "finding_id": finding.pk}]


def _choices_by_typing() -> list[dict]:
    """Every field that any admin form completes as one types, asked for everything."""
    return [
        {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": name,
            "term": "",
        }
        for model, staff_page in admin.site._registry.items()
        for inside in (staff_page, *(inline(model, admin.site) for inline in staff_page.inlines))
        for model in [inside.model]
        for name in inside.autocomplete_fields
    ]


DESK_ACTS = ("claim", "release", "take_over", "renew", "hide", "restore", "news")


def _items() -> list[dict]:
    return list(ReviewItem.objects.order_by("-pk").values("pk"))


QUERIES = {"admin:autocomplete": _choices_by_typing, searching.ROUTE: lambda: searching.QUERIES}
ARGUMENTS = {
    "accounts:stop_mails": lambda: [
        {"token": mail_choices.stop_path(member, MailKind.DECISIONS).split("/")[-2]}
        for member in Member.objects.order_by("pk")[:1]
    ],
    "articles:article": _articles,
    "articles:article_print": _articles,
    "articles:changes": _articles,
    "articles:topic": lambda: [{"slug": slug} for slug in Topic.objects.values_list("slug", flat=True)],
    "articles:figure": lambda: [{"name": name} for name in Figure.objects.values_list("file", flat=True)],
    "community:question": _question_addresses,
    "community:answer_question": _question_addresses,
    "community:reply": _reply_addresses,
    "community:edit_post": _posts,
    "community:delete_draft": lambda: list(Draft.objects.values("pk")),
    "community:my_post": _posts,
    "community:mark": _posts,
    "community:story": _question_addresses,
    "community:thank": _posts,
    "community:withdraw_post": _posts,
    "community:show_without_name": _posts,
    "community:forget_in_search": _posts,
    "community:appeal": _posts,
    "community:change_consent": _posts,
    "community:renew_consent": _posts,
    **{f"admin:community_reviewitem_{act}": _items for act in DESK_ACTS},
    "admin:community_reviewitem_undo": lambda: list(Decision.objects.order_by("-pk").values("pk")[:3]),
    "community:report": lambda: list(Post.objects.values("kind", "pk")),
    "admin:articles_sourcedocument_waiting": lambda: [
        {"upload_id": pk} for pk in WaitingUpload.objects.values_list("pk", flat=True)
    ],
    "admin:articles_healthwording_act": lambda: [
        {"object_id": HealthWording.objects.first().pk, "act": act} for act in ("approve", "take-back")
    ],
    "admin:launch_doors_confirm": lambda: [
        {"what": what} for what in ("house_rules", "mission", "backup_restored")
    ],
    "admin:help_fixedpageapproval_read": lambda: [{"name": name} for name in health_pages()],
    "admin:help_helpline_act": lambda: [{"pk": HelpLine.objects.first().pk, "act": "check"}],
    "admin:articles_sourcedocument_resolve": _findings,
    "admin:articles_sourcedocument_reopen": _findings,
    "admin:app_list": lambda: [
        {"app_label": label} for label in sorted({m._meta.app_label for m in admin.site._registry})
    ],
    "outbox:came_back": lambda: [{"provider": "postmark"}],
    "staff_guides:guide": lambda: [{"name": name} for name in staff_guides.NAMES],
    "accounts:first_administrator": lambda: [{"token": "no-such-token"}],
    "mfa_edit_webauthn": lambda: [{"pk": 1}],
    "mfa_remove_webauthn": lambda: [{"pk": 1}],
    "account_reset_password_from_key": lambda: [{"uidb36": "1", "key": "set-password"}],
}


def _ask(client, path: str) -> Answer:
    """What stands in the answer, the address it sends on to included; an error says which it was."""
    response = client.get(path)
    if getattr(response, "exc_info", None):
        return Answer(500, repr(response.exc_info[1]))
    body = b"".join(response) if response.streaming else response.content
    text = f"{response.headers.get('Location', '')}\n{body.decode(errors='replace')}"
    return Answer(response.status_code, TOKEN.sub("", text))
