"""A member with something in every table that holds anything about one, and another one beside them."""

from __future__ import annotations

from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.utils import timezone

from cachexia_portal import erasures, events, outbox
from cachexia_portal.accounts.models import MailKind, UnwantedMail
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Delivery
from community import drafting, moderation
from community.drafting import Place
from community.models import Draft, HouseRule, Lane, Mark, ReviewReason
from tests.community.conftest import item_of, publish
from tests.community.telling.conftest import AGREED
from tests.people import give_credential

SECRET = "canary-secret-of-the-device"


def words(name: str) -> str:
    """A string that stands nowhere else."""
    return f"canary-{name}-canary"


def live_through(me, other, moderator, other_moderator, verifiers) -> SimpleNamespace:
    """What both did, one after the other, as members and moderators do it."""
    rule = HouseRule.objects.create(number=1, title="Be kind", text="Be kind.")
    theirs = publish(
        moderation.send_question(other, title=words("their title"), body=words("their body")), moderator
    )
    mine = publish(
        moderation.send_question(
            me, title=words("my title"), body=words("my body"), content_notes=["weight"]
        ),
        moderator,
    )
    moderation.send_again(mine, by=me, seen=1, title=words("my new title"), body=words("my new body"))
    give_credential(me, *verifiers, number="REG-my-number", public_name=words("public name"))
    clinical = moderation.send_answer(
        me,
        theirs,
        body=words("clinical body"),
        lane=Lane.CLINICAL,
        basis="source",
        source=words("source"),
        when_to_call=words("when to call"),
    )
    under_mine = publish(moderation.send_answer(other, mine, body=words("their answer")), moderator)
    moderation.send_reply(me, under_mine, body=words("my reply"), shown_as="anonymous")
    story = moderation.send_story(me, title=words("story title"), body=words("story"), consent=AGREED)
    _drafts(me, other)
    _decisions(me, rule, moderator, other_moderator)
    Mark.objects.create(post=theirs, member=me, kind="me_too")
    Mark.objects.create(post=mine, member=other, kind="me_too")
    moderation.report(under_mine, by=me, type="unkind", words=words("my report"))
    moderation.report(mine, by=other, type="private", words=words("their report"))
    moderation.forget_in_search(mine, by=me)
    _machinery(me, other)
    return SimpleNamespace(mine=mine, theirs=theirs, clinical=clinical, story=story)


def _drafts(me, other) -> None:
    for member, name in ((me, "my draft"), (other, "their draft")):
        drafting.keep(member, Place(Draft.Form.QUESTION), {"body": words(name)})


def _decisions(me, rule, moderator, other_moderator) -> None:
    refused = moderation.send_question(me, title=words("refused title"), body=words("refused"))
    item = item_of(refused)
    moderation.refuse(
        item,
        by=moderator,
        version=item.version,
        house_rule=rule,
        reason=words("note to me"),
        team_note=words("private note"),
    )
    moderation.appeal(item.decisions.get(), by=me, words=words("my appeal"))
    ReviewReason.objects.create(
        item=item, code="grief", rule="rule-name", strength="possible", part="body", starts=0, ends=3
    )


def _machinery(me, other) -> None:
    events.record("consented", me, by=me, to_state="1")
    for member, name in ((me, "my"), (other, "their")):
        outbox.enqueue(f"export-{name}", member.email, words(f"{name} mail"), words(f"{name} mail text"))
        event = events.record("role_given", member, by=other, to_state="editors")
        events.keep_note(event, words(f"{name} event note"), audience="author")
        events.keep_note(event, words(f"{name} team note"), audience="team")
        UnwantedMail.objects.create(member=member, kind=MailKind.DECISIONS)
        erasures.record("account_closed", member.pk)
    blocking.block(me.email, Delivery.BOUNCED)
    Authenticator.objects.create(
        user=me,
        type="webauthn",
        data={"name": words("my key"), "credential": SECRET},
        created_at=timezone.now(),
    )
