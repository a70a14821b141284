"""The mails in the admin: what went wrong is found, and tried again by those who may."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import outbox
from cachexia_portal.events.models import Event
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import BlockedAddress, Delivery, Mail, Status
from tests.outbox.test_sending import FailingServer

pytestmark = pytest.mark.django_db
LIST, BLOCKED = "admin:outbox_mail_changelist", "admin:outbox_blockedaddress_changelist"


@pytest.fixture
def failed(settings, mail_sink, clock):
    """Two mails that a server refused, and one that was sent."""
    outbox.enqueue("sent", "bob@example.org", "Your post", "Words")
    outbox.send_due()
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.FailingServer"
    FailingServer.errors = {"everybody": ConnectionRefusedError()}
    for name in ("one", "two"):
        outbox.enqueue(name, f"{name}@example.org", "Your post", "Her very words", kind="decisions")
    outbox.send_due()
    FailingServer.errors = {}
    return Mail.objects.failed()


@pytest.fixture
def dropped(mail_sink):
    outbox.enqueue("blocked", "ann@example.org", "Your post", "Words")
    blocking.block("ann@example.org", Delivery.BOUNCED)
    outbox.send_due()
    return Mail.objects.get(key="blocked")


def try_again(browser, mails):
    chosen = {"action": "try_again", "_selected_action": [mail.pk for mail in mails]}
    return browser.post(reverse(LIST), chosen, follow=True)


def test_what_failed_was_dropped_or_came_back_is_found(failed, dropped, administrator, client_of):
    browser = client_of(administrator)
    Mail.objects.filter(key="sent").update(delivery="bounced")
    for trouble, keys in (("failed", {"one", "two"}), ("dropped", {"blocked"}), ("afterwards", {"sent"})):
        rows = browser.get(reverse(LIST), {"trouble": trouble}).context["cl"].queryset
        assert {mail.key for mail in rows} == keys


def test_the_list_says_why_in_words_and_shows_no_address(failed, dropped, administrator, client_of):
    page = client_of(administrator).get(reverse(LIST)).text
    assert "ConnectionRefusedError" in page
    assert "Mail to this address comes back" in page
    assert "Must be sent" in page
    for words in ("example.org", "Her very words"):
        assert words not in page


def test_what_failed_is_tried_at_once_and_noted(failed, administrator, client_of, mail_sink, clock):
    assert outbox.send_due() == 0  # it pauses
    page = try_again(client_of(administrator), Mail.objects.all())
    assert "2 mails are tried again now." in page.text
    assert outbox.send_due() == 2
    events = Event.objects.filter(verb="mail_tried_again")
    assert {event.actor for event in events} == {administrator}
    assert {event.subject_id for event in events} == {
        mail.pk for mail in Mail.objects.filter(key__in=["one", "two"])
    }


def test_what_a_sender_holds_is_left_to_it(failed, administrator, client_of, clock):
    Mail.objects.filter(key="one").update(leased_until=None)
    held = Mail.objects.get(key="one")
    assert held.lease(timezone.now())
    page = try_again(client_of(administrator), Mail.objects.all())
    assert "1 mail is tried again now." in page.text
    held.refresh_from_db()
    assert held.leased_until


def test_of_what_was_dropped_it_says_that_the_words_are_gone(dropped, administrator, client_of):
    page = try_again(client_of(administrator), [dropped])
    assert "The words of 1 mail were emptied" in page.text
    dropped.refresh_from_db()
    assert dropped.status == Status.DROPPED
    assert not Event.objects.filter(verb="mail_tried_again").exists()


def test_who_may_only_look_has_no_such_button(failed, moderator, client_of):
    from django.contrib.auth.models import Permission

    moderator.user_permissions.add(Permission.objects.get(codename="view_mail"))
    browser = client_of(moderator)
    assert "try_again" not in browser.get(reverse(LIST)).text
    try_again(browser, Mail.objects.all())
    assert outbox.send_due() == 0


def test_the_list_costs_the_same_for_one_mail_and_for_three(administrator, client_of, same_queries):
    names = iter(range(9))
    same_queries(
        lambda: outbox.enqueue(f"key-{next(names)}", "ann@example.org", "Your post", "Words"),
        reverse(LIST),
        client=client_of(administrator),
        at_most=12,
    )


def test_a_blocked_address_is_found_by_typing_it_and_lifted_by_deleting_its_row(administrator, client_of):
    blocking.block("ann@example.org", Delivery.BOUNCED)
    blocking.block("bob@example.org", Delivery.COMPLAINED)
    browser = client_of(administrator)
    page = browser.get(reverse(BLOCKED), {"q": "Ann@Example.org"})
    [row] = page.context["cl"].queryset
    assert row.reason == Delivery.BOUNCED
    assert row.digest not in page.text
    browser.post(reverse("admin:outbox_blockedaddress_delete", args=[row.pk]), {"post": "yes"})
    assert not outbox.is_blocked("ann@example.org")
    assert outbox.is_blocked("bob@example.org")


@pytest.mark.parametrize("asked", ["ann", "example.org", "a" * 64])
def test_a_part_of_an_address_or_a_digest_finds_nothing(administrator, client_of, asked):
    blocking.block("ann@example.org", Delivery.BOUNCED)
    assert not client_of(administrator).get(reverse(BLOCKED), {"q": asked}).context["cl"].queryset


def test_nobody_else_sees_or_lifts_it(moderator, client_of):
    blocking.block("ann@example.org", Delivery.BOUNCED)
    row = BlockedAddress.objects.get()
    browser = client_of(moderator)
    assert browser.get(reverse(BLOCKED)).status_code in (403, 404)
    assert browser.post(
        reverse("admin:outbox_blockedaddress_delete", args=[row.pk]), {"post": "yes"}
    ).status_code in (
        403,
        404,
    )
    assert BlockedAddress.objects.exists()
