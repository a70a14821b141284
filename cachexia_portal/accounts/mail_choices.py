"""Which mails a member gets: what they stopped, what mails reach them at all, and the link that stops a kind.

Asked when a mail is made, and once more when it is handed over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from cachexia_portal import outbox
from cachexia_portal.accounts.models import MailKind, Member, UnwantedMail
from cachexia_portal.accounts.roles import ADMINISTRATORS, EDITORS, MEDICAL_REVIEWERS, MODERATORS

#: Who gets mails of a kind at all; what stands under no role is for every member.
FOR_ROLES = {
    MailKind.DESK: {MODERATORS, ADMINISTRATORS},
    MailKind.REVIEWS: {MEDICAL_REVIEWERS},
    MailKind.HELP_LINES: {EDITORS, ADMINISTRATORS},
}
# The link stands in old mails for ever and can do one thing, so it has no end.
SIGNING: dict[str, Any] = {"salt": "accounts.mail_choices", "sep": "~"}


def write_to(
    member: Member, kind: MailKind, key: str, subject: str, text: str, *, due_at: datetime | None = None
) -> bool:
    """Put one mail of a kind that may be stopped into the outbox; return whether mails reach the member."""
    if not (reaches(member) and wants(member, kind)):
        return False
    path = stop_path(member, kind)
    outbox.enqueue(key, str(member.email), subject, text, due_at=due_at, kind=kind, stop_path=path)
    return True


def reaches(member: Member) -> bool:
    """Whether there is somebody at an address that takes our mails. Invented people read none."""
    has_mailbox = bool(member.email) and member.is_active and not member.is_demo
    return has_mailbox and not outbox.is_blocked(str(member.email))


def wants(member: Member, kind: MailKind) -> bool:
    """Whether the member has not stopped mails of this kind."""
    return not UnwantedMail.objects.filter(member=member, kind=kind).exists()


def is_wanted_at(address: str, kind: str) -> bool:
    """The same, asked by the sender, who knows an address only. Whoever is no member stopped nothing."""
    return not UnwantedMail.objects.filter(member__email__iexact=address, kind=kind).exists()


def kinds_for(member: Member) -> list[MailKind]:
    """The kinds of mail that this member may get."""
    roles = set(member.groups.values_list("name", flat=True))
    return [kind for kind in MailKind if kind not in FOR_ROLES or FOR_ROLES[kind] & roles]


def wanted_kinds(member: Member) -> list[str]:
    """Those of them that the member did not stop."""
    stopped = set(UnwantedMail.objects.filter(member=member).values_list("kind", flat=True))
    return [kind.value for kind in kinds_for(member) if kind not in stopped]


def choose(member: Member, wanted: list[str]) -> None:
    """Get these kinds from now on, and no other of those the member may get."""
    for kind in kinds_for(member):
        if kind in wanted:
            UnwantedMail.objects.filter(member=member, kind=kind).delete()
        else:
            stop(member.pk, kind)


def stop(member_pk: int, kind: MailKind) -> None:
    """Send no more mails of this kind; said twice it is the same. Of a closed account nothing is kept."""
    if Member.objects.filter(pk=member_pk, closed_at=None).exists():
        UnwantedMail.objects.bulk_create(
            [UnwantedMail(member_id=member_pk, kind=kind)], ignore_conflicts=True
        )


def stop_path(member: Member, kind: MailKind) -> str:
    """The address that stops this kind for this member, without signing in."""
    return reverse("accounts:stop_mails", args=[Signer(**SIGNING).sign(f"{member.pk}.{kind}")])


def read_stop_path(token: str) -> tuple[int, MailKind] | None:
    """Whose mails of which kind it stops; None for what we did not sign."""
    try:
        member, _dot, kind = Signer(**SIGNING).unsign(token).partition(".")
        return int(member), MailKind(kind)
    except (BadSignature, ValueError):
        return None
