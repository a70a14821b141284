"""Pictures of guides: who gets them, and how they are sent."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles import publishing
from articles.models import Figure, Revision, Rights
from articles.workflow import Status

pytestmark = pytest.mark.django_db
ADDRESS = "/media/ab12.webp"


@pytest.fixture
def picture():
    default_storage.save("ab12.webp", ContentFile(b"a picture"))
    return {"file": "ab12.webp", "width": 8, "height": 6, "alt": "A blue cup", "rights": Rights.OWN}


@pytest.fixture
def draft(make_draft, picture):
    return make_draft(body="See.\n\n::figure 1", references=[Figure(**picture)])


def answer_of(client):
    return client.get(ADDRESS)


def test_a_picture_is_read_while_a_live_guide_shows_it(published, visitor):
    response = answer_of(visitor)
    assert response.content == b"a picture"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert ADDRESS in visitor.get(published.article.get_absolute_url()).content.decode()


def test_a_picture_that_is_gone_from_the_site_is_gone_at_once(published, editor, visitor):
    assert "s-maxage=1" in answer_of(visitor)["Cache-Control"]
    publishing.withdraw(published, by=editor, note="Wrong")
    assert answer_of(visitor).status_code == 404


def test_the_picture_of_a_draft_is_for_staff_who_read_drafts(draft, visitor, caregiver, editor, client_of):
    assert [answer_of(client).status_code for client in (visitor, client_of(caregiver))] == [404, 404]
    response = answer_of(client_of(editor))
    assert response.content == b"a picture"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("rights", [Rights.RESERVED, Rights.UNKNOWN])
def test_a_picture_without_rights_is_never_sent_to_readers(published, visitor, rights):
    Figure.objects.update(rights=rights)
    assert answer_of(visitor).status_code == 404


def test_a_picture_that_the_text_does_not_show_is_not_sent(published, visitor):
    Revision.objects.update(body_html="<p>Without it.</p>")
    assert answer_of(visitor).status_code == 404


def test_a_newer_draft_with_the_same_picture_changes_nothing(published, editor, visitor):
    publishing.start_revision_from(published, by=editor)
    assert answer_of(visitor).content == b"a picture"


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_the_picture_of_a_demo_guide_is_read_on_a_demo_site_only(published, visitor, settings, is_demo_site):
    settings.IS_DEMO_SITE = is_demo_site
    Revision.objects.filter(status=Status.PUBLISHED).update(is_demo=True, approval=None, approved_hash="")
    assert answer_of(visitor).status_code == (200 if is_demo_site else 404)


@pytest.mark.parametrize("name", ["../db.sqlite3", "..%2Fdb.sqlite3", "ab12.webp/", "other.webp", "%00", "."])
def test_no_other_file_is_ever_sent(published, visitor, name):
    assert visitor.get(f"/media/{name}").status_code in {400, 404}


def test_a_picture_whose_file_is_lost_is_not_found(published, visitor):
    default_storage.delete("ab12.webp")
    assert answer_of(visitor).status_code == 404


def test_a_browser_that_has_the_picture_is_not_sent_it_again(published, visitor):
    tag = answer_of(visitor)["ETag"]
    again = visitor.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_proxy_sends_the_picture_where_one_is_configured(published, draft, editor, visitor, settings):
    settings.ACCEL_MEDIA_PREFIX = "/kept-media"
    response = answer_of(visitor)
    assert (response["X-Accel-Redirect"], response.content) == ("/kept-media/ab12.webp", b"")
    publishing.withdraw(published, by=editor, note="Wrong")
    assert "X-Accel-Redirect" not in answer_of(visitor)
