"""What each lane of answers asks for, beyond words."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from cachexia_portal.accounts.models import Credential, Member
from community.models import Basis, Lane, Post, ShownAs
from community.workflow import TransitionRefused

from .refusals import MayNotWrite

ANSWER_AS_STAFF = "community.answer_as_staff"


def clinical_credential_for(member: Member, question: Post) -> Credential | None:
    """One that is valid today and whose fields cover a topic of the question, the one lasting longest first.

    Where a question has no topic, any valid one speaks.
    """
    valid = (
        Credential.objects.valid_on(timezone.localdate()).filter(member=member).order_by("-expires_on", "pk")
    )
    fields = {field for topic in question.topics.all() for field in topic.fields}
    has_topics = question.topics.exists()
    return next((each for each in valid if not has_topics or fields & set(each.fields)), None)


def credential_of(author: Member, question: Post, lane: str) -> Credential | None:
    """The credential under which an answer stands; None outside the clinical lane. Raises `MayNotWrite`."""
    if lane == Lane.STAFF and not author.has_perm(ANSWER_AS_STAFF):
        raise MayNotWrite(_("Only people who work for the society answer in its name."))
    if lane != Lane.CLINICAL:
        return None
    credential = clinical_credential_for(author, question)
    if credential is None:
        raise MayNotWrite(_("A clinical answer needs a checked credential for the topics of this question."))
    return credential


def check_appearance(lane: str, shown_as: str) -> None:
    if lane in (Lane.CLINICAL, Lane.STAFF) and shown_as == ShownAs.ANONYMOUS:
        raise TransitionRefused(_("An answer of this kind always shows who gives it."))


def check_words(lane: str, words: dict[str, str]) -> None:
    """A clinical answer says what it rests on and when to call; no other holds such fields."""
    if lane != Lane.CLINICAL:
        words.update(basis="", source="", when_to_call="")
        return
    if words["basis"] not in Basis.values or not words["when_to_call"].strip():
        raise TransitionRefused(_("A clinical answer says what it rests on, and when to call."))
    if words["basis"] == Basis.SOURCE and not words["source"].strip():
        raise TransitionRefused(_("Please name the source."))
