"""The desk of explanations: who sees the buttons, and what they do."""

from __future__ import annotations

import pytest

from articles import explaining
from articles.models import GlossaryTerm, HealthWording, Topic
from cachexia_portal.accounts import roles
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/healthwording/"
APPROVE = "I have checked these words and approve them"


@pytest.fixture
def wording(editor):
    term = GlossaryTerm.objects.create(slug="broth", term="Broth")
    return explaining.begin(term, "A thin soup.", by=editor)


@pytest.fixture
def writing(client_of, editor):
    return client_of(editor)


@pytest.fixture
def reviewing(client_of, medical_reviewer):
    return client_of(medical_reviewer)


def desk(wording) -> str:
    return f"{LIST}{wording.pk}/change/"


def act(client, wording, name: str, version: int | str):
    return client.post(f"{LIST}{wording.pk}/{name}/now/", {"version": version}, follow=True)


def stored() -> HealthWording:
    return HealthWording.objects.get()


def test_a_reviewer_approves_the_version_that_was_seen(reviewing, wording, visitor):
    assert APPROVE in reviewing.get(desk(wording)).content.decode()
    page = act(reviewing, wording, "approve", 1).content.decode()
    assert "Readers see these words now." in page
    assert APPROVE not in page
    assert "A thin soup." in visitor.get("/glossary/").content.decode()


def test_a_version_that_is_no_longer_there_is_refused_with_who_was_first(reviewing, wording, other_editor):
    explaining.rewrite(wording, text="A clear soup.", by=other_editor, seen_version=1)
    page = act(reviewing, wording, "approve", 1).content.decode()
    assert "Emil Line saved a change" in page
    assert not stored().is_approved


def test_an_editor_reads_why_the_button_is_missing(writing, wording):
    page = writing.get(desk(wording)).content.decode()
    assert APPROVE not in page
    assert "Only medical reviewers approve" in page
    assert "Only medical reviewers approve" in act(writing, wording, "approve", 1).content.decode()
    assert not stored().is_approved


def test_a_reviewer_without_the_field_reads_why(client_of, medical_reviewer, editor):
    medical_reviewer.credentials.update(fields=["pharmacy"])
    topic = Topic.objects.create(slug="soup", name="Soup", fields=["nutrition"])
    about = explaining.begin(topic, "All about soup.", by=editor)
    page = client_of(medical_reviewer).get(desk(about)).content.decode()
    assert "This topic is for other fields of practice" in page


def test_an_editor_saves_and_an_approved_wording_goes_back(writing, wording, medical_reviewer):
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    page = writing.get(desk(wording)).content.decode()
    assert "Readers see these words." in page
    sent = {"text": "A clear soup.", "caution": "It may be hot.", "seen": "2"}
    assert writing.post(desk(wording), sent).status_code == 302
    now = stored()
    assert (now.text, now.caution, now.status, now.version) == ("A clear soup.", "It may be hot.", "draft", 3)


def test_the_second_of_two_editors_sees_both_texts_and_saves_by_hand(writing, wording, other_editor):
    explaining.rewrite(wording, text="A clear soup.", by=other_editor, seen_version=1)
    refused = writing.post(desk(wording), {"text": "A hot soup.", "caution": "", "seen": "1"})
    page = refused.content.decode()
    assert "It is now: A clear soup." in page
    assert "A hot soup." in page
    assert stored().text == "A clear soup."
    seen = refused.context["adminform"].form["seen"].value()
    writing.post(desk(wording), {"text": "A hot soup.", "caution": "", "seen": seen})
    assert stored().text == "A hot soup."


@pytest.mark.parametrize("seen", ["", "x", "999999999999999999999", "-1"])
def test_a_tampered_version_stores_nothing_and_breaks_nothing(writing, reviewing, wording, seen):
    assert writing.post(desk(wording), {"text": "Mine.", "seen": seen}).status_code == 200
    assert act(reviewing, wording, "approve", seen).status_code in (200, 400)
    assert (stored().text, stored().is_approved) == ("A thin soup.", False)


def test_an_empty_text_is_refused_at_the_field(writing, wording):
    response = writing.post(desk(wording), {"text": " ", "caution": "", "seen": "1"})
    assert "text" in response.context["adminform"].form.errors


