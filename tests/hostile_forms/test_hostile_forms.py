"""No form and no parameter breaks, reflects markup, or loses what was typed, whatever is typed."""

from __future__ import annotations

import pytest

from community.models import Post
from tests.crawl.people import (
    ADMINISTRATOR,
    AUTHOR,
    EDITOR,
    MEMBER,
    MODERATOR,
    REVIEWER,
    VERIFIER,
    VISITOR,
)
from tests.hostile import HOSTILE
from tests.hostile_forms import run
from tests.hostile_forms.forms import forms_of

pytestmark = pytest.mark.django_db


def test_the_forms_are_found(doors):
    found = {(door.role, run._home(door.form.action)) for door in doors if door.form.typed}
    assert {
        (VISITOR, "/questions/ask/"),
        (VISITOR, "/contact/"),
        (VISITOR, "/accounts/login/"),
        (AUTHOR, "/me/posts/N/appeal/"),
        (AUTHOR, "/questions/N/answer/"),
        (AUTHOR, "/me/posts/N/edit/"),
        (AUTHOR, "/me/credential/"),
        (MEMBER, "/report/answer/N/"),
    } <= found
    assert {
        (ADMINISTRATOR, "/admin/launch/doors/move/"),
        (EDITOR, "/admin/articles/revision/N/change/"),
        (EDITOR, "/admin/articles/revision/N/move/"),
        (REVIEWER, "/admin/articles/revision/N/move/"),
        (MODERATOR, "/admin/community/reviewitem/N/hide/"),
        (VERIFIER, "/admin/accounts/credential/N/change/"),
    } <= found
    assert len([door for door in doors if door.role in run.STAFF]) > 60


def test_what_is_only_chosen_is_found_too(doors):
    found = {(door.role, run._home(door.form.action)) for door in doors if door.form.chosen}
    assert {
        (AUTHOR, "/me/posts/N/consent/"),
        (ADMINISTRATOR, "/admin/launch/doors/confirm/house_rules/"),
        (REVIEWER, "/admin/articles/healthwording/N/approve/now/"),
    } <= found


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


def test_a_row_that_a_script_copies_is_not_filled_in():
    row = '<input name="r-{0}-title"><textarea name="r-{0}-note">words</textarea><input name="r-{0}-id" type="hidden">'
    page = f"<form>{row.format(0)}{row.format('__prefix__')}<input name='last'></form>"
    (form,) = forms_of(page, "/here/")
    assert form.fields == {"r-0-title": "", "r-0-note": "words", "r-0-id": "", "last": ""}


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
