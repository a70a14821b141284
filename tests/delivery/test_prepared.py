"""A prepared query gives what its queryset gives, and puts its SQL together once."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.conf import settings as site
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count

from cachexia_portal.accounts.models import Member
from cachexia_portal.delivery.prepared import MOMENT, NUMBER, TEXT, PreparedQuery

pytestmark = pytest.mark.django_db

PERMISSIONS = Permission.objects.select_related("content_type").order_by("pk")


def state(row) -> dict:
    """Everything loaded with a row, related rows too."""
    known = {name: value for name, value in vars(row).items() if name != "_state"}
    related = {name: state(other) for name, other in row._state.fields_cache.items() if other}
    return {"class": type(row), "db": row._state.db, "is_new": row._state.adding, **known, **related}


def same(rows, others) -> bool:
    assert [state(row) for row in rows] == [state(row) for row in others]
    return True


def test_rows_come_whole_with_what_was_joined(queries):
    prepared = PreparedQuery(lambda text: PERMISSIONS.filter(content_type__model=text), TEXT)
    for model in ("group", "session", "group", "no such"):
        with queries(1):
            rows = prepared.rows(model)
            names = [row.content_type.name for row in rows]
        wanted = PERMISSIONS.filter(content_type__model=model)
        assert same(rows, wanted)
        assert names == [row.content_type.name for row in wanted]


def test_numbers_and_texts_each_find_their_place():
    kind = ContentType.objects.get_for_model(Group)
    prepared = PreparedQuery(
        lambda text, number: PERMISSIONS.filter(codename=text, content_type=number), TEXT, NUMBER
    )
    assert same(
        prepared.rows("add_group", kind.pk), PERMISSIONS.filter(codename="add_group", content_type=kind)
    )
    assert prepared.rows("add_group", kind.pk + 1) == []


@pytest.mark.parametrize(
    "queryset",
    [
        lambda: PERMISSIONS.defer("name")[:3],
        lambda: PERMISSIONS.only("codename", "content_type__model")[2:5],
        lambda: ContentType.objects.annotate(number=Count("permission")).order_by("-number", "pk"),
        lambda: ContentType.objects.filter(pk__in=Permission.objects.values("content_type")).order_by("pk"),
    ],
)
def test_what_a_queryset_leaves_out_or_adds_stays_so(queryset):
    assert same(PreparedQuery(queryset).rows(), queryset())


def test_prefetched_rows_come_along(queries):
    group = Group.objects.create(name="Readers")
    group.permissions.add(*Permission.objects.all()[:3])
    prepared = PreparedQuery(
        lambda text: Group.objects.prefetch_related("permissions").filter(name=text), TEXT
    )
    with queries(2):
        (row,) = prepared.rows("Readers")
    with queries(0):
        assert len(row.permissions.all()) == 3


def test_the_queryset_is_put_together_once_for_each_mode_of_the_site(settings):
    built: list[bool] = []
    prepared = PreparedQuery(
        lambda text: (
            built.append(site.IS_DEMO_SITE)
            or PERMISSIONS.filter(codename=text if site.IS_DEMO_SITE else "nothing")
        ),
        TEXT,
    )
    for is_demo in (True, False, True):
        settings.IS_DEMO_SITE = is_demo
        for _ in range(2):
            assert bool(prepared.rows("add_group")) is is_demo
    assert built == [True, False]


def test_the_first_row_or_none():
    prepared = PreparedQuery(lambda text: PERMISSIONS.filter(codename=text), TEXT)
    assert prepared.row("add_group") == PERMISSIONS.get(codename="add_group")
    assert prepared.row("nothing") is None


@pytest.mark.parametrize("value", ["'; DROP TABLE auth_group; --", "%s", "100%", 'a"b', TEXT])
def test_a_value_is_a_value(value):
    Group.objects.create(name=value)
    prepared = PreparedQuery(lambda text: Group.objects.filter(name=text), TEXT)
    assert [group.name for group in prepared.rows(value)] == [value]


@pytest.mark.parametrize("number", [2**63, 10**40, -(2**63) - 1, 0, -1])
def test_a_number_that_no_row_can_have_finds_nothing(number):
    assert PreparedQuery(lambda number: Group.objects.filter(pk=number), NUMBER).rows(number) == []


def test_values_in_a_list_come_as_tuples_also_of_two_queries_together():
    kinds = ContentType.objects.values_list("app_label", "model")
    names = Permission.objects.values_list("codename", "name").filter(content_type__model="group").order_by()
    for queryset in (
        kinds.order_by("pk"),
        names.union(kinds).order_by("codename"),
        kinds.none().union(names),
    ):
        assert PreparedQuery(lambda queryset=queryset: queryset).rows() == list(queryset)


@pytest.mark.parametrize("values", [(), ("one", "two")])
def test_every_blank_wants_one_value(values):
    with pytest.raises(ValueError, match="zip"):
        PreparedQuery(lambda text: PERMISSIONS.filter(codename=text), TEXT).rows(*values)


def test_only_whole_objects_are_prepared():
    with pytest.raises(TypeError, match="values_list"):
        PreparedQuery(lambda: PERMISSIONS.values("name")).rows()


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_on_its_own_connection():
    prepared = PreparedQuery(lambda text: PERMISSIONS.filter(codename=text), TEXT)
    prepared.rows("add_group")
    seen = []

    def ask():
        try:
            seen.append(prepared.row("add_group"))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [PERMISSIONS.get(codename="add_group")]


def test_columns_are_compared_before_any_object_is_made(queries, monkeypatch):
    prepared = PreparedQuery(lambda text: PERMISSIONS.filter(codename=text), TEXT)
    before = prepared.ask("add_group")
    with queries(2):
        same_again, other = prepared.ask("add_group"), prepared.ask("add_user")
        assert before.raw == same_again.raw != other.raw
    monkeypatch.setattr(Permission, "from_db", None)
    assert prepared.ask("add_group").raw == before.raw
    assert prepared.ask("nothing").raw == []


def test_what_changed_in_a_row_shows_in_its_columns():
    prepared = PreparedQuery(lambda text: PERMISSIONS.filter(codename=text), TEXT)
    before = prepared.ask("add_group").raw
    Permission.objects.filter(codename="add_group").update(name="Another name")
    assert prepared.ask("add_group").raw != before


def test_columns_do_not_speak_for_what_is_prefetched():
    prepared = PreparedQuery(lambda: Group.objects.prefetch_related("permissions"))
    with pytest.raises(TypeError, match="prefetched"):
        prepared.ask().raw  # noqa: B018


def test_a_row_has_no_more_columns_than_were_asked_for():
    names = ContentType.objects.order_by("pk").values_list("model").distinct()
    assert PreparedQuery(lambda: names).rows() == list(names)


def test_a_moment_finds_its_place_more_than_once(caregiver, other_caregiver):
    """To the microsecond, on every database, whatever zone it is said in."""
    early, late = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2026, 1, 2, 3, 4, 5, 1, tzinfo=UTC)
    Member.objects.filter(pk=caregiver.pk).update(joined_at=early)
    Member.objects.filter(pk=other_caregiver.pk).update(joined_at=late)
    prepared = PreparedQuery(
        lambda moment, number: Member.objects.filter(joined_at__gte=moment).exclude(
            joined_at=moment, pk=number
        ),
        MOMENT,
        NUMBER,
    )
    berlin = late.astimezone(timezone(timedelta(hours=1)))
    assert [row.pk for row in prepared.rows(early, caregiver.pk)] == [other_caregiver.pk]
    assert [row.pk for row in prepared.rows(berlin, caregiver.pk)] == [other_caregiver.pk]
    assert prepared.rows(late, other_caregiver.pk) == []
