"""People: members, the names they took, and the credentials of clinicians."""

from cachexia_portal.accounts.models.credential import (
    Credential,
    CredentialRefused,
    FieldOfPractice,
    Profession,
)
from cachexia_portal.accounts.models.member import AccountClosed, Member, Relation
from cachexia_portal.accounts.models.taken_name import NameTaken, TakenName

__all__ = [
    "AccountClosed",
    "Credential",
    "CredentialRefused",
    "FieldOfPractice",
    "Member",
    "NameTaken",
    "Profession",
    "Relation",
    "TakenName",
]
