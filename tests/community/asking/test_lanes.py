"""Answering: from experience for everybody, from training with a credential, and for the society."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Topic
from cachexia_portal.accounts.models import Credential
from community.models import Post, Wants
from tests.community.asking.conftest import go_on, look, text_of
from tests.community.conftest import publish

pytestmark = pytest.mark.django_db

CLINICAL = {
    "lane": "clinical",
    "body": "Small portions, often.",
    "basis": "source",
    "source": "A guideline, 2024",
    "when_to_call": "If nothing stays down for a day.",
}


@pytest.fixture
def address(published):
    return reverse("community:answer_question", args=[published.pk, published.slug])


def test_without_a_credential_nothing_is_asked_and_nothing_else_is_open(client, address, published):
    page = text_of(client.get(address))
    assert 'name="lane"' not in page
    assert "In our family" in page

    client.post(address, {"_do": "send", **CLINICAL})
    answer = Post.objects.get(parent=published)
    assert (answer.lane, answer.revisions.get().basis) == ("lived", "")


def test_the_badge_is_shown_as_it_will_appear(client_of, clinician, address):
    credential = Credential.objects.get(member=clinician)
    page = text_of(client_of(clinician).get(address))
    drawn = Post(kind="answer", lane="clinical", credential=credential, author=clinician)

    assert credential.public_name in page
    assert drawn.badge.text in page
    assert drawn.badge.checked in page


def test_a_clinical_answer_is_looked_over_and_sent(client_of, clinician, address, published):
    client = client_of(clinician)
    page = look(client, address, **CLINICAL)
    shown = text_of(page)
    assert CLINICAL["when_to_call"] in shown
    assert CLINICAL["source"] in shown

    go_on(client, page, "send", address)
    answer = Post.objects.get(parent=published)
    revision = answer.revisions.get()
    assert (answer.lane, answer.credential.member) == ("clinical", clinician)
    assert (revision.basis, revision.source, revision.when_to_call) == (
        "source",
        CLINICAL["source"],
        CLINICAL["when_to_call"],
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"basis": "hearsay"}, "basis"),
        ({"source": " "}, "source"),
        ({"when_to_call": ""}, "when_to_call"),
        ({"when_to_call": "x" * 501}, "when_to_call"),
        ({"source": "x" * 301}, "source"),
        ({"shown_as": "anonymous"}, "shown_as"),
        ({"lane": "staff"}, "lane"),
    ],
    ids=str,
)
def test_what_a_clinical_answer_needs_is_said_at_the_field(client_of, clinician, address, wrong, field):
    response = look(client_of(clinician), address, **{**CLINICAL, **wrong})

    assert field in response.context["form"].errors
    assert f'id="id_{field}_error"' in text_of(response)
    assert CLINICAL["body"] in text_of(response)


def test_only_a_source_has_to_be_named(client_of, clinician, address, published):
    client_of(clinician).post(address, {"_do": "send", **CLINICAL, "basis": "experience", "source": ""})

    assert Post.objects.filter(parent=published, lane="clinical").exists()


def test_a_clinician_may_answer_from_their_own_life(client_of, clinician, address, published):
    client_of(clinician).post(address, {"_do": "send", **CLINICAL, "lane": "lived", "shown_as": "anonymous"})
    answer = Post.objects.get(parent=published)

    assert (answer.lane, answer.credential, answer.shown_as) == ("lived", None, "anonymous")
    assert answer.revisions.get().when_to_call == ""


def test_a_credential_of_another_field_opens_no_clinical_lane(client_of, clinician, address, published):
    published.topics.add(Topic.objects.create(slug="money", name="Money", fields=["social_work"]))

    assert 'name="lane"' not in text_of(client_of(clinician).get(address))


def test_people_of_the_society_answer_for_it(client_of, editor, address, published):
    from django.contrib.auth.models import Permission

    editor.user_permissions.add(Permission.objects.get(codename="answer_as_staff"))
    client = client_of(editor)
    assert 'value="staff"' in text_of(client.get(address))

    client.post(address, {"_do": "send", "lane": "staff", "body": "The society will answer."})
    assert Post.objects.get(parent=published).lane == "staff"


def test_a_lived_answer_that_gives_advice_is_asked_gently_and_goes_through(client, address, published):
    words = "You should stop taking the morphine and double the dose of the steroids."
    page = look(client, address, body=words)
    assert page.context["advice"], "the check has to find it"
    assert "Could you say what happened in your family instead?" in text_of(page)

    go_on(client, page, "send", address)
    assert Post.objects.get(parent=published).revisions.get().body == words


def test_who_wants_no_reply_gets_none(client_of, other_caregiver, published, address):
    Post.objects.filter(pk=published.pk).update(wants=Wants.NO_REPLY)
    client = client_of(other_caregiver)

    assert client.get(address).status_code == 404
    assert CLINICAL["body"] in text_of(client.post(address, CLINICAL))


def test_a_reply_waits_under_its_answer(client, published, published_answer, caregiver, moderator):
    address = reverse("community:reply", args=[published.pk, published.slug, published_answer.pk])
    assert "A saucer, and I sat down with them." in text_of(client.get(address))
    page = look(client, address, body="Thank you for this.")
    assert "community/parts/reply.html" in {template.name for template in page.templates}

    response = go_on(client, page, "send", address)
    reply = Post.objects.get(kind="reply")
    assert response.url == reverse("community:my_post", args=[reply.pk])
    assert (reply.parent, reply.question, reply.author) == (published_answer, published, caregiver)
    publish(reply, moderator)


def test_a_wrong_slug_leads_to_the_right_form(client, published, published_answer):
    right = reverse("community:reply", args=[published.pk, published.slug, published_answer.pk])
    wrong = reverse("community:reply", args=[published.pk, "x", published_answer.pk])

    assert (client.get(wrong).status_code, client.get(wrong).url) == (301, right)
