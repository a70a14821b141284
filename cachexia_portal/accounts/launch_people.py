"""Before people may write: are there people to read it, and somebody trained to answer?"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.accounts.models.credential import Profession
from cachexia_portal.accounts.roles import MODERATORS
from cachexia_portal.launch import Item

ENOUGH_MODERATORS = 2  # one cannot decide about their own words, nor be there every day
NO_CLINICIANS = [Profession.RESEARCHER, Profession.SOCIAL_WORKER]
CLINICIANS = [profession for profession in Profession if profession not in NO_CLINICIANS]


def has_moderators() -> Item:
    """Two at least, who may sign in."""
    return Item(
        key="moderators",
        title=_("Two moderators are there"),
        is_done=Member.objects.holding(MODERATORS).count() >= ENOUGH_MODERATORS,
        what_to_do=_(
            "Two people make accounts. An administrator opens each of them in the list of members and "
            "gives the role “Moderators”."
        ),
        address=reverse("admin:accounts_member_changelist"),
    )


def has_a_clinician() -> Item:
    """One at least, whose credential counts today."""
    valid = Credential.objects.valid_on(timezone.localdate()).filter(member__is_active=True)
    return Item(
        key="clinician",
        title=_("A clinician has a credential that is valid today"),
        is_done=valid.filter(profession__in=CLINICIANS).exists(),
        what_to_do=_(
            "A clinician makes an account and applies under “Your name and profile”. Two verifiers check the register. "
            "Wanted is a %(clinician)s. A %(other)s may have a credential too, and does not count here."
        )
        % {"clinician": _one_of(CLINICIANS), "other": _one_of(NO_CLINICIANS)},
        address=reverse("admin:accounts_credential_changelist"),
    )


def _one_of(professions: list[Profession]) -> str:
    return get_text_list([str(profession.label).lower() for profession in professions], _("or"))
