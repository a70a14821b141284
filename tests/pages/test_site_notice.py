"""A sentence from the society above every page: from its beginning to its end, at no cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cachexia_portal.delivery import site_notices
from cachexia_portal.events.models import Event
from cachexia_portal.pages.models import SiteNotice
from cachexia_portal.pages.notices import write_notices
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "On Sunday morning the site rests for an hour."
FORM = reverse("admin:pages_sitenotice_add")
LIST = reverse("admin:pages_sitenotice_changelist")


def noticed(writer, text: str = SENTENCE, begins: timedelta = timedelta(hours=-1), **fields) -> SiteNotice:
    now = timezone.now()
    fields = {"begins_at": now + begins, "ends_at": now + timedelta(hours=2), **fields}
    notice = SiteNotice.objects.create(text=text, written_by=writer, **fields)
    write_notices()
    return notice


def home(client: Client | None = None) -> str:
    return (client or Client()).get("/").content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/articles/", "/questions/", "/search/", "/accounts/login/", "/none/"]
)
def test_it_stands_above_every_page(visitor, administrator, address):
    noticed(administrator)
    page = visitor.get(address).content.decode()
    assert page.index(SENTENCE) < page.index('<main id="main"')


def test_it_costs_no_query(visitor, administrator):
    home(visitor)
    with CaptureQueriesContext(connection) as before:
        home(visitor)
    noticed(administrator)
    with CaptureQueriesContext(connection) as after:
        assert SENTENCE in home(visitor)
    assert len(after) <= len(before)


def test_it_begins_and_ends_by_the_clock_with_nothing_swept(clock, administrator):
    noticed(administrator, begins=timedelta(hours=1))
    assert SENTENCE not in home()
    clock.shift(timedelta(hours=1))
    assert SENTENCE in home()
    clock.shift(timedelta(hours=1))
    assert SENTENCE not in home()


def test_one_that_is_taken_down_is_gone_from_the_next_page_on(client_of, administrator):
    notice, client = noticed(administrator), client_of(administrator)
    client.post(LIST, {"action": "take_down", "_selected_action": [notice.pk]})
    assert SENTENCE not in home()
    notice.refresh_from_db()
    assert notice.taken_down_at
    assert Event.objects.filter(verb="site_notice_taken_down", actor=administrator).count() == 1


def test_an_administrator_writes_one_in_the_back_office(client_of, administrator):
    client = client_of(administrator)
    day = timezone.localtime()
    typed = {"text": SENTENCE, "begins_at_0": f"{day:%Y-%m-%d}", "begins_at_1": "00:00:00"}
    later = day + timedelta(days=2)
    answer = client.post(FORM, {**typed, "ends_at_0": f"{later:%Y-%m-%d}", "ends_at_1": "00:00:00"})
    assert answer.status_code == 302
    assert SiteNotice.objects.get().written_by == administrator
    assert SENTENCE in home()


def test_the_form_says_in_which_zone_its_hours_are(client_of, administrator, settings):
    page = client_of(administrator).get(FORM).text
    assert f"In the time zone of the site: {settings.TIME_ZONE}." in page
    assert '<textarea name="text"' in page
    for name in ("From: date", "From: time", "Until: date", "Until: time"):
        assert f'aria-label="{name}"' in page, "a field without a name says nothing to a screen reader"
    assert "Written by" not in page, "nobody has written it yet"
    notice = noticed(administrator)
    assert "Written by" in client_of(administrator).get(f"{LIST}{notice.pk}/change/").text


def test_an_end_before_the_beginning_is_refused_with_a_sentence(administrator):
    now = timezone.now()
    notice = SiteNotice(text="x", begins_at=now, ends_at=now, written_by=administrator)
    with pytest.raises(ValidationError, match="The end comes after the beginning"):
        notice.full_clean()


def test_a_damaged_file_says_nothing_and_is_mended_by_the_next_sweep(settings, administrator):
    noticed(administrator)
    settings.SITE_NOTICES_FILE.write_text('[["half')
    assert SENTENCE not in home()
    write_notices()
    assert SENTENCE in home()


def test_a_write_that_fails_leaves_the_old_file(settings, administrator, monkeypatch):
    noticed(administrator)

    def full_disk(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr(site_notices.json, "dump", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_notices()
    assert [path.name for path in settings.SITE_NOTICES_FILE.parent.glob("*site-notices*")] == [
        "site-notices.json"
    ]
    assert SENTENCE in home()


@pytest.mark.parametrize("text", [text for text in STORABLE.values() if text.strip()])
def test_hostile_words_are_words(administrator, text):
    noticed(administrator, text[:300])
    assert not live_markup_in(home())


def test_every_process_may_read_the_file(settings, administrator):
    """Also one that runs as another user: the worker writes it, the web reads it."""
    noticed(administrator)
    assert settings.SITE_NOTICES_FILE.stat().st_mode & 0o777 == 0o644


def test_no_notice_is_deleted_and_each_change_has_its_author_and_event(client_of, administrator, moderator):
    notice, client = noticed(moderator), client_of(administrator)
    assert (
        client.post(reverse("admin:pages_sitenotice_delete", args=[notice.pk]), {"post": "yes"}).status_code
        == 403
    )
    client.post(LIST, {"action": "delete_selected", "_selected_action": [notice.pk], "post": "yes"})
    day = timezone.localtime()
    typed = {"text": "Another sentence.", "begins_at_0": f"{day:%Y-%m-%d}", "begins_at_1": "00:00:00"}
    later = f"{day + timedelta(days=2):%Y-%m-%d}"
    page = reverse("admin:pages_sitenotice_change", args=[notice.pk])
    assert client.post(page, {**typed, "ends_at_0": later, "ends_at_1": "00:00:00"}).status_code == 302
    assert client.post(FORM, {**typed, "ends_at_0": later, "ends_at_1": "00:00:00"}).status_code == 302
    assert [row.written_by for row in SiteNotice.objects.order_by("pk")] == [administrator] * 2
    verbs = Event.objects.filter(actor=administrator).values_list("verb", "subject_id")
    assert ("site_notice_changed", notice.pk) in verbs
    assert ("site_notice_written", SiteNotice.objects.latest("pk").pk) in verbs
