"""The feed of the guides: what changed, well-formed whatever was typed, and no text."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from articles import publishing
from articles.feed import LENGTH
from articles.models import Article, PublicChange, Revision
from tests.hostile import STORABLE

pytestmark = pytest.mark.django_db
FEED = "/feeds/articles.xml"
ATOM = "{http://www.w3.org/2005/Atom}"
Kind = PublicChange.Kind


@pytest.fixture
def tell():
    """`tell(revision, kind, note)`: one public change, the newest of all."""
    told = []

    def make(revision: Revision, kind: str = Kind.UPDATED, note: str = "A note.", **fields) -> PublicChange:
        told.append(note)
        at = (
            datetime(2030, 1, len(told), 12, tzinfo=UTC)
            if len(told) < 29
            else datetime(2031, 1, 1, tzinfo=UTC)
        )
        wanted = {"article": revision.article, "revision": revision, "kind": kind, "note": note, "at": at}
        return PublicChange.objects.create(**wanted | fields)

    return make


def entries_of(client) -> list[dict[str, str]]:
    """Each entry as its texts, with the address of its link."""
    response = client.get(FEED)
    assert response.status_code == 200
    found = []
    for entry in ElementTree.fromstring(response.content).iter(f"{ATOM}entry"):
        texts = {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        found.append(texts | {"link": entry.find(f"{ATOM}link").get("href")})
    return found


def test_a_change_is_told_with_title_link_note_and_time(published, tell, visitor):
    change = tell(published, Kind.CORRECTED, "A number was wrong.")
    entry = entries_of(visitor)[0]
    assert entry["title"] == f"Corrected: {published.title}"
    assert entry["link"] == f"http://localhost:8000{published.article.get_absolute_url()}"
    assert entry["summary"] == "A number was wrong."
    assert entry["updated"] == "2030-01-01T12:00:00+00:00"
    assert entry["id"] == f"tag:localhost,2030-01-01:changes/{change.pk}"


def test_the_newest_stand_first_and_only_so_many(published, tell, visitor):
    for number in range(LENGTH + 5):
        tell(published, note=f"Note {number}")
    notes = [entry["summary"] for entry in entries_of(visitor)]
    assert len(notes) == LENGTH
    assert notes[0] == f"Note {LENGTH + 4}"


def test_the_feed_holds_no_text_of_a_guide(publish_another, tell, visitor):
    tell(publish_another(title="Soup", summary="Quillwort", body="Quillwort", key_points="Quillwort"))
    content = visitor.get(FEED).content.decode()
    assert "Updated: Soup" in content
    assert "Quillwort" not in content


def test_it_names_itself_its_author_and_the_list(published, visitor, settings):
    settings.SITE_NAME, settings.ORGANISATION = "A <site>", "The & society"
    feed = ElementTree.fromstring(visitor.get(FEED, headers={"host": "127.0.0.1"}).content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert feed.findtext(f"{ATOM}title") == "Guides of A <site>"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The & society"
    assert links == {
        "alternate": "http://localhost:8000/articles/",
        "self": "http://localhost:8000/feeds/articles.xml",
    }


def test_what_may_not_be_read_is_not_told(draft, tell, visitor, editor, client_of):
    tell(draft, note="Nobody may know")
    assert not entries_of(visitor)
    assert not entries_of(client_of(editor))


def test_a_withdrawal_is_told_without_the_title(publish_another, editor, tell, visitor):
    revision = publish_another(title="Quillwort", change_note="Quillwort")
    tell(revision, note="Quillwort was added.")
    publishing.withdraw(revision, by=editor, note="A dose was wrong.")
    tell(revision, Kind.WITHDRAWN, "A dose was wrong.")
    Article.objects.filter(pk=revision.article_id).update(withdrawn_at=datetime(2030, 1, 1, tzinfo=UTC))
    entry = entries_of(visitor)[0]
    assert entry["title"] == "A guide was withdrawn"
    assert entry["summary"] == "A dose was wrong."
    assert "Quillwort" not in visitor.get(FEED).content.decode()


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_invented_changes_are_told_on_a_demonstration_only(published, tell, visitor, settings, is_demo_site):
    settings.IS_DEMO_SITE = is_demo_site
    tell(published, note="Invented", is_demo=True)
    assert ("Invented" in [entry["summary"] for entry in entries_of(visitor)]) == is_demo_site


def test_hostile_words_leave_the_feed_well_formed_and_do_nothing_in_a_reader(publish_another, tell, visitor):
    for typed in STORABLE.values():
        tell(publish_another(title=typed.strip()[:200] or "blank"), note=typed[:2000])
        entry = entries_of(visitor)[0]
        assert "<" not in entry["summary"]
        assert "\x07" not in visitor.get(FEED).content.decode()
    for odd in ("\ufffe", "\uffff", "\x1b"):
        tell(publish_another(title=f"a{odd}b"), note=f"c{odd}d")
        assert (entries_of(visitor)[0]["title"], entries_of(visitor)[0]["summary"]) == ("Updated: a b", "c d")


def test_an_empty_feed_is_a_feed(visitor):
    assert entries_of(visitor) == []


def test_one_and_many_changes_cost_one_query(published, tell, publish_another, visitor, queries):
    tell(published)
    with queries(1):
        visitor.get(FEED)
    for _ in range(3):
        tell(publish_another())
    with queries(1):
        visitor.get(FEED)


def test_the_feed_is_public_sets_no_cookie_and_says_what_it_is(published, visitor):
    response = visitor.get(FEED)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not response.cookies
    assert visitor.post(FEED).status_code == 405


def test_the_list_of_guides_leads_to_the_feed(visitor):
    html = visitor.get("/articles/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="What changed in the guides"' in html
    assert f'href="{FEED}"' in html
