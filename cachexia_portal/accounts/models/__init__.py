"""People: members, the names they took, where they are signed in, and the credentials of clinicians."""

from cachexia_portal.accounts.models.credential import (
    Credential,
    CredentialRefused,
    Ending,
    FieldOfPractice,
    Profession,
)
from cachexia_portal.accounts.models.member import AccountClosed, Member, Relation
from cachexia_portal.accounts.models.open_session import OpenSession
from cachexia_portal.accounts.models.taken_name import NameTaken, TakenName
from cachexia_portal.accounts.models.unwanted_mail import MailKind, UnwantedMail

__all__ = [
    "AccountClosed",
    "Credential",
    "CredentialRefused",
    "Ending",
    "FieldOfPractice",
    "MailKind",
    "Member",
    "NameTaken",
    "OpenSession",
    "Profession",
    "Relation",
    "TakenName",
    "UnwantedMail",
]
