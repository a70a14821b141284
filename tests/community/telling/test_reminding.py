"""One mail before the end, in words that keep nothing up; silence takes a story down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cachexia_portal.outbox.models import Mail
from cachexia_portal.pages.due import SWEEPS
from community import agreements, moderation, reminding

from .conftest import BODY, TITLE, in_force, is_public, let_it_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending(told):
    """Its time is over within a month."""
    consent = in_force(told)
    consent.ends_at = timezone.now() + agreements.ASKED_AGAIN - timedelta(hours=1)
    consent.save()
    return told


def mails() -> list[Mail]:
    return list(Mail.objects.filter(key__startswith="community.consent."))


def test_it_is_swept_every_minute():
    assert "community.reminding.remind_of_consents" in SWEEPS


def test_its_teller_is_asked_once(ending):
    for _again in range(3):
        reminding.remind_of_consents()

    (mail,) = mails()
    assert mail.to_address == ending.author.email
    assert f"/me/posts/{ending.pk}/#consent" in mail.text
    assert "If you do nothing, the story comes down on that day." in mail.text
    assert TITLE not in mail.text + mail.subject
    assert BODY not in mail.text
    assert in_force(ending).reminded_at


def test_nobody_is_asked_long_before(told):
    reminding.remind_of_consents()
    assert mails() == []


def test_a_change_of_one_use_does_not_ask_again(ending):
    reminding.remind_of_consents()
    moderation.change_consent(ending, by=ending.author, purpose="for_teaching", is_agreed=True)
    reminding.remind_of_consents()
    assert len(mails()) == 1


def test_after_a_renewal_the_next_end_is_asked_about_again(ending):
    reminding.remind_of_consents()
    moderation.renew_consent(ending, by=ending.author, years=1)
    assert in_force(ending).reminded_at is None


@pytest.mark.parametrize("why", ["withdrawn", "over", "hidden", "waiting", "invented", "invented post"])
def test_nobody_is_asked_about_what_is_not_shown(ending, moderator, house_rule, why):
    if why == "withdrawn":
        moderation.withdraw(ending, by=ending.author)
    elif why == "over":
        let_it_end(ending)
    elif why == "hidden":
        moderation.hide(ending, by=moderator, house_rule=house_rule, reason="A name.")
    elif why == "waiting":
        ending.take_down()
    elif why == "invented post":
        type(ending).objects.filter(pk=ending.pk).update(is_demo=True)
    else:
        type(ending.author).objects.filter(pk=ending.author_id).update(is_demo=True)
    reminding.remind_of_consents()
    assert mails() == []
    assert not ending.consents.exclude(reminded_at=None).exists()


def test_the_mark_and_the_mail_stand_or_fall_together(ending, monkeypatch):
    monkeypatch.setattr(reminding.mail_choices, "write_to", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reminding.remind_of_consents()
    assert in_force(ending).reminded_at is None


def test_silence_takes_it_down(ending):
    reminding.remind_of_consents()
    let_it_end(ending)
    assert not is_public(ending)
