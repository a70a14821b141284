"""No form and no parameter breaks, reflects markup, or loses what was typed, whatever is typed."""

from __future__ import annotations

import pytest
import time_machine
from django.db import transaction

from community.models import Post
from tests.conftest import MORNING
from tests.crawl.people import AUTHOR, VISITOR
from tests.hostile import HOSTILE
from tests.hostile_forms import run
from tests.hostile_forms.forms import forms_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clients(django_db_setup, django_db_blocker):
    """One site for the whole file, rolled back at its end."""
    with time_machine.travel(MORNING, tick=False), django_db_blocker.unblock(), transaction.atomic():
        try:
            yield run.lay_out()
        finally:
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def doors(clients):
    return run.doors(clients)


def test_the_forms_are_found(doors):
    found = {(door.role, door.route) for door in doors}
    assert {
        (VISITOR, "community:ask_question"),
        (VISITOR, "pages:contact"),
        (VISITOR, "account_login"),
        (AUTHOR, "community:appeal"),
        (AUTHOR, "community:answer_question"),
        (AUTHOR, "community:edit_post"),
        (AUTHOR, "accounts:credential"),
    } <= found
    assert len([door for door in doors if door.role not in run.READERS]) > 20


def test_every_form_takes_every_text(doors):
    assert not [fault for at, door in enumerate(doors) for fault in run.some_texts(door, at)]


def test_every_route_takes_every_parameter(clients):
    assert not list(run.some_parameters(clients))


def test_nothing_of_it_stayed(clients):
    before = Post.objects.count()
    answer = run.ask(
        clients[AUTHOR], "post", "/questions/ask/", {"_do": "send", "body": "B", "shown_as": "name"}
    )
    assert answer.status_code == 302
    assert Post.objects.count() == before


PAGE = """<form method="post" action="/a/"><input name="title" value="a &amp; b"><textarea name="body">
{words}</textarea><select name="why"><option value="x">X<option value="y" selected>Y</select>
<input type="hidden" name="seen" value="3"><button name="send" value="1">Send</button></form>"""


def test_a_form_is_read_as_a_browser_reads_it():
    (form,) = forms_of(PAGE.format(words="two\n lines"), "/here/")
    assert (form.action, form.method) == ("/a/", "post")
    assert form.fields == {"title": "a & b", "body": "two\n lines", "why": "y", "seen": "3"}
    assert (form.typed, form.chosen) == ({"title", "body"}, {"why", "seen"})
    assert form.buttons == [("send", "1")]


class Answer:
    """What a broken site would say."""

    streaming, headers = False, {"Content-Type": "text/html"}

    def __init__(self, html: str, status: int = 200) -> None:
        self.content, self.status_code = html.encode(), status


@pytest.mark.parametrize(
    ("html", "status", "said"),
    [
        (PAGE.format(words="other words"), 200, "body came back as 'other words'"),
        (PAGE.format(words=""), 200, "body came back as ''"),
        (f"<p>{HOSTILE['script']}</p>", 404, "live markup"),
        ("<p>Sorry</p>", 503, "status 503"),
    ],
)
def test_a_fault_is_seen(html, status, said):
    (form,) = forms_of(PAGE.format(words=""), "/a/")
    faults = list(run._wrong_with(Answer(html, status), "/a/", {"body": HOSTILE["emoji"]}, form))
    assert said in "\n".join(faults)


def test_what_came_back_whole_is_no_fault():
    (form,) = forms_of(PAGE.format(words=""), "/a/")
    answer = Answer(PAGE.format(words=HOSTILE["emoji"]))
    assert not list(run._wrong_with(answer, "/a/", {"body": HOSTILE["emoji"]}, form))
