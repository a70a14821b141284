"""What a member ends as a whole: the account, and the consent for health data. Each takes their words along."""

from __future__ import annotations

from django.db import transaction

from cachexia_portal.accounts.models import Member

from .marking import take_back_all_of
from .moderation import forget_words_of, withdraw_all_of, withdraw_waiting_of


@transaction.atomic
def close_account(member: Member, *, takes_posts_down: bool) -> None:
    """Empty the account; what is public stays, as from a former member, unless it is to come down too.

    Raises `AccountClosed` where somebody was faster.
    """
    member = Member.objects.locked(member)
    withdraw = withdraw_all_of if takes_posts_down else withdraw_waiting_of
    withdraw(member, by=member)
    _forget_the_rest(member)
    member.close()


@transaction.atomic
def end_health_consent(member: Member) -> None:
    """Every post comes down at once. Raises `AccountClosed` where somebody was faster."""
    member = Member.objects.locked(member)
    withdraw_all_of(member, by=member)
    _forget_the_rest(member)
    member.withdraw_health_consent()


def _forget_the_rest(member: Member) -> None:
    forget_words_of(member)
    take_back_all_of(member)
