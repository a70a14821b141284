"""Saved replies: what comes with the repository, who rewords them, and that staff's own stay."""

from __future__ import annotations

import pytest

from cachexia_portal.pages.models import StarterRow
from cachexia_portal.pages.starter import Starter, lay_down
from community.models import CannedReply
from community.starter_replies import starter_replies

pytestmark = pytest.mark.django_db
LIST = "/admin/community/cannedreply/"


def lay() -> int:
    return lay_down(Starter(*row) for row in starter_replies())


def test_eight_replies_in_their_order():
    assert lay() == 8
    assert [reply.position for reply in CannedReply.objects.in_use()] == list(range(1, 9))
    assert all("!" not in reply.text for reply in CannedReply.objects.all())


def test_what_staff_changed_or_wrote_first_is_left_alone():
    CannedReply.objects.create(title="Unkind to somebody", text="Ours")
    lay()
    CannedReply.objects.filter(title="Selling or collecting").update(title="Ours too", text="Changed")

    assert lay() == 0
    assert CannedReply.objects.get(title="Unkind to somebody").text == "Ours"
    assert not CannedReply.objects.filter(title="Selling or collecting").exists()
    assert StarterRow.objects.filter(key__startswith="canned_reply.").count() == 8


def test_administrators_write_them_and_moderators_read_them(client, client_of, administrator, saved_reply):
    page = f"{LIST}{saved_reply.pk}/change/"
    sent = {"title": "Reworded", "text": "Words", "position": 2, "is_active": "on"}
    assert client.get(page).status_code == 200
    assert client.post(page, sent).status_code == 403
    assert client.get(LIST + "add/").status_code == 403

    admin = client_of(administrator)
    assert f'href="{LIST}"' in admin.get("/admin/").content.decode()
    assert admin.post(page, sent).status_code == 302
    assert admin.post(LIST + "add/", {**sent, "title": "New"}).status_code == 302
    assert admin.get(f"{LIST}{saved_reply.pk}/delete/").status_code == 403
    assert sorted(reply.title for reply in CannedReply.objects.all()) == ["New", "Reworded"]


def test_editors_have_no_saved_replies(client_of, editor, saved_reply):
    assert client_of(editor).get(LIST).status_code in (403, 404)
