"""`check_integrity` finds a breach of each rule: one is planted behind the site's back for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import publishing
from articles.models import Article, GlossaryTerm, HealthWording, Revision, SourceBlock
from cachexia_portal import search
from cachexia_portal.accounts.models import Credential, Member, OpenSession
from cachexia_portal.events.append_only import guarded_tables, lifted, unguard
from cachexia_portal.help.pages import write_pages
from cachexia_portal.pages.integrity import breaches
from cachexia_portal.search import Section, Shelf
from community import moderation
from community.models import (
    Decision,
    DecisionNote,
    Draft,
    Post,
    PostRevision,
    ReviewItem,
    StoryConsent,
)
from community.moderation import Agreed
from community.workflow import Verb
from tests.articles.conftest import imported
from tests.community.conftest import publish
from tests.community.moderation.acts import decide_post, hide

pytestmark = pytest.mark.django_db
RULES = {
    1: "Nothing unreviewed is public",
    2: "Rights decide what may be shown",
    3: "An approval belongs to exact content",
    4: "Review, publication and change keep dates of their own",
    5: "Import loses nothing and publishes nothing",
    6: "No words are lost",
    7: "No silent decision",
    8: "Two people, one item, one outcome",
    9: "Automation never decides",
    10: "Little is kept",
    11: "It works without script, pictures or a large screen",
    12: "Help is on every page",
    13: "An end date is kept to",
    14: "Demonstration rows stay in a demonstration",
}
AGREED = Agreed(who_knows="own", on_this_site=True, in_search_engines=False, in_print=False)
LONG_AGO = timedelta(days=40)


@pytest.fixture
def site(caregiver, other_caregiver, editor, medical_reviewer, moderator, other_moderator, clinician):
    """One of each, made by the ordinary acts; nothing is wrong with it."""
    write_pages()
    source = imported("They say few words here.\n", licence="reserved", name="few.md")
    guide = Revision(article=Article.objects.create(slug="soup", owner=editor), number=1, author=editor)
    guide.title, guide.summary, guide.body, guide.source = "Soup", "Thin soup.", "Plain words.", source
    guide.start()
    publishing.submit_for_review(guide, by=editor)
    publishing.approve(guide, by=medical_reviewer)
    publishing.publish(guide, by=editor)
    question = publish(moderation.send_question(caregiver, title="Soup?", body="Which soup?"), moderator)
    answer = moderation.send_answer(
        clinician, question, body="Rest.", lane="clinical", basis="consensus", when_to_call="Now"
    )
    publish(answer, moderator)
    refused = moderation.send_question(other_caregiver, title="Name", body="A name.")
    decide_post(refused, Verb.REFUSE, moderator)
    waiting = moderation.send_question(other_caregiver, title="Sleep?", body="How to sleep?")
    story = moderation.send_story(caregiver, title="A plate", body="A small one.", consent=AGREED)
    publish(story, moderator)
    gone = Member.objects.create_user("gone@example.org", display_name="Gone Person")
    gone.close()
    return SimpleNamespace(
        guide=guide, source=source, question=question, answer=answer, refused=refused, waiting=waiting,
        story=story, gone=gone, caregiver=caregiver, moderator=moderator, other_moderator=other_moderator,
    )  # fmt: skip


def unguarded(write: Callable[[], object]) -> None:
    """As somebody could who owns the database."""
    with lifted(connection):
        write()


# --- What is planted ---------------------------------------------------------------


class Planted(NamedTuple):
    rule: int
    what: str
    plant: Callable[[SimpleNamespace], object]
    sentence: str


def _approve_in_silence(site):
    PostRevision.objects.filter(post=site.waiting).update(status="approved")


def _publish_without_a_decision(site):
    unguarded(lambda: Decision.objects.filter(item__revision__post=site.question).update(shown=None))


def _explain_otherwise(site):
    HealthWording.objects.create(
        term=GlossaryTerm.objects.create(slug="soup", term="Soup"), text="Wasting.", content_hash="0" * 64
    )


def _find_what_is_hidden(site):
    hide(site.question, site.moderator)
    search.put(Shelf.QUESTIONS, site.question.pk, [Section("Soup?", "Which soup?")])


def _republish_what_is_reserved(site):
    Article.objects.filter(pk=site.guide.article_id).update(kind="republished")


def _approve_after_the_fact(site):
    later = timezone.now() + timedelta(days=1)
    unguarded(lambda: type(site.guide.approval).objects.update(at=later))


def _decide_about_ones_own(site):
    own = Decision.objects.filter(item__revision__post=site.question)
    unguarded(lambda: own.update(who=site.caregiver))


def _give_no_reason(site):
    unguarded(lambda: DecisionNote.objects.all().delete())


def _lift_a_guard(site):
    table = sorted(guarded_tables(connection))[0]
    with connection.cursor() as cursor:
        for statement in unguard(connection, table):
            cursor.execute(statement)


def _end_twice(site):
    ReviewItem.objects.filter(revision__post=site.question).update(resolved_at=None, outcome="")


def _send_back_by_itself(site):
    PostRevision.objects.filter(post=site.waiting).update(status="changes_requested")


def _hide_by_itself(site):
    Post.objects.filter(pk=site.question.pk).update(hidden_at=timezone.now())


def _note_an_address(site, network="203.0.113.9/32"):
    OpenSession.objects.create(member=site.caregiver, session_key=network, network=network)


def _note_for_long(site):
    OpenSession.objects.create(
        member=site.caregiver,
        session_key="old",
        network="203.0.113.0/24",
        seen_on=timezone.localdate() - LONG_AGO,
    )


def _leave_a_role(site):
    site.gone.groups.add(site.moderator.groups.first())


def _leave_a_draft(site):
    Draft.objects.create(author=site.gone, form="question", fields={"title": "Words"})


def _speak_before_the_check(site):
    Credential.objects.update(confirmed_on=None, confirmed_by=None)


def _tell_without_consent(site):
    StoryConsent.objects.all().delete()


def _mix_invented_rows_in(site):
    Post.objects.filter(pk=site.answer.pk).update(is_demo=True)


PLANTED = (
    Planted(1, "words that nobody read", _approve_in_silence, "it is approved, and not public"),
    Planted(
        1, "words nobody decided about", _publish_without_a_decision, "nobody decided to publish its words"
    ),
    Planted(1, "another explanation", _explain_otherwise, "its words are not those of its hash"),
    Planted(1, "found though hidden", _find_what_is_hidden, "it can be found, and it is not public"),
    Planted(2, "reserved words", _republish_what_is_reserved, "a source that may not be republished"),
    Planted(3, "other words", lambda site: Revision.objects.update(body="Twice."), "not those of its hash"),
    Planted(4, "an earlier publication", _approve_after_the_fact, "it was public before it was approved"),
    Planted(5, "a lost line", lambda site: SourceBlock.objects.last().delete(), "stands in no block"),
    Planted(6, "words at no desk", lambda site: _forget_the_desk(site), "it waits, and no desk knows"),
    Planted(7, "one’s own decision", _decide_about_ones_own, "somebody decided about their own post"),
    Planted(7, "no reason", _give_no_reason, "its author was given no reason"),
    Planted(7, "a lifted guard", _lift_a_guard, "the database would let its rows be changed"),
    Planted(7, "a way back in", _leave_a_role, "the account is closed, and a role is left"),
    Planted(8, "open and decided", _end_twice, "it is open and decided"),
    Planted(9, "sent back by itself", _send_back_by_itself, "it was sent back, and nobody decided that"),
    Planted(9, "hidden by itself", _hide_by_itself, "it is hidden, and nobody decided that"),
    Planted(10, "an address", _note_an_address, "it holds more of an address than its network"),
    Planted(10, "an old network", _note_for_long, "its network was to be forgotten"),
    Planted(10, "a draft of nobody", _leave_a_draft, "the account of its author is closed"),
    Planted(12, "no help page", lambda site: _lose_the_help_page(), "help pages are missing or damaged"),
    Planted(
        13, "a story without a yes", _tell_without_consent, "it is public, and its teller agrees to nothing"
    ),
    Planted(13, "an unchecked credential", _speak_before_the_check, "did not count on the day it was sent"),
    Planted(14, "an invented answer", _mix_invented_rows_in, "1 demo rows on a live site"),
)

#: Rules about pages and not about rows, and the test that breaks each of them.
OF_PAGES = {11: "tests/browser/test_pages.py"}


def _forget_the_desk(site):
    ReviewItem.objects.filter(revision__post=site.waiting).delete()


def _lose_the_help_page():
    for file in Path(configured.HELP_PAGES_DIR).iterdir():
        file.unlink()


def test_where_nothing_is_wrong_nothing_is_found(site):
    assert list(breaches()) == []


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted.rule} {planted.what}")
def test_a_planted_breach_is_found(site, planted):
    planted.plant(site)
    assert planted.sentence in "\n".join(breaches())


def test_every_rule_has_its_breach():
    assert {planted.rule for planted in PLANTED} | set(OF_PAGES) == set(RULES)
    assert all((Path(configured.BASE_DIR) / home).is_file() for home in OF_PAGES.values())


def test_the_command_names_the_breach_and_fails(site, capsys):
    call_command("check_integrity")
    assert capsys.readouterr().out == ""
    _hide_by_itself(site)
    with pytest.raises(SystemExit) as ended:
        call_command("check_integrity")
    assert ended.value.code == 1
    assert f"Post {site.question.pk}: it is hidden, and nobody decided that." in capsys.readouterr().out
