"""A request belongs to whoever its session names, while both hold."""

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from cachexia_portal.accounts.models import Member
from cachexia_portal.accounts.recognising import SessionStore

pytestmark = pytest.mark.django_db


def store(**values) -> SessionStore:
    session = SessionStore()
    session.update(values)
    session.create()
    return SessionStore(session.session_key)


def reader_of(client):
    """Who the next request of this browser comes from."""
    request = RequestFactory().get("/")
    cookie = client.cookies.get("sessionid")
    request.session = SessionStore(cookie.value if cookie else None)
    return get_user(request)


def test_what_was_put_into_a_session_is_found_again(queries):
    session = store(step=2)
    with queries(1):
        assert session["step"] == 2


@pytest.mark.parametrize("key", ["no-such-session-of-anybody", "", None])
def test_an_unknown_session_is_empty_and_gets_another_key(key):
    session = SessionStore(key)
    assert session.get("step") is None
    assert session.session_key is None


def test_a_session_ends_in_its_hour(clock):
    session = store(step=2)
    clock.move_to(Session.objects.get().expire_date)
    assert session.get("step") is None
    assert session.session_key is None


def test_a_member_is_recognised_with_every_column(caregiver, client_of, queries):
    client = client_of(caregiver)
    with queries(2):
        reader = reader_of(client)
        columns = [getattr(reader, field.attname) for field in Member._meta.concrete_fields]
    assert columns == [getattr(caregiver, field.attname) for field in Member._meta.concrete_fields]


def test_nobody_is_recognised_without_a_session(visitor):
    assert not reader_of(visitor).is_authenticated


def test_a_member_who_is_shut_out_is_a_visitor_at_once(caregiver, client_of):
    client = client_of(caregiver)
    Member.objects.filter(pk=caregiver.pk).update(is_active=False)
    assert not reader_of(client).is_authenticated


def test_a_session_of_nobody_is_a_visitors(caregiver, client_of):
    client = client_of(caregiver)
    session = SessionStore(client.cookies["sessionid"].value)
    session["_auth_user_id"] = str(caregiver.pk + 1)
    session.save()
    assert not reader_of(client).is_authenticated
