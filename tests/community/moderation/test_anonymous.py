"""Nothing that is kept of an anonymous post, or shown of it, names the member behind it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import reverse

from cachexia_portal.events.models import Event
from cachexia_portal.outbox.models import Mail
from community import moderation
from community.models import Decision, ReviewItem
from community.workflow import Verb

from .acts import decide, decide_post, edit, hide, open_item

pytestmark = pytest.mark.django_db
NAME = "Robin Hill"


@pytest.fixture
def lived(caregiver, other_caregiver, moderator, other_moderator):
    """An anonymous question that has been through everything that its author can do."""
    post = moderation.send_question(caregiver, title="T", body="I want to kill myself.", shown_as="anonymous")
    edit(post, "Softer words")
    decide(open_item(post, "new"), Verb.REFUSE, moderator)
    decide(open_item(post, "safety"), Verb.KEEP, moderator)
    moderation.appeal(Decision.objects.get(verb="refuse"), by=caregiver, words="Why?")
    decide_post(post, Verb.PUBLISH, other_moderator)
    moderation.report(post, by=other_caregiver, type="unkind")
    moderation.forget_in_search(post, by=caregiver)
    edit(post, "Other words")
    return post


def test_no_event_names_them(lived, caregiver):
    moderation.withdraw(lived, by=caregiver)

    ours = Event.objects.filter(subject_kind__startswith="community.")
    assert ours.count() > 10
    assert not ours.filter(actor=caregiver).exists()


def test_a_name_that_was_taken_off_is_in_no_earlier_event_either(published, caregiver):
    moderation.show_without_name(published, by=caregiver)

    assert not Event.objects.filter(subject_kind__startswith="community.", actor=caregiver).exists()


def test_the_desk_names_them_nowhere(lived, caregiver, client_of, other_moderator):
    hide(lived, other_moderator)
    client = client_of(other_moderator)
    pages = [
        reverse("admin:community_reviewitem_change", args=[item.pk]) for item in ReviewItem.objects.all()
    ]
    lists = reverse("admin:community_reviewitem_changelist")
    for address in [*pages, lists, f"{lists}?show=decided"]:
        page = client.get(address)
        assert page.status_code == 200
        assert NAME not in page.text
        assert caregiver.email not in page.text


def test_what_the_writer_did_is_by_the_writer(lived, caregiver):
    moderation.withdraw(lived, by=caregiver)

    theirs = Decision.objects.filter(who=caregiver)
    assert {decision.verb for decision in theirs} == {"replace", "withdraw"}
    assert {decision.by_whom for decision in theirs} == {"The writer"}


def test_mails_to_the_team_name_nobody(lived, settings):
    for mail in Mail.objects.filter(key__startswith="community.worry."):
        assert NAME not in mail.subject + mail.text
    assert Mail.objects.filter(key__startswith="community.worry.").exists()


def test_no_text_of_the_community_s_rows_holds_the_name(lived, caregiver):
    for model in apps.get_app_config("community").get_models():
        for row in model.objects.all().values():
            assert NAME not in str(row)
            assert caregiver.email not in str(row)
