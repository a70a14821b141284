"""Topics, kinds of cancer and words on the staff pages."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from articles import explaining
from articles.models import CancerType, GlossaryTerm, HealthWording, Topic
from cachexia_portal.accounts import roles
from tests.people import make_member

pytestmark = pytest.mark.django_db
TERM, TOPIC, CANCER = "glossaryterm", "topic", "cancertype"


def url(model: str, pk: int | str = "add") -> str:
    return f"/admin/articles/{model}/{pk}/" + ("" if pk == "add" else "change/")


def storable(text: str) -> str:
    return text.encode(errors="replace").decode().replace("\x00", "")


def errors(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def posted(form) -> dict:
    """What a browser would send back of an opened form."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def opened(client, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return posted(response.context["adminform"].form)


@pytest.fixture
def at_desk(client_of, editor):
    return client_of(editor)


@pytest.fixture
def term(editor, medical_reviewer):
    term = GlossaryTerm.objects.create(slug="broth", term="Broth", also_called=["stock", "bouillon"])
    wording = explaining.begin(term, "A thin soup.", by=editor)
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    return term


def test_a_word_is_added_with_its_first_explanation(at_desk, editor):
    sent = {**opened(at_desk, url(TERM)), "term": "Broth", "slug": "broth", "text": "A thin soup."}
    sent |= {"also_called": "stock\r\n\r\n bouillon \r\nstock", "misspellings": "brof"}
    assert at_desk.post(url(TERM), sent).status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.also_called, term.misspellings) == (["stock", "bouillon"], ["brof"])
    wording = HealthWording.objects.get()
    assert (wording.term, wording.text, wording.status, wording.edited_by) == (
        term,
        "A thin soup.",
        "draft",
        editor,
    )
    assert not HealthWording.objects.visible_to(None).exists()


def test_a_word_may_be_added_by_its_name_alone_and_explained_later(at_desk):
    at_desk.post(url(TERM), {**opened(at_desk, url(TERM)), "term": "Broth", "slug": "broth"})
    term = GlossaryTerm.objects.get()
    assert not term.wordings.exists()
    at_desk.post(url(TERM, term.pk), {**opened(at_desk, url(TERM, term.pk)), "text": "A thin soup."})
    assert term.wordings.get().text == "A thin soup."


def test_of_two_first_explanations_one_is_kept_and_the_other_shown_again(at_desk, other_editor):
    term = GlossaryTerm.objects.create(slug="broth", term="Broth")
    sent = opened(at_desk, url(TERM, term.pk))
    explaining.begin(term, "A thin soup.", by=other_editor)
    page = errors(at_desk.post(url(TERM, term.pk), {**sent, "text": "A clear soup."}))
    assert "Somebody has explained it meanwhile." in page
    assert "A clear soup." in page
    assert term.wordings.get().text == "A thin soup."


def test_a_word_of_care_without_an_explanation_is_refused(at_desk):
    sent = {**opened(at_desk, url(TERM)), "term": "Broth", "slug": "broth", "caution": "It may be hot."}
    assert "Say first what it is." in errors(at_desk.post(url(TERM), sent))
    assert not GlossaryTerm.objects.exists()


def test_a_word_that_is_there_already_is_refused_however_it_is_spelled(at_desk, term):
    sent = {**opened(at_desk, url(TERM)), "term": " BROTH", "slug": "broth-2"}
    assert "in the glossary already" in errors(at_desk.post(url(TERM), sent))
    assert GlossaryTerm.objects.count() == 1


def test_another_name_takes_the_approval_away(at_desk, term):
    sent = opened(at_desk, url(TERM, term.pk))
    assert sent["also_called"] == "stock\nbouillon"
    assert at_desk.post(url(TERM, term.pk), {**sent, "also_called": "stock"}).status_code == 302
    wording = HealthWording.objects.get()
    assert (wording.status, wording.approval) == ("draft", None)
    assert wording.content_hash == wording.content_digest()


def test_spellings_people_try_are_no_health_wording(at_desk, term):
    at_desk.post(url(TERM, term.pk), {**opened(at_desk, url(TERM, term.pk)), "misspellings": "brof"})
    assert term.wordings.get().is_approved


def test_the_second_of_two_editors_sees_both_and_saves_by_hand(at_desk, client_of, other_editor, term):
    mine, theirs = opened(at_desk, url(TERM, term.pk)), client_of(other_editor)
    theirs.post(url(TERM, term.pk), {**opened(theirs, url(TERM, term.pk)), "pronunciation": "BROTH"})
    refused = at_desk.post(url(TERM, term.pk), {**mine, "pronunciation": "broff"})
    page = errors(refused)
    assert "It is now: Broth · BROTH · stock, bouillon." in page
    assert 'value="broff"' in page
    assert GlossaryTerm.objects.get().pronunciation == "BROTH"
    again = posted(refused.context["adminform"].form)
    assert at_desk.post(url(TERM, term.pk), again).status_code == 302
    assert GlossaryTerm.objects.get().pronunciation == "broff"


