"""Fixtures of the whole suite: people, clients, clock, mail, query counts."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.test import Client, TransactionTestCase

from cachexia_portal.accounts import roles
from cachexia_portal.events.append_only import lifted
from cachexia_portal.launch.models import Cause, Doors
from community import honest_times
from tests.hostile import HOSTILE
from tests.people import give_credential, make_member, sign_in

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("suite")

MORNING = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def pytest_configure():
    static_root = Path(settings.DATA_DIR) / "static_root"
    static_root.mkdir(parents=True, exist_ok=True)
    settings.STATIC_ROOT = static_root
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TransactionTestCase._fixture_teardown = _flush_append_only_tables_too


_flush = TransactionTestCase._fixture_teardown


def _flush_append_only_tables_too(self):
    with contextlib.ExitStack() as guards:
        for name in self._databases_names(include_mirrors=False):
            guards.enter_context(lifted(connections[name]))
        _flush(self)


def pytest_collection_modifyitems(items):
    """Where the time stands still it does so first: nobody is made on another day than the test plays on."""
    for item in items:
        if "clock" in getattr(item, "fixturenames", ()):
            item.fixturenames.remove("clock")
            item.fixturenames.insert(0, "clock")


@pytest.fixture(autouse=True)
def _a_data_folder_of_its_own(tmp_path, settings):
    settings.HELP_PAGES_DIR = tmp_path / "help-pages"
    settings.SITE_NOTICES_FILE = tmp_path / "site-notices.json"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LOG = tmp_path / "erasures.log"


@pytest.fixture(autouse=True)
def _figures_of_its_own():
    honest_times.look_again()


@pytest.fixture(autouse=True)
def _the_site_opened_long_ago(request):
    """People write here: of the day on which everything was ready, this row stays. tests/launch does without."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("_django_db_helper")
        Doors.objects.create(are_open=True, cause=Cause.READY)


@pytest.fixture(params=HOSTILE.values(), ids=[name.replace(" ", "_") for name in HOSTILE])
def hostile(request) -> str:
    """Each text of the hostile corpus in turn."""
    return request.param


# --- People -----------------------------------------------------------------


@pytest.fixture
def visitor() -> Client:
    """A browser that nobody has signed in with."""
    return Client()


@pytest.fixture
def client_of(db):
    """`client_of(member)`: a browser signed in as that member."""
    return lambda member, **options: sign_in(Client(**options), member)


@pytest.fixture
def caregiver(db):
    return make_member("Robin Hill")


@pytest.fixture
def other_caregiver(db):
    return make_member("Sam Brook")


@pytest.fixture
def editor(db):
    return make_member("Edda Page", roles.EDITORS)


@pytest.fixture
def other_editor(db):
    return make_member("Emil Line", roles.EDITORS)


@pytest.fixture
def moderator(db):
    return make_member("Mona Field", roles.MODERATORS)


@pytest.fixture
def other_moderator(db):
    return make_member("Milo Stone", roles.MODERATORS)


@pytest.fixture
def verifier(db):
    return make_member("Vera Gate", roles.VERIFIERS)


@pytest.fixture
def other_verifier(db):
    return make_member("Viktor Lake", roles.VERIFIERS)


@pytest.fixture
def administrator(db):
    return make_member("Ada Tower", roles.ADMINISTRATORS)


@pytest.fixture
def medical_reviewer(verifier, other_verifier):
    member = make_member("Rhea Moss", roles.MEDICAL_REVIEWERS)
    give_credential(member, verifier, other_verifier)
    return member


@pytest.fixture
def clinician(verifier, other_verifier):
    member = make_member("Cleo Marsh")
    give_credential(member, verifier, other_verifier)
    return member


# --- Clock, mail, queries -----------------------------------------------------


@pytest.fixture
def clock():
    """Time stands at nine in the morning; `clock.move_to(...)`, `clock.shift(...)` move it."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mail_sink(mailoutbox):
    """The mails that were sent, as a list."""
    return mailoutbox


@pytest.fixture
def queries(django_assert_num_queries):
    """`with queries(2): …` fails with the statements when their number is another."""
    return django_assert_num_queries


@pytest.fixture
def same_queries(django_assert_max_num_queries):
    """`same_queries(make_one, url, client=…, at_most=…)`: as many for one item as for three."""

    def check(make_one, url, *, client=None, at_most=50) -> int:
        counts = []
        for how_many in (1, 2):
            for _ in range(how_many):
                make_one()
            with django_assert_max_num_queries(at_most) as seen:
                response = (client or Client()).get(_address(url))
            assert response.status_code == 200, (url, response.status_code)
            counts.append(len(seen.captured_queries))
        assert counts[0] == counts[1], f"{counts[0]} queries for one item, {counts[1]} for three"
        return counts[0]

    return check


def _address(url) -> str:
    return url() if callable(url) else url
