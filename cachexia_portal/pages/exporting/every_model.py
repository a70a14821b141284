"""Of each model that leads to a member: is it in the copy of everything, and if not, why not.

A model that stands in neither table fails a test, so that no later one is forgotten.
"""

from __future__ import annotations

from .staff import ACTS

#: Held about the member, and exported row by row.
HELD = frozenset(
    {
        "accounts.Member",
        "accounts.Member_groups",
        "accounts.Member_user_permissions",
        "accounts.Credential",
        "accounts.OpenSession",
        "accounts.UnwantedMail",
        "account.EmailAddress",
        "mfa.Authenticator",
        "events.Event",
        "events.EventNote",
        "community.Post",
        "community.Post_topics",
        "community.PostRevision",
        "community.Draft",
        "community.StoryConsent",
        "community.Mark",
        "community.Report",
        "community.Appeal",
        "community.Decision",
        "community.DecisionNote",
        "community.ReviewReason",
        # These lead to a member by an address or a number, not by a key.
        "outbox.Mail",
        "outbox.BlockedAddress",
        "erasures.Erasure",
    }
)
#: The columns by which a row is the member's own; every other one that names a member is an act of the staff.
OWN = frozenset(
    {
        "accounts.Member_groups.member",
        "accounts.Member_user_permissions.member",
        "accounts.Credential.member",
        "accounts.OpenSession.member",
        "accounts.UnwantedMail.member",
        "account.EmailAddress.user",
        "mfa.Authenticator.user",
        "events.Event.actor",
        "community.Post.author",
        "community.Draft.author",
        "community.Mark.member",
        "community.Report.reporter",
    }
)
#: Acts of the staff: exported as numbers and times.
DONE = frozenset(act.model for act in ACTS)

_OF_A_GUIDE = (
    "Part of a guide, which is the society's; who wrote which version is among the acts of the staff."
)
_OF_A_SOURCE = "Part of an imported document, which is somebody else's; who imported it is among the acts."
#: Not exported, and why.
LEFT_OUT = {
    "account.EmailConfirmation": "Holds keys that would confirm an address; this site sends codes and makes none.",
    "articles.Figure": _OF_A_GUIDE,
    "articles.Quotation": _OF_A_GUIDE,
    "articles.Reference": _OF_A_GUIDE,
    "articles.Revision_topics": _OF_A_GUIDE,
    "articles.Revision_cancer_types": _OF_A_GUIDE,
    "articles.PastText": _OF_A_GUIDE,
    "articles.PublicChange": _OF_A_GUIDE,
    "articles.OldAddress": _OF_A_GUIDE,
    "articles.SourceBlock": _OF_A_SOURCE,
    "articles.Fingerprint": _OF_A_SOURCE,
}

#: Columns with words in them that are left out of what is exported, and why.
WITHHELD = {
    "accounts.Member.password": "A one-way form; nobody can work the password out, and nobody should try.",
    "accounts.Credential.number": "A register number is never written back.",
    "accounts.OpenSession.session_key": "Whoever has it is signed in.",
    "accounts.OpenSession.browser": "Shown in words, as the page of the sessions does.",
    "accounts.OpenSession.system": "Shown in words, as the page of the sessions does.",
    "mfa.Authenticator.data": "Holds the secret of the device; its name is exported.",
    "outbox.Mail.key": "Our own name of the mail's cause.",
    "outbox.Mail.message_id": "A random number of the mail.",
    "outbox.Mail.text": "In the member's mailbox; it goes from here when the mail was sent.",
    "outbox.Mail.last_error": "What a mail server said to us.",
    "outbox.Mail.stop_path": "A key that stops mails.",
    "outbox.BlockedAddress.digest": "A keyed digest of the address that stands beside it.",
    "events.Event.digest": "A keyed digest.",
    "community.Draft.token_digest": "Of a visitor's draft; a member's has none.",
    "community.ReviewReason.rule": "The name of a rule in our code; the category is exported.",
}
