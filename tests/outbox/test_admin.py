import pytest
from django.urls import reverse

from cachexia_portal import outbox
from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    outbox.enqueue("contact-7", "ann@example.org", "You have a message", "Her very words")
    return Mail.objects.get()


@pytest.fixture
def superuser(administrator):
    administrator.is_superuser = True
    administrator.save(update_fields=["is_superuser"])
    return administrator


def test_an_administrator_sees_what_became_of_a_mail_but_neither_words_nor_address(
    administrator, client_of, mail
):
    browser = client_of(administrator)
    for address in (
        reverse("admin:outbox_mail_changelist"),
        reverse("admin:outbox_mail_change", args=[mail.pk]),
    ):
        page = browser.get(address).content.decode()
        assert "contact-7" in page
        assert "Waiting" in page
        assert "Her very words" not in page
        assert "ann@example.org" not in page


def test_not_even_a_superuser_adds_changes_or_deletes_a_mail(superuser, client_of, mail):
    browser = client_of(superuser)
    assert browser.post(reverse("admin:outbox_mail_add")).status_code == 403
    assert browser.post(reverse("admin:outbox_mail_delete", args=[mail.pk])).status_code == 403
    assert browser.post(reverse("admin:outbox_mail_change", args=[mail.pk]), {"key": "x"}).status_code == 403
    assert Mail.objects.get() == mail


def test_an_administrator_sees_which_sweeps_failed(administrator, client_of):
    heartbeat.beat(["help.pages.rewrite"])
    page = client_of(administrator).get(reverse("admin:outbox_heartbeat_changelist")).content.decode()
    assert "help.pages.rewrite" in page


def test_other_staff_do_not_see_the_outbox(moderator, client_of, mail):
    assert client_of(moderator).get(reverse("admin:outbox_mail_changelist")).status_code in (403, 404)