def test_an_approval_is_taken_back_with_one_button(writing, wording, medical_reviewer, visitor):
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    assert "Take it off the site" in writing.get(desk(wording)).content.decode()
    act(writing, wording, "take-back", 2)
    assert not stored().is_approved
    assert "A thin soup." not in visitor.get("/glossary/").content.decode()


def test_buttons_take_a_post_and_known_acts_only(reviewing, wording):
    assert reviewing.get(f"{LIST}{wording.pk}/approve/now/").status_code == 405
    assert act(reviewing, wording, "publish", 1).status_code == 404
    assert reviewing.post(f"{LIST}999/approve/now/", {"version": 1}).status_code == 404
    assert not stored().is_approved


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.VERIFIERS, roles.ADMINISTRATORS])
def test_other_roles_neither_see_nor_act(client_of, wording, role):
    client = client_of(make_member("Otto Door", role))
    for address in (LIST, desk(wording)):
        assert client.get(address).status_code == 403
    assert act(client, wording, "approve", 1).status_code == 403
    assert not stored().is_approved


def test_explanations_are_neither_added_nor_deleted_here(writing, wording):
    assert writing.get(f"{LIST}add/").status_code == 403
    assert writing.post(f"{LIST}{wording.pk}/delete/", {"post": "yes"}).status_code == 403
    assert stored() == wording


def test_the_list_is_narrowed_by_state_and_by_kind(writing, wording, editor, medical_reviewer):
    topic = Topic.objects.create(slug="bread", name="Bread", fields=["nursing"])
    explaining.approve(
        explaining.begin(topic, "All about bread.", by=editor), by=medical_reviewer, seen_version=1
    )
    for query, there, absent in (
        ("?status__exact=draft", "A thin soup.", "All about bread."),
        ("?status__exact=approved", "All about bread.", "A thin soup."),
        ("?about=topic", "All about bread.", "A thin soup."),
        ("?about=term", "A thin soup.", "All about bread."),
    ):
        page = writing.get(LIST + query).content.decode()
        assert there in page, query
        assert absent not in page, query


def test_the_list_and_the_desk_ask_the_same_for_many(writing, wording, same_queries):
    names = iter(range(9))

    def one_more():
        number = next(names)
        explaining.begin(GlossaryTerm.objects.create(slug=f"w{number}", term=f"W{number}"), "Said.")

    same_queries(one_more, LIST, client=writing)


def test_history_names_people_and_shows_no_old_words(writing, wording, editor):
    explaining.rewrite(wording, text="A clear soup.", by=editor, seen_version=1)
    page = writing.get(desk(wording)).content.decode()
    assert "Edda Page wrote the first words" in page
    assert "Edda Page saved a change" in page
    assert "A thin soup." not in page


def test_invented_wordings_are_seen_on_a_demonstration_alone(
    writing, client_of, wording, settings, verifier, other_verifier
):
    settings.IS_DEMO_SITE = True
    shown = explaining.show_as_demo(wording)
    invented = make_member("Ina Vent", roles.EDITORS, is_demo=True)
    inventing = client_of(invented)
    assert 'name="_save"' not in inventing.get(desk(wording)).content.decode()
    assert 'name="_save"' in inventing.get(desk(shown)).content.decode()
    assert inventing.post(desk(wording), {"text": "Mine.", "seen": "1"}).status_code == 403
    reviewer = make_member("Rea View", roles.MEDICAL_REVIEWERS, is_demo=True)
    give_credential(reviewer, verifier, other_verifier, is_demo=True)
    assert "demonstration wordings only" in act(client_of(reviewer), wording, "approve", 1).content.decode()
    settings.IS_DEMO_SITE = False
    assert writing.get(desk(shown)).status_code == 302
    assert str(shown.pk) not in [str(row.pk) for row in writing.get(LIST).context["cl"].result_list]


def test_hostile_words_are_shown_safely(writing, wording, hostile):
    typed = hostile.encode(errors="replace").decode().replace("\x00", "")[:300]
    writing.post(desk(wording), {"text": typed, "caution": typed, "seen": "1"})
    for address in (LIST, desk(wording)):
        page = writing.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
