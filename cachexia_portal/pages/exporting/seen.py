"""What happened: events and erasures, codes and times only; and what cannot be found for a member."""

from __future__ import annotations

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.erasures.models import OF_CONSENTS, OF_MEMBERS, OF_POSTS, Erasure
from cachexia_portal.events.models import Event, EventNote
from community.models import Post, PostRevision, StoryConsent

from .row import Rows, columns

EVENT = ("at", "verb", "subject_kind", "subject_id", "from_state", "to_state")
BY_YOU, BY_ANOTHER, BY_NOBODY = "you", "somebody else", "the site"


def _about(member: Member) -> Q:
    """Their row, and the rows that are theirs; what waits at the desk is told under the decisions."""
    about = Q(subject_kind=Member._meta.label_lower, subject_id=member.pk)
    own: dict[type[Model], Q] = {
        Credential: Q(member=member),
        Post: Q(author=member),
        PostRevision: Q(post__author=member),
        StoryConsent: Q(post__author=member),
    }
    for model, is_theirs in own.items():
        keys = model._default_manager.filter(is_theirs).values("pk")
        about |= Q(subject_kind=model._meta.label_lower, subject_id__in=keys)
    return about


def events(member: Member) -> Rows:
    for event in Event.objects.filter(Q(actor=member) | _about(member)).order_by("pk"):
        by = {None: BY_NOBODY, member.pk: BY_YOU}.get(event.actor_id, BY_ANOTHER)
        yield {**columns(event, *EVENT), "by": by}


def notes(member: Member) -> Rows:
    """Written to the person concerned; what is for the team stays with the team."""
    concerned = Event.objects.filter(_about(member)).values("pk")
    found = EventNote.objects.filter(event__in=concerned, audience=EventNote.Audience.AUTHOR)
    for note in found.select_related("event").order_by("pk"):
        yield {**columns(note.event, "at", "verb"), "note": note.text}


def erasures(member: Member) -> Rows:
    """What they took away, by number, as the log outside the backups holds it."""
    posts = Post.objects.filter(author=member).values("pk")
    consents = StoryConsent.objects.filter(post__author=member).values("pk")
    of_posts = Q(kind__in=OF_POSTS, subject_id__in=posts)
    of_consents = Q(kind__in=OF_CONSENTS, subject_id__in=consents)
    of_account = Q(kind__in=OF_MEMBERS, subject_id=member.pk)
    for row in Erasure.objects.filter(of_posts | of_consents | of_account).order_by("pk"):
        yield columns(row, "kind", "subject_id", "at")


def nothing(member: Member) -> Rows:
    return ()


SECTIONS = (
    ("events", _("What happened with your account and your posts"), _("Codes and times only."), events),
    ("notes", _("Notes to you"), "", notes),
    ("erasures", _("What was taken away"), _("Kept so that no backup brings it back."), erasures),
    (
        "contact_messages",
        _("Messages through the contact form"),
        _(
            "They are kept without any link to an account, so we cannot find yours. Write to us if you want to "
            "know about one."
        ),
        nothing,
    ),
    (
        "taken_name",
        _("Your name, so that nobody else is given it"),
        _("A keyed digest of it is kept. It names nobody, and stays when the account is closed."),
        nothing,
    ),
)
