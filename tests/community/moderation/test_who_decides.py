"""Who is offered which decision, and that the act asks the same question as the form."""

from __future__ import annotations

import pytest

from community import moderation
from community.models import Decision
from community.moderation import open_verbs
from community.workflow import TransitionRefused, Verb
from tests.community.conftest import BODY, TITLE, item_of
from tests.people import make_member

from .acts import decide, decide_post, edit, hide, open_item

pytestmark = pytest.mark.django_db
SENT = ["publish", "cover", "ask_change", "refuse", "escalate"]


@pytest.mark.parametrize("is_edit", [False, True])
def test_sent_words_offer_the_same_five(waiting, moderator, is_edit):
    if is_edit:
        decide_post(waiting, Verb.PUBLISH, moderator)
        edit(waiting, "Newer")

    assert open_verbs(item_of(waiting), moderator) == SENT


def test_what_is_offered_depends_on_what_was_decided(published, moderator, other_moderator, caregiver):
    def appealed(decision) -> list[str]:
        return open_verbs(moderation.appeal(decision, by=caregiver, words="Why?"), other_moderator)

    refused = moderation.send_question(caregiver, title="A", body="A")
    asked = moderation.send_question(caregiver, title="B", body="B")

    assert appealed(decide_post(refused, Verb.REFUSE, moderator)) == [
        "publish",
        "ask_change",
        "keep",
        "escalate",
    ]
    assert appealed(decide_post(asked, Verb.ASK_CHANGE, moderator)) == ["publish", "keep", "escalate"]
    assert appealed(hide(published, moderator)) == ["restore", "keep", "escalate"]


@pytest.mark.parametrize(
    ("type", "verbs", "verbs_when_hidden"),
    [
        ("unkind", ["keep", "cover", "hide", "escalate"], ["keep", "cover", "restore", "escalate"]),
        ("private", ["keep", "cover", "hide", "escalate"], ["keep", "cover", "restore", "escalate"]),
        ("worried", ["keep", "hide", "escalate"], ["keep", "escalate"]),
    ],
)
def test_a_report_offers_what_is_possible(
    published, other_caregiver, moderator, other_moderator, type, verbs, verbs_when_hidden
):
    item = moderation.report(published, by=other_caregiver, type=type).item
    assert open_verbs(item, moderator) == verbs
    item.revision.post.hidden_at = item.created_at
    assert open_verbs(item, moderator) == verbs_when_hidden


def test_words_that_are_not_live_any_more_are_only_left(published, other_caregiver, moderator):
    moderation.report(published, by=other_caregiver, type="unkind")
    edit(published, "Newer")
    decide(open_item(published, "edit"), Verb.PUBLISH, moderator)

    assert open_verbs(open_item(published, "report"), moderator) == ["keep", "escalate"]


def test_nobody_decides_about_their_own_post(moderator):
    item = item_of(moderation.send_question(moderator, title=TITLE, body=BODY))
    assert open_verbs(item, moderator) == []
    for verb in Verb:
        with pytest.raises(TransitionRefused):
            decide(item, verb, moderator)
    assert item_of(item.revision.post).is_open


def test_superuser_does_not_decide_about_their_own_post(db):
    root = make_member("Rue Oak", is_staff=True, is_superuser=True)
    item = item_of(moderation.send_question(root, title=TITLE, body=BODY))

    with pytest.raises(TransitionRefused):
        moderation.publish(item, by=root, version=1)


@pytest.mark.parametrize(
    "who", ["other_caregiver", "editor", "medical_reviewer", "verifier", "administrator", "clinician"]
)
def test_only_moderators_decide(request, waiting, who):
    person = request.getfixturevalue(who)
    assert open_verbs(item_of(waiting), person) == []
    with pytest.raises(TransitionRefused):
        moderation.publish(item_of(waiting), by=person, version=1)
    with pytest.raises(TransitionRefused):
        moderation.claim(item_of(waiting), by=person)
    assert item_of(waiting).is_open
    assert not Decision.objects.exists()


def test_only_administrators_decide_what_was_handed_to_them(
    waiting, moderator, other_moderator, administrator
):
    decide_post(waiting, Verb.ESCALATE, moderator)

    assert open_verbs(item_of(waiting), other_moderator) == []
    assert open_verbs(item_of(waiting), administrator) == SENT[:-1]
    with pytest.raises(TransitionRefused):
        decide_post(waiting, Verb.PUBLISH, other_moderator)


def test_nobody_decides_an_appeal_of_their_own_decision(refused, moderator, other_moderator):
    appeal = moderation.appeal(Decision.objects.get(), by=refused.author, words="Please")

    assert open_verbs(appeal, moderator) == []
    with pytest.raises(TransitionRefused):
        decide(appeal, Verb.PUBLISH, moderator)
    assert decide(appeal, Verb.PUBLISH, other_moderator)


def test_nor_of_one_that_they_undid(waiting, moderator, other_moderator, administrator):
    moderation.undo(decide_post(waiting, Verb.REFUSE, moderator), by=moderator)
    appealed = decide_post(waiting, Verb.REFUSE, other_moderator)
    appeal = moderation.appeal(appealed, by=waiting.author, words="Please")

    assert open_verbs(appeal, moderator) == []


def test_nor_of_one_further_back(refused, moderator, other_moderator):
    moderation.appeal(Decision.objects.get(), by=refused.author, words="Please")
    again = decide_post(refused, Verb.ASK_CHANGE, other_moderator)
    appeal = moderation.appeal(again, by=refused.author, words="Please")

    assert open_verbs(appeal, moderator) == open_verbs(appeal, other_moderator) == []
    assert open_verbs(appeal, make_member("Mara Hill", "Moderators"))


def test_nobody_decides_what_they_reported(published, moderator, other_moderator):
    item = moderation.report(published, by=moderator, type="unkind").item

    assert open_verbs(item, moderator) == []
    with pytest.raises(TransitionRefused):
        hide(published, moderator)
    assert open_verbs(item, other_moderator)
