"""The heartbeat in the admin: what failed, and a button that does the due work now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cachexia_portal import outbox
from cachexia_portal.events.models import Event
from cachexia_portal.limits.rules import RUN_DUE
from cachexia_portal.outbox import heartbeat
from cachexia_portal.outbox.leases import lease
from cachexia_portal.pages import due

pytestmark = pytest.mark.django_db
PAGE, RUN = "admin:outbox_heartbeat_changelist", "admin:outbox_heartbeat_run"
HERE = "tests.pages.test_due_admin"
works: list[bool] = []
every_sweep = set(due.SWEEPS)


def mended_by_now():
    if not works:
        raise ValueError("Her very words")


@pytest.fixture(autouse=True)
def _few_sweeps(monkeypatch):
    works.clear()
    monkeypatch.setattr(due, "SWEEPS", ["cachexia_portal.outbox.send_due", f"{HERE}.mended_by_now"])


@pytest.fixture
def browser(administrator, client_of):
    return client_of(administrator)


def run(browser):
    return browser.post(reverse(RUN), follow=True)


def test_what_failed_is_seen_run_again_and_gone_when_it_works(browser, mail_sink):
    due.run_due()
    assert f"{HERE}.mended_by_now" in browser.get(reverse(PAGE)).text
    assert "1 sweep failed again" in run(browser).text
    works.append(True)
    page = run(browser)
    assert "All of it was done." in page.text
    assert heartbeat.failed_sweeps() == []
    assert f"{HERE}.mended_by_now" not in page.text


def test_mails_that_wait_go_out_and_it_is_noted_who_pressed(browser, administrator, mail_sink):
    works.append(True)
    outbox.enqueue("key", "ann@example.org", "Your post", "Words")
    run(browser)
    assert len(mail_sink) == 1
    assert Event.objects.filter(verb="due_work_run", actor=administrator).count() == 1


def test_it_is_no_sign_of_life_of_the_worker(browser, clock):
    run(browser)
    assert heartbeat.is_stale()
    due.run_due()
    clock.shift(heartbeat.STALE_AFTER + timedelta(minutes=1))
    run(browser)
    assert heartbeat.is_stale()


def test_what_takes_long_is_left_to_the_worker(browser, monkeypatch):
    monkeypatch.setattr(due, "LEFT_TO_THE_WORKER", {f"{HERE}.mended_by_now"})
    due.run_due()
    assert "All of it was done." in run(browser).text
    assert heartbeat.failed_sweeps() == [f"{HERE}.mended_by_now"]


def test_what_is_left_to_the_worker_is_a_sweep():
    assert every_sweep > due.LEFT_TO_THE_WORKER


def test_where_nothing_ever_ran_the_page_says_so_and_has_the_button(browser):
    page = browser.get(reverse(PAGE)).text
    assert "Nothing has run beside the web server" in page
    assert f'action="{reverse(RUN)}"' in page


def test_beside_another_process_nothing_runs_twice(browser, mail_sink):
    with lease("tick", 60):
        assert "Another process is doing it just now." in run(browser).text


def test_it_is_limited_for_all_administrators_together(browser, clock):
    works.append(True)
    for _ in range(RUN_DUE.amount):
        assert "All of it was done." in run(browser).text
    assert "Please wait" in run(browser).text
    assert Event.objects.filter(verb="due_work_run").count() == RUN_DUE.amount


def test_looking_runs_nothing(browser, mail_sink):
    outbox.enqueue("key", "ann@example.org", "Your post", "Words")
    assert browser.get(reverse(RUN)).status_code == 405
    browser.get(reverse(PAGE))
    assert mail_sink == []


def test_nobody_else_runs_it(moderator, editor, visitor, client_of, mail_sink):
    outbox.enqueue("key", "ann@example.org", "Your post", "Words")
    for browser in (client_of(moderator), client_of(editor), visitor):
        assert browser.post(reverse(RUN)).status_code in (302, 403, 404)
    assert mail_sink == []
