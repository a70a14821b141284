"""Pages of stories are made once, and anew whenever anything they say has changed."""

from __future__ import annotations

from importlib import import_module

import pytest

from articles import publishing
from community import marking, moderation
from community.models import Post
from tests.community.conftest import publish
from tests.community.stories.conftest import STORY_TITLE, end_the_consent_to
from tests.people import make_member

pytestmark = pytest.mark.django_db
LIST = "/stories/"


@pytest.fixture
def made(monkeypatch):
    """The names of the templates that were rendered, one for each page that was made."""
    view = import_module("community.views.stories")
    names = []

    def counted(request, template, *rest):
        names.append(template)
        return render(request, template, *rest)

    render = view.render
    monkeypatch.setattr(view, "render", counted)
    return names


def test_the_same_page_is_made_once(visitor, made, story):
    pages = [visitor.get(address).content for address in (story.get_absolute_url(), LIST) for _ in range(3)]

    assert made == ["community/story.html", "community/stories.html"]
    assert len(set(pages)) == 2


def test_it_goes_at_once_when_it_is_taken_back(visitor, story, caregiver):
    address = story.get_absolute_url()
    assert STORY_TITLE in visitor.get(LIST).content.decode()
    assert visitor.get(address).status_code == 200

    moderation.withdraw(story, by=caregiver)
    assert STORY_TITLE not in visitor.get(LIST).content.decode()
    assert visitor.get(address).status_code == 404


def test_it_goes_when_its_time_is_over_though_nothing_sweeps(visitor, story):
    address = story.get_absolute_url()
    assert STORY_TITLE in visitor.get(LIST).content.decode()
    assert visitor.get(address).status_code == 200

    end_the_consent_to(story)
    assert STORY_TITLE not in visitor.get(LIST).content.decode()
    assert visitor.get(address).status_code == 404


def test_a_name_goes_at_once(visitor, story, caregiver):
    address = story.get_absolute_url()
    assert "Robin Hill" in visitor.get(address).content.decode()
    assert "Robin Hill" in visitor.get(LIST).content.decode()

    moderation.show_without_name(story, by=caregiver)
    assert "Robin Hill" not in visitor.get(address).content.decode()
    assert "Robin Hill" not in visitor.get(LIST).content.decode()


def test_newer_words_take_the_place_of_the_older_on_both_pages(visitor, story, caregiver, moderator):
    for address in (LIST, story.get_absolute_url()):
        visitor.get(address)
    moderation.send_again(story, by=caregiver, seen=1, title="The bowl", body="It was a bowl.")
    publish(story, moderator)

    for address in (LIST, Post.objects.get(pk=story.pk).get_absolute_url()):
        page = visitor.get(address).content.decode()
        assert "The bowl" in page
        assert "saucer" not in page


def test_a_guide_is_recommended_from_the_moment_it_is_public_until_it_goes(
    read, tell, food, guide_about, editor
):
    story = tell(topics=[food])
    assert "Bowls" not in read(story)

    revision = guide_about(food, title="Bowls")
    assert "Bowls" in read(story)

    publishing.withdraw(revision, by=editor, note="Out of date.")
    assert "Bowls" not in read(story)


def test_consent_to_search_engines_changes_a_kept_page(read, story, caregiver):
    assert "noindex" in read(story)
    moderation.change_consent(story, by=caregiver, purpose="in_search_engines", is_agreed=True)

    assert "noindex" not in read(story)


def test_the_count_of_thanks_is_that_of_now(read, story):
    read(story)
    for number in range(5):
        marking.mark(story, by=make_member(f"Reader {number}"), kind="thanks")

    assert "5 readers said thank you" in read(story)


def test_a_visitors_page_is_not_a_members(client_of, read, story, other_caregiver):
    read(story)
    member = client_of(other_caregiver).get(story.get_absolute_url())

    assert "csrfmiddlewaretoken" in member.content.decode()
    assert member["Cache-Control"] == "private, no-cache"
    assert "csrfmiddlewaretoken" not in read(story)
