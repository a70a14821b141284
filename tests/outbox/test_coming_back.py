"""What mail providers tell of mails that come back: signed, believed once, and no way to ask about an address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from django.test import Client
from django.urls import reverse

from cachexia_portal import outbox
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.coming_back import came_back
from cachexia_portal.outbox.models import BlockedAddress, Delivery, Mail

pytestmark = pytest.mark.django_db
KEY, PAIR = "a-signing-key", "hook:a-long-secret"


@pytest.fixture
def mail(mail_sink, settings):
    """A mail that was handed over to Ann."""
    outbox.enqueue("cause", "ann@example.org", "Your post", "Words")
    outbox.send_due()
    return Mail.objects.get()


@pytest.fixture
def mailgun(settings):
    settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = "mailgun", KEY


@pytest.fixture
def postmark(settings):
    settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = "postmark", PAIR


@pytest.fixture
def brevo(settings):
    settings.MAIL_PROVIDER, settings.MAIL_HOOK_SECRET = "brevo", PAIR


def from_mailgun(mail, key=KEY, token="0123456789abcdef", **event):
    signed = hmac.new(key.encode(), f"1763802000{token}".encode(), hashlib.sha256).hexdigest()
    said = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "timestamp": 1763802000.1,
        "recipient": "ann@example.org",
        "delivery-status": {"code": 550, "message": "", "description": "No such mailbox"},
        "message": {"headers": {"message-id": mail.message_id.strip("<>"), "to": "ann@example.org"}},
        "user-variables": {},
        "tags": [],
        **event,
    }
    return {"signature": {"timestamp": "1763802000", "token": token, "signature": signed}, "event-data": said}


def from_postmark(mail, **event):
    return {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "ID": 42,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"mail": mail.message_id.strip("<>")},
        "Details": "smtp;550 5.1.1 The email account does not exist",
        "Email": "ann@example.org",
        "From": "no-reply@alongside.example",
        "BouncedAt": "2026-11-21T09:00:00Z",
        **event,
    }


def from_brevo(mail, **event):
    return {
        "event": "hard_bounce",
        "email": "ann@example.org",
        "id": 26224,
        "date": "2026-11-21 09:00:00",
        "ts_epoch": 1763802000000,
        "message-id": "<202611210900.12345@smtp-relay.example>",
        "X-Mailin-custom": json.dumps({"mail": mail.message_id.strip("<>")}),
        "reason": "550 no such mailbox",
        **event,
    }


def tell(provider, said, pair=None):
    headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()} if pair else {}
    address = reverse("outbox:came_back", args=[provider])
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Client(enforce_csrf_checks=True, headers=headers).post(
        address, body, content_type="application/json"
    )


def test_until_it_is_configured_there_is_nothing(mail, settings):
    assert tell("mailgun", from_mailgun(mail)).status_code == 404
    settings.MAIL_PROVIDER = "mailgun"
    assert tell("mailgun", from_mailgun(mail, key="")).status_code == 404
    settings.MAIL_HOOK_SECRET = KEY
    assert tell("postmark", from_postmark(mail), PAIR).status_code == 404
    assert not BlockedAddress.objects.exists()


def test_mailgun_tells_of_a_bounce(mail, mailgun):
    assert tell("mailgun", from_mailgun(mail)).status_code == 204
    mail.refresh_from_db()
    assert mail.delivery == Delivery.BOUNCED
    assert mail.delivery_at
    assert blocking.why("ann@example.org") == Delivery.BOUNCED


def test_mailgun_tells_of_a_complaint(mail, mailgun):
    tell("mailgun", from_mailgun(mail, event="complained"))
    assert blocking.why("ann@example.org") == Delivery.COMPLAINED


def test_postmark_tells_of_a_bounce_and_of_a_complaint(mail, postmark):
    assert tell("postmark", from_postmark(mail), PAIR).status_code == 204
    assert blocking.why("ann@example.org") == Delivery.BOUNCED
    outbox.unblock("ann@example.org")
    outbox.enqueue("another", "ann@example.org", "Your post", "Words")
    outbox.send_due()
    complaint = from_postmark(
        Mail.objects.get(key="another"), RecordType="SpamComplaint", Type="SpamComplaint", TypeCode=512
    )
    tell("postmark", complaint, PAIR)
    assert blocking.why("ann@example.org") == Delivery.COMPLAINED


def test_brevo_tells_of_a_bounce_and_of_a_complaint(mail, brevo):
    assert tell("brevo", from_brevo(mail), PAIR).status_code == 204
    assert blocking.why("ann@example.org") == Delivery.BOUNCED
    outbox.unblock("ann@example.org")
    outbox.enqueue("another", "ann@example.org", "Your post", "Words")
    outbox.send_due()
    tell("brevo", from_brevo(Mail.objects.get(key="another"), event="spam"), PAIR)
    assert blocking.why("ann@example.org") == Delivery.COMPLAINED


def test_what_passes_by_itself_blocks_nobody(mail, mailgun):
    for event in (
        {"severity": "temporary"},
        {"event": "delivered"},
        {"event": "opened"},
        {"event": "unheard-of"},
    ):
        assert tell("mailgun", from_mailgun(mail, **event)).status_code == 204
    assert not BlockedAddress.objects.exists()


def test_a_full_mailbox_or_a_blocked_sender_is_not_the_end_of_an_address(mail, postmark):
    for kind in ("SoftBounce", "Transient", "DnsError", "Blocked", "AutoResponder"):
        tell("postmark", from_postmark(mail, Type=kind), PAIR)
    assert not BlockedAddress.objects.exists()


def test_what_the_provider_does_not_even_try_has_come_back_too(mail, mailgun):
    assert tell("mailgun", from_mailgun(mail, event="rejected")).status_code == 204
    assert blocking.why("ann@example.org") == Delivery.BOUNCED


def test_a_call_without_an_address_blocks_nobody_although_old_mails_have_none_either(mail, mailgun):
    Mail.objects.update(to_address="")
    tell("mailgun", from_mailgun(mail, recipient=""))
    assert not BlockedAddress.objects.exists()
    assert Mail.objects.get().delivery == ""


def test_the_note_and_the_block_stand_or_fall_together(mail, monkeypatch):
    """Or a call that is repeated after a fault would find the mail noted, and block nobody."""
    monkeypatch.setattr(blocking, "block", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        came_back(mail.message_id, "ann@example.org", Delivery.BOUNCED)
    assert Mail.objects.get().delivery == ""


def test_the_first_reason_stays(mail):
    blocking.block("ann@example.org", Delivery.COMPLAINED)
    blocking.block("Ann@example.org ", Delivery.BOUNCED)
    assert blocking.why("ann@example.org") == Delivery.COMPLAINED


def test_a_wrong_signature_is_refused(mail, mailgun):
    assert tell("mailgun", from_mailgun(mail, key="a-wrong-key")).status_code == 403
    unsigned = from_mailgun(mail)
    del unsigned["signature"]
    assert tell("mailgun", unsigned).status_code == 403
    for wrong in ({"signature": 7}, {"signature": None}, {"token": None}, {"timestamp": "ü"}):
        said = from_mailgun(mail)
        said["signature"] |= wrong
        assert tell("mailgun", said).status_code == 403, wrong
    assert not BlockedAddress.objects.exists()


@pytest.mark.parametrize("pair", [None, "hook:wrong", "hook", ":", "höök:sécret"])
def test_a_wrong_secret_is_refused(mail, postmark, pair):
    assert tell("postmark", from_postmark(mail), pair).status_code == 403
    assert not BlockedAddress.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"\xff\xfe", b'{"RecordType": "Bounce", "BouncedAt": 7}']
)
def test_what_cannot_be_read_is_refused_and_breaks_nothing(mail, postmark, body):
    assert tell("postmark", body, PAIR).status_code in (204, 400)
    assert not BlockedAddress.objects.exists()


def test_brackets_in_brackets_are_refused_before_anybody_signed(mail, mailgun):
    assert tell("mailgun", b"[" * 100_000).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        b"[" * 100_000,
        b'{"RecordType":"Bounce","Type":"HardBounce","MessageID":"x","Email":"a\\u0000b@example.org"}',
        b'{"RecordType":"Bounce","Type":"HardBounce","MessageID":"\\ud800","Email":"ann@example.org"}',
    ],
)
def test_what_no_database_could_be_asked_for_is_refused(mail, postmark, said):
    assert tell("postmark", said, PAIR).status_code == 400


def test_a_call_that_is_repeated_blocks_no_address_that_was_mended(mail, mailgun):
    call = from_mailgun(mail)
    tell("mailgun", call)
    outbox.unblock("ann@example.org")
    assert tell("mailgun", call).status_code == 204
    assert tell("mailgun", from_mailgun(mail, token="another-token")).status_code == 204
    assert not outbox.is_blocked("ann@example.org")


def test_only_a_mail_of_ours_to_this_very_address_counts(mail, mailgun):
    answers = [
        tell("mailgun", from_mailgun(mail, recipient=address))
        for address in ("bob@example.org", "nobody@example.org", "", None, "ann@example.org")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(204, b"")}
    assert BlockedAddress.objects.count() == 1
    assert outbox.is_blocked("ann@example.org")


def test_a_member_whom_we_never_wrote_to_cannot_be_blocked_or_asked_about(caregiver, mail, mailgun):
    blocking.block("known@example.org", Delivery.BOUNCED)
    before = BlockedAddress.objects.count()
    answers = [
        tell(
            "mailgun", from_mailgun(mail, recipient=address, message={"headers": {"message-id": "made-up@x"}})
        )
        for address in (caregiver.email, "known@example.org", "stranger@example.org")
    ]
    assert len({(answer.status_code, answer.content, str(answer.headers)) for answer in answers}) == 1
    assert BlockedAddress.objects.count() == before


def test_a_mail_that_only_waits_cannot_have_come_back(mailgun):
    outbox.enqueue("cause", "ann@example.org", "Your post", "Words")
    tell("mailgun", from_mailgun(Mail.objects.get()))
    assert not BlockedAddress.objects.exists()


def test_nothing_of_a_call_is_logged(mail, mailgun, caplog):
    tell("mailgun", from_mailgun(mail))
    tell("mailgun", from_mailgun(mail, key="wrong"))
    assert "ann@example.org" not in caplog.text


def test_a_page_may_not_call_it(visitor, mailgun):
    assert visitor.get(reverse("outbox:came_back", args=["mailgun"])).status_code == 405