def test_an_address_never_changes_and_nothing_is_deleted(at_desk, term):
    sent = {**opened(at_desk, url(TERM, term.pk)), "slug": "stock"}
    at_desk.post(url(TERM, term.pk), sent)
    assert GlossaryTerm.objects.get().slug == "broth"
    for model, row in ((TERM, term), (TOPIC, Topic.objects.create(slug="t", name="T"))):
        assert at_desk.post(f"/admin/articles/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert GlossaryTerm.objects.exists()


def test_too_long_and_too_many_names_are_refused_with_the_reason(at_desk):
    sent = {**opened(at_desk, url(TERM)), "term": "Broth", "slug": "broth"}
    assert "“aaaaaaaaaaaaaaaaaaaa…” is longer than" in errors(
        at_desk.post(url(TERM), {**sent, "also_called": "a" * 81})
    )
    many = "\n".join(map(str, range(61)))
    assert "more than 60 lines" in errors(at_desk.post(url(TERM), {**sent, "also_called": many}))


def test_a_topic_needs_a_field_that_may_speak_on_it(at_desk):
    sent = {
        **opened(at_desk, url(TOPIC)),
        "name": "Soup",
        "slug": "soup",
        "position": 3,
        "text": "All about soup.",
    }
    assert "at least one field of practice" in errors(
        at_desk.post(url(TOPIC), {**sent, "fields_of_practice": []})
    )
    assert "not one of the available choices" in errors(
        at_desk.post(url(TOPIC), {**sent, "fields_of_practice": ["astrology"]})
    )
    assert (
        at_desk.post(url(TOPIC), {**sent, "fields_of_practice": ["nutrition", "nursing"]}).status_code == 302
    )
    topic = Topic.objects.get()
    assert topic.fields == ["nutrition", "nursing"]
    assert topic.wordings.get().text == "All about soup."
    sent = opened(at_desk, url(TOPIC, topic.pk))
    assert sent["fields_of_practice"] == ["nutrition", "nursing"]
    at_desk.post(url(TOPIC, topic.pk), {**sent, "fields_of_practice": ["pharmacy"]})
    assert Topic.objects.get().fields == ["pharmacy"]


def test_a_kind_of_cancer_is_added_with_its_other_names(at_desk):
    sent = {**opened(at_desk, url(CANCER)), "name": "Skin", "slug": "skin", "also": "melanoma", "position": 2}
    assert at_desk.post(url(CANCER), sent).status_code == 302
    assert CancerType.objects.get().also == ["melanoma"]


def test_a_reviewer_looks_and_changes_nothing(client_of, medical_reviewer, term):
    topic = Topic.objects.create(slug="soup", name="Soup", fields=["nutrition"])
    reviewing = client_of(medical_reviewer)
    for model, row in ((TERM, term), (TOPIC, topic)):
        page = reviewing.get(url(model, row.pk)).content.decode()
        assert 'name="_save"' not in page
        assert reviewing.post(url(model, row.pk), {"name": "X", "term": "X"}).status_code == 403
    assert "nutrition" in page
    assert reviewing.get(url(TERM)).status_code == 403


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.VERIFIERS, roles.ADMINISTRATORS])
def test_other_roles_do_not_see_the_names_desk(client_of, role, term):
    assert client_of(make_member("Otto Door", role)).get(url(TERM, term.pk)).status_code == 403


def test_the_list_leads_to_the_explanation_and_asks_the_same_for_many(at_desk, term, same_queries):
    address = "/admin/articles/glossaryterm/"
    page = at_desk.get(address).content.decode()
    wording = term.wordings.get()
    assert f'<a href="/admin/articles/healthwording/{wording.pk}/change/">Approved</a>' in page
    names = iter(range(9))

    def one_more():
        number = next(names)
        explaining.begin(GlossaryTerm.objects.create(slug=f"w{number}", term=f"W{number}"), "Said.")

    same_queries(one_more, address, client=at_desk)


@pytest.mark.parametrize("model", [TERM, TOPIC, CANCER])
def test_lists_can_be_searched(at_desk, model, term):
    Topic.objects.create(slug="stock-topic", name="Stock")
    CancerType.objects.create(slug="stock-cancer", name="Stock")
    page = at_desk.get(f"/admin/articles/{model}/", {"q": "stock"}).content.decode()
    assert "1 " in page
    assert "Stock" in page or "Broth" in page


def test_hostile_names_are_stored_as_typed_or_refused_and_shown_safely(at_desk, hostile):
    typed = storable(hostile)
    sent = {**opened(at_desk, url(TERM)), "term": "Broth", "slug": "broth", "text": typed[:600]}
    at_desk.post(url(TERM), {**sent, "also_called": typed, "pronunciation": typed[:80]})
    for term in GlossaryTerm.objects.all():
        for address in (url(TERM, term.pk), "/admin/articles/glossaryterm/", "/glossary/"):
            page = at_desk.get(address).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page


def test_the_log_holds_no_words(at_desk, term):
    at_desk.post(url(TERM, term.pk), {**opened(at_desk, url(TERM, term.pk)), "pronunciation": "BROTH"})
    entry = LogEntry.objects.get()
    assert "roth" not in f"{entry.object_repr}{entry.change_message}".lower()
