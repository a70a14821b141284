"""Every form and every parameter of every route meets every hostile text, as visitor, member and staff.

Nothing stays: each request is rolled back, with its cookies. `hostile_run()` is the whole of it, for `bench/hostile.py`;
the suite takes a part in which every form, every parameter and every text comes up.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from articles.workflow import Status as ArticleStatus
from cachexia_portal.launch.models import Cause, Doors
from cachexia_portal.outbox.heartbeat import beat
from community.models import HouseRule, Kind
from community.workflow import Status as PostStatus
from tests.crawl import articles, others, posts, words
from tests.crawl.canaries import Aviary
from tests.crawl.crawling import addresses_of
from tests.crawl.people import (
    ADMINISTRATOR,
    AUTHOR,
    EDITOR,
    MEMBER,
    MODERATOR,
    REVIEWER,
    VERIFIER,
    VISITOR,
    clients_of,
    make_people,
)
from tests.crawl.routes import Route, all_routes
from tests.hostile import HOSTILE, UNSTORABLE, form_of, live_markup_in
from tests.hostile_forms.forms import Form, forms_of
from tests.people import asked_once_more

STAFF = (ADMINISTRATOR, EDITOR, MODERATOR, VERIFIER, REVIEWER)
READERS = (VISITOR, AUTHOR)
MEMBERS = (AUTHOR, MEMBER)  # what may be done to one's own words, and to those of somebody else
LOOKED_AT = 12  # of the addresses of one route, the first are looked at for forms
NO_PAGE = 405  # the route takes a POST only
ENDED = ("account_logout", "admin:logout")
#: What any view reads from an address, and what the admin's lists do.
PARAMETERS = (
    *("q", "in", "exactly", "limit", "topic", "cancer", "audience", "page", "show", "before", "after"),
    *("next", "words", "numbers", "line", "findings", "rows", "with", "version", "since", "sent"),
    *(
        "p",
        "o",
        "all",
        "e",
        "_popup",
        "_to_field",
        "_changelist_filters",
        "status",
        "status__exact",
        "pk__in",
    ),
)
WORST = ("closing tag", "attribute break", "nul", "lone surrogate")
IN_TURN = 3  # further texts at each form of the suite: with so many forms, each comes up several times
ROW = re.compile(r"\d+(-[\w-]+)?")
SPACES = re.compile(r"\s+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Fault:
    role: str
    route: str
    what: str
    text: str
    said: str


@dataclass
class Door:
    """One form, where it stands and for whom."""

    role: str
    route: str
    client: Client
    form: Form


def lay_out() -> dict[str, Client]:
    """People and something of everything, made by the ordinary acts."""
    Doors.objects.create(are_open=True, cause=Cause.READY)
    people, aviary = make_people(), Aviary()
    HouseRule.objects.get_or_create(number=1, defaults={"title": "Be kind", "text": "Be kind."})
    thread = posts.first_thread(people, aviary)
    for state in PostStatus:
        posts.plant(people, aviary, Kind.QUESTION, state, thread)
    others.plant_statements(people, aviary)
    posts.plant_report(people, aviary, thread[Kind.ANSWER])
    posts.plant_drafts(people, aviary, thread[Kind.QUESTION])
    posts.plant_clinical_answer(people, aviary, thread[Kind.QUESTION])
    posts.plant_story_without_search_engines(people, aviary)
    posts.plant_hidden(people, aviary, Kind.ANSWER, thread)
    words.plant(people, aviary)
    for state in (ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW, ArticleStatus.PUBLISHED):
        articles.plant(people, aviary, state)
    for plant in others.PLANTED:
        plant(people, aviary)
    beat()
    clients = clients_of(people)
    asked_once_more(clients[ADMINISTRATOR])  # or the forms of the doors stay behind that question
    return clients


def ask(client: Client, method: str, path: str, fields: dict[str, str] | None = None) -> HttpResponse:
    """One request that leaves nothing behind."""
    cookies = deepcopy(client.cookies)
    try:
        with transaction.atomic():
            answer = client.post(path, **form_of(fields or {})) if method == "post" else client.get(path)
            if answer.streaming:
                answer.text_of_stream = b"".join(answer).decode(errors="replace")
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return answer


def text_of(answer: HttpResponse) -> str:
    return answer.text_of_stream if answer.streaming else answer.content.decode(errors="replace")


# --- Forms -------------------------------------------------------------------------


def doors(clients: dict[str, Client]) -> list[Door]:
    """Each form once for a visitor, once for members and once for the staff, whoever of them is shown it."""
    found: dict[tuple, Door] = {}
    for route in all_routes().values():
        readers = [STAFF] if route.pattern.startswith("admin/") else [(VISITOR,), MEMBERS]
        for roles in readers if route.name not in ENDED else []:
            for door in _doors_of(route, roles, clients):
                found.setdefault((roles, _home(door.form.action), door.form.kind), door)
    return list(found.values())


def _doors_of(route: Route, roles: tuple[str, ...], clients: dict[str, Client]) -> Iterator[Door]:
    """The forms of the route's first pages for each of them: one row shows another form than the next."""
    for address in _addresses(route)[:LOOKED_AT]:
        for role in roles:
            answer = ask(clients[role], "get", address)
            if answer.status_code == NO_PAGE:
                return
            if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
                for form in forms_of(text_of(answer), address):
                    yield Door(role, route.name, clients[role], form)


