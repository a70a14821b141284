import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cachexia_portal import events
from cachexia_portal.events.models import Event
from community import moderation
from community.models import ReviewItem
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(caregiver, moderator):
    return events.record("hide", caregiver, by=moderator, from_state="live", to_state="hidden")


@pytest.fixture
def superuser(administrator):
    administrator.is_superuser = True
    administrator.save(update_fields=["is_superuser"])
    return administrator


def test_an_administrator_reads_what_was_done(administrator, client_of, event):
    page = client_of(administrator).get(reverse("admin:events_event_changelist")).content.decode()
    assert "Mona Field" in page
    assert "hidden" in page


def test_not_even_a_superuser_adds_changes_or_deletes_an_event(superuser, client_of, event):
    browser = client_of(superuser)
    assert browser.post(reverse("admin:events_event_add")).status_code == 403
    assert browser.post(reverse("admin:events_event_delete", args=[event.pk])).status_code == 403
    page = browser.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert 'name="_save"' not in page
    listing = reverse("admin:events_event_changelist")
    browser.post(listing, {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"})
    assert list(events.history_of(event)) == []
    assert type(event).objects.filter(pk=event.pk).exists()


def test_the_list_takes_as_many_queries_for_three_events_as_for_one(administrator, client_of, event):
    browser, listing = client_of(administrator), reverse("admin:events_event_changelist")
    browser.get(listing)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(listing)
        counts.append(len(asked))
        for _ in range(2):
            events.record("show", event, by=event.actor)
    assert counts[0] == counts[1]


def test_a_hostile_name_does_no_harm_in_the_list(administrator, client_of, caregiver, moderator):
    type(moderator).objects.filter(pk=moderator.pk).update(display_name="<script>alert(1)</script>")
    events.record("hide", caregiver, by=moderator)
    page = client_of(administrator).get(reverse("admin:events_event_changelist")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_other_staff_do_not_see_the_record(editor, client_of, event):
    assert client_of(editor).get(reverse("admin:events_event_changelist")).status_code in (403, 404)


def test_the_list_does_not_lead_from_an_anonymous_post_to_its_author(administrator, client_of):
    member = make_member("Noa Reed", health_consent_at=None, health_consent_version="")
    member.give_health_consent()
    post = moderation.send_question(member, title="Soup", body="Only soup.", shown_as="anonymous")
    moderation.withdraw(post, by=member)
    member.withdraw_health_consent()
    assert Event.objects.count() == 4
    browser, listing = client_of(administrator), reverse("admin:events_event_changelist")
    assert list(browser.get(listing).context["cl"].result_list) == []
    for event in Event.objects.all():
        address = reverse("admin:events_event_change", args=[event.pk])
        assert browser.get(address).status_code == 302


def test_the_list_shows_what_the_desk_did_with_a_post_and_not_who_sent_it(
    administrator, moderator, client_of, caregiver
):
    post = moderation.send_question(caregiver, title="Soup", body="Only soup.")
    moderation.claim(ReviewItem.objects.get(revision__post=post), by=moderator)
    page = client_of(administrator).get(reverse("admin:events_event_changelist"))
    assert [(event.verb, event.actor) for event in page.context["cl"].result_list] == [("claimed", moderator)]
