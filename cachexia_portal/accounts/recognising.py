"""Whose request this is: the first thing that every page of a member asks the database.

Django and allauth find the session and the member; here the SQL for it is written once.
"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from cachexia_portal.accounts.models import Member
from cachexia_portal.delivery.prepared import NUMBER, TEXT, PreparedQuery

SESSION: PreparedQuery[Session] = PreparedQuery(lambda key: Session.objects.filter(session_key=key), TEXT)
MEMBER: PreparedQuery[Member] = PreparedQuery(lambda pk: Member.objects.filter(pk=pk), NUMBER)


class SessionStore(DatabaseStore):
    """Sessions in the database. `SESSION_ENGINE` names this module."""

    def _get_session_from_db(self) -> Any:
        session = SESSION.row(self.session_key or "")
        if session and session.expire_date > timezone.now():
            return session
        self._session_key = None
        return None


class MemberBackend(AuthenticationBackend):
    """Signs people in as allauth does."""

    def get_user(self, user_id: int) -> Any:
        member = MEMBER.row(user_id)
        return member if member and self.user_can_authenticate(member) else None
