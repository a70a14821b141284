"""From somebody's words to a public page: every act that touches a post, its items and its notices.

This package is the only writer of a post's state. Each act is one transaction that locks
the post first, so that two people acting at once come one after the other.
"""

from .appealing import appeal, can_be_appealed
from .appearing import forget_in_search, show_without_name
from .claiming import claim, release, renew, take_over
from .consenting import Agreed, change_consent, renew_consent
from .deciding import decide, publish, refuse
from .hiding import hide, restore
from .lanes import clinical_credential_for
from .refusals import AlreadyDecided, ChangedMeanwhile, ClaimedByAnother, DoorsAreClosed, MayNotWrite
from .reporting import report
from .resending import send_again
from .sending import send_answer, send_question, send_reply, send_story
from .small_teams import hand_over_lonely
from .undoing import can_be_undone, undo
from .verbs import needs_a_reason, open_verbs
from .withdrawing import forget_words_of, withdraw, withdraw_all_of, withdraw_waiting_of

__all__ = [
    "Agreed",
    "AlreadyDecided",
    "ChangedMeanwhile",
    "ClaimedByAnother",
    "DoorsAreClosed",
    "MayNotWrite",
    "appeal",
    "can_be_appealed",
    "can_be_undone",
    "change_consent",
    "claim",
    "clinical_credential_for",
    "decide",
    "forget_in_search",
    "forget_words_of",
    "hand_over_lonely",
    "hide",
    "needs_a_reason",
    "open_verbs",
    "publish",
    "refuse",
    "release",
    "renew",
    "renew_consent",
    "report",
    "restore",
    "send_again",
    "send_answer",
    "send_question",
    "send_reply",
    "send_story",
    "show_without_name",
    "take_over",
    "undo",
    "withdraw",
    "withdraw_all_of",
    "withdraw_waiting_of",
]
