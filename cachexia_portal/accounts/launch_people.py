"""Before people may write: are there people to read it, and somebody trained to answer?"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.accounts.models.credential import Profession
from cachexia_portal.accounts.roles import MODERATORS
from cachexia_portal.launch import Item

ENOUGH_MODERATORS = 2  # one cannot decide about their own words, nor be there every day
NO_CLINICIANS = (Profession.RESEARCHER, Profession.SOCIAL_WORKER)


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
        is_done=valid.exclude(profession__in=NO_CLINICIANS).exists(),
        what_to_do=_(
            "A clinician makes an account and applies under “Your name and profile”. Two verifiers check the register."
        ),
        address=reverse("admin:accounts_credential_changelist"),
    )
