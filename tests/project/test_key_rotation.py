"""A new SECRET_KEY with the old one among the fallbacks: what goes on, and what ends."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.test import Client
from django.urls import reverse

from cachexia_portal.accounts import first_administrator, mail_choices
from cachexia_portal.accounts.models import MailKind, NameTaken, OpenSession, TakenName, UnwantedMail
from cachexia_portal.outbox import blocking, is_blocked
from cachexia_portal.outbox.models import Delivery
from cachexia_portal.pages import launch_trials
from tests.community.asking.conftest import ASK, look
from tests.people import make_member, sign_in

pytestmark = pytest.mark.django_db
OLD, NEW = site_settings.SECRET_KEY, "new-" + "n" * 50


@pytest.fixture
def rotate(settings):
    """`rotate()`: a new key, and the old one still counts. `rotate(keep=False)`: it does not."""

    def rotate(*, keep: bool = True) -> None:
        settings.SECRET_KEY = NEW
        settings.SECRET_KEY_FALLBACKS = [OLD] if keep else []

    return rotate


def is_signed_in(client) -> bool:
    return client.get(reverse("accounts:profile")).status_code == 200


def test_everybody_stays_signed_in_and_the_list_of_sessions_too(rotate, client_of, caregiver):
    client = client_of(caregiver)
    assert is_signed_in(client)
    rotate()
    assert is_signed_in(client)
    assert is_signed_in(client)
    assert OpenSession.objects.filter(member=caregiver).count() == 1


def test_who_came_while_both_counted_stays_when_the_old_one_goes(rotate, client_of, caregiver):
    client = client_of(caregiver)
    rotate()
    assert is_signed_in(client)
    rotate(keep=False)
    assert is_signed_in(client)


def test_without_the_old_key_everybody_signs_in_again(rotate, client_of, caregiver):
    client = client_of(caregiver)
    rotate(keep=False)
    assert not is_signed_in(client)


def test_invented_people_stay_signed_in_too(rotate, settings):
    settings.IS_DEMO_SITE, settings.SITE_MODE = True, "demo"
    client = sign_in(Client(), make_member("Demo Person", is_demo=True))
    rotate()
    assert is_signed_in(client)


def test_a_new_password_still_ends_the_other_sessions(rotate, client_of, caregiver):
    client = client_of(caregiver)
    rotate()
    caregiver.set_password("another long password")
    caregiver.save(update_fields=["password"])
    assert not is_signed_in(client)


def test_staff_pages_stay_open(rotate, client_of, moderator):
    client = client_of(moderator)
    rotate()
    assert client.get("/admin/").status_code == 200


def test_a_form_that_was_open_can_be_sent(rotate, caregiver):
    client = sign_in(Client(enforce_csrf_checks=True), caregiver)
    page = client.get(reverse("pages:contact")).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    rotate()
    typed = {"subject": "guide", "message": "Is anybody there?", "csrfmiddlewaretoken": token}
    assert client.post(reverse("pages:contact"), typed).status_code == 302


def test_the_draft_of_a_visitor_waits_on(rotate, visitor):
    kept = look(visitor, body="He eats nothing.")
    assert "draft" in kept.cookies
    rotate()
    assert "He eats nothing." in visitor.get(f"{ASK}?look=1").content.decode()


def test_the_link_in_an_old_mail_stops_the_mails(rotate, visitor, moderator):
    path = mail_choices.stop_path(moderator, MailKind.DESK)
    rotate()
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code < 400
    assert UnwantedMail.objects.filter(member=moderator, kind=MailKind.DESK).exists()


def test_without_the_old_key_the_link_stops_nothing(rotate, moderator):
    token = mail_choices.stop_path(moderator, MailKind.DESK).rstrip("/").rpartition("/")[2]
    assert mail_choices.read_stop_path(token)
    rotate(keep=False)
    assert mail_choices.read_stop_path(token) is None


def test_the_link_for_the_first_administrator_opens(rotate, visitor):
    token = first_administrator.make_token("ada@example.org")
    rotate()
    page = reverse("accounts:first_administrator", args=[token])
    assert visitor.get(page).status_code == 200


def test_the_link_of_the_test_mail_counts(rotate, administrator):
    key = signing.dumps("ada@example.org", salt=launch_trials.SALT)
    rotate()
    assert launch_trials.address_of(key) == "ada@example.org"


def test_the_link_for_a_new_password_counts(rotate, caregiver):
    token = default_token_generator.make_token(caregiver)
    rotate()
    assert default_token_generator.check_token(caregiver, token)


def test_a_name_stays_taken_while_the_old_key_is_kept(rotate):
    TakenName.objects.take("Rosalind")
    rotate()
    with pytest.raises(NameTaken):
        TakenName.objects.take("Rosalind")
    rotate(keep=False)
    assert not TakenName.objects.has("Rosalind")


def test_an_address_stays_blocked_while_the_old_key_is_kept(rotate):
    blocking.block("gone@example.org", Delivery.BOUNCED)
    rotate()
    assert is_blocked("gone@example.org")
    rotate(keep=False)
    assert not is_blocked("gone@example.org")