def _addresses(route: Route) -> list[str]:
    return [] if route.name == "admin:autocomplete" else addresses_of(route)


def _home(action: str) -> str:
    """An address without its numbers, its slugs and its query: the same form at another row."""
    return ROW.sub("N", urlsplit(action).path)


def type_into(door: Door, texts: dict[str, str], button: int) -> Iterator[Fault]:
    """Send the form with these texts in these fields, the rest as it stood."""
    form = door.form
    sent = {**form.fields, **texts}
    if form.buttons:
        name, value = form.buttons[button % len(form.buttons)]
        sent |= {name: value} if name else {}
    path = form.action
    if form.method != "post":
        path = f"{urlsplit(path).path}?{urlencode(sent, errors='surrogatepass')}"
    answer = ask(door.client, form.method, path, sent)
    for said in _wrong_with(answer, path, texts, form):
        yield Fault(door.role, door.route, f"{form.action} {sorted(texts)}", next(iter(texts.values())), said)


def _wrong_with(answer: HttpResponse, path: str, texts: dict[str, str], form: Form) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"status {answer.status_code}: {getattr(answer, 'exc_info', None)!r:.300}"
        return
    if "html" not in answer.headers.get("Content-Type", ""):
        return
    page = text_of(answer)
    if live := live_markup_in(page):
        yield f"live markup: {live}"
    yield from _lost(page, path, texts, form)


def _lost(page: str, path: str, texts: dict[str, str], form: Form) -> Iterator[str]:
    """Where the form comes back, each of its fields holds what was typed into it."""
    for again in _come_back(page, path, form):
        for name in set(texts) & again.typed & form.typed:
            if not _holds(again.fields[name], texts[name]):
                yield f"{name} came back as {again.fields[name][:60]!r}"


def _come_back(page: str, path: str, form: Form) -> list[Form]:
    """The form, where the page shows it again: at its own address, or else any like it."""
    like_it = [
        again for again in forms_of(page, path) if again.method == form.method and form.typed & again.typed
    ]
    return [again for again in like_it if again.action == form.action] or like_it


def _holds(shown: str, typed: str) -> bool:
    """But for spaces at its ends, line breaks, and the control characters that no page can hold."""
    plain = [SPACES.sub(" ", CONTROLS.sub("", html.unescape(each))).strip() for each in (shown, typed)]
    return plain[0] == plain[1] or any(typed == HOSTILE[name] for name in UNSTORABLE)


def some_texts(door: Door, turn: int) -> Iterator[Fault]:
    """The worst texts and a few in turn, in all typed fields together; one in all that is only chosen."""
    typed = sorted(door.form.typed)
    chosen = sorted((door.form.chosen | door.form.forgotten) - {"id"})
    names = list(HOSTILE)
    turns = [names[(turn * IN_TURN + step) % len(names)] for step in range(IN_TURN)]
    for at, name in enumerate([*WORST, *turns] if typed else []):
        yield from type_into(door, dict.fromkeys(typed, HOSTILE[name]), turn + at)
    if chosen:
        yield from type_into(door, dict.fromkeys(chosen, HOSTILE[turns[0]]), turn)


# --- Parameters --------------------------------------------------------------------


def some_parameters(clients: dict[str, Client], texts_each: int = 1) -> Iterator[Fault]:
    """All parameters at once at every route, the texts in turn."""
    turn = cycle(HOSTILE.values())
    for route, role, address in _routes(clients):
        for _ in range(texts_each):
            yield from _with(clients[role], route, role, address, dict.fromkeys(PARAMETERS, next(turn)))


def _routes(clients: dict[str, Client]) -> Iterator[tuple[Route, str, str]]:
    for route in all_routes().values():
        if route.name in ENDED:
            continue
        for role in (ADMINISTRATOR, EDITOR) if route.pattern.startswith("admin/") else READERS:
            for address in _addresses(route)[:1]:
                yield route, role, address.partition("?")[0]


def _with(client: Client, route: Route, role: str, address: str, query: dict[str, str]) -> Iterator[Fault]:
    answer = ask(client, "get", f"{address}?{urlencode(query, errors='surrogatepass')}")
    nothing = Form(address, "get")
    for said in _wrong_with(answer, address, {}, nothing):
        yield Fault(role, route.name, f"{address} {sorted(query)}", next(iter(query.values())), said)


def hostile_run(clients: dict[str, Client]) -> Iterator[Fault | None]:
    """The whole: some hours of a quiet machine. None stands for what was in order."""
    for door in doors(clients):
        for name in sorted(door.form.typed | door.form.chosen | door.form.forgotten):
            for text in HOSTILE.values():
                for button in range(max(1, len(door.form.buttons))):
                    yield from _or_none(type_into(door, {name: text}, button))
    for route, role, address in _routes(clients):
        for name in PARAMETERS:
            for text in HOSTILE.values():
                yield from _or_none(_with(clients[role], route, role, address, {name: text}))


def _or_none(faults: Iterator[Fault]) -> list[Fault] | list[None]:
    return list(faults) or [None]
