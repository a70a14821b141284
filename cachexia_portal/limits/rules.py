"""The limits, as data, with their reasons.

Visitors are counted by network, and a ward, a clinic or a whole mobile operator
may stand behind one: amounts for them are generous. They are there to stop
machines, and nobody should meet one of them by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Rule:
    """At most `amount` times in each `period`; periods start at fixed times."""

    name: str
    amount: int
    period: timedelta
    reason: str


ASK = Rule("ask", 20, HOUR, "A bad night brings many questions; moderators read every one.")
ANSWER = Rule("answer", 40, HOUR, "Some members answer for an evening; moderators read every one.")
CONTACT = Rule("contact", 40, HOUR, "No account is needed, so a whole ward is counted as one.")
SIGN_UP = Rule("sign-up", 60, HOUR, "A support group may sign up together; each sends one mail.")
PROFILE = Rule("profile", 60, HOUR, "Changes of one's own profile; only a machine needs more.")
CLOSE_ACCOUNT = Rule("close-account", 20, HOUR, "The password is asked for: slows down guessing it.")
STALE_WARNING = Rule("stale-warning", 1, HOUR, "Administrators need one mail, not one for each probe.")
