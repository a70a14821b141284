"""The limits, as data, with their reasons.

Visitors are counted by network, and a ward, a clinic or a whole mobile operator
may stand behind one: amounts for them are generous. They are there to stop
machines, and nobody should meet one of them by hand. An operator
may set another rate for any of them (RATE_LIMITS). The limits of signing up and
signing in stand in `accounts/sign_in_settings.py` and are counted in the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from .rates import Rate

HOUR = timedelta(hours=1)


def names() -> set[str]:
    """The names by which an operator sets another rate."""
    return {rule.name for rule in globals().values() if type(rule) is Rule}


@dataclass(frozen=True)
class Rule:
    """At most `amount` times in each `period`; periods start at fixed times."""

    name: str
    amount: int
    period: timedelta
    reason: str

    @property
    def rate(self) -> Rate:
        """What counts: the operator's word, or else ours."""
        return settings.RATE_LIMITS.get(self.name) or Rate(self.amount, self.period)


ASK = Rule("ask", 20, HOUR, "A bad night brings many questions; moderators read every one.")
ANSWER = Rule("answer", 40, HOUR, "Some members answer for an evening; moderators read every one.")
MARK = Rule("mark", 200, HOUR, "A long evening of reading; more is a machine.")
DRAFT = Rule("draft", 1800, HOUR, "Words are kept as they are written, every few seconds for an evening.")
SIMILAR = Rule(
    "similar", 1800, HOUR, "Asked at each pause of somebody who writes; a whole ward is one visitor."
)
REPORT = Rule(
    "report", 40, HOUR, "Somebody who reads a thread through may report much of it; people read each one."
)
CONSENT = Rule("consent", 60, HOUR, "Somebody who thinks it over may change their answers many times.")
CONTACT = Rule("contact", 40, HOUR, "No account is needed, so a whole ward is counted as one.")
PROFILE = Rule("profile", 60, HOUR, "Changes of one's own profile; only a machine needs more.")
MAILED_CODE = Rule("mailed-code", 10, HOUR, "Each is a mail to somebody; slips and lost mails are few.")
CLOSE_ACCOUNT = Rule("close-account", 20, HOUR, "The password is asked for: slows down guessing it.")
EXPORT = Rule("export", 10, HOUR, "A file or two, and the page; putting together more is a machine.")
STALE_WARNING = Rule("stale-warning", 1, HOUR, "Administrators need one mail, not one for each probe.")
RUN_DUE = Rule("run-due", 6, HOUR, "Each runs every sweep in a web process; the worker does it every minute.")
