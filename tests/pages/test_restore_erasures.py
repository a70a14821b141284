"""What people took away after the backup was made is on no route of the restored site."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cachexia_portal.accounts.models import Member
from cachexia_portal.erasures import log, writing
from cachexia_portal.erasures.models import Erasure, Kind
from cachexia_portal.pages import backups
from cachexia_portal.pages.backups import erasing
from cachexia_portal.pages.integrity import breaches
from community import leaving, moderation
from community.models import ItemKind, Post, ReviewItem
from community.workflow import Verb
from tests.community.conftest import publish
from tests.community.moderation import acts
from tests.community.stories.conftest import agreed
from tests.pages.backup_steps import everything_a_visitor_reads, lose_the_site, pieces_of, restore
from tests.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)

GONE = (
    "qtakendownq",
    "qanswerdownq",
    "qreplydownq",
    "qhiddenq",
    "qanswerhiddenq",
    "qcoveredq",
    "qstoryq",
    "qnamelessq",
    "qclosedq",
    "qformerq",
    "qhealthq",
)
STAYS = ("qasksq", "qbesideq", "qleftq", "qnonameq", "qforgetq", "qfoundstoryq")


class Site:
    """People and what they wrote. A word of its own stands in each thing that will be taken away."""

    def __init__(self, moderator: Member) -> None:
        self.moderator = moderator
        self.author = make_member("Asa Author")
        self.nameless = make_member("Nia qnamelessq")
        self.former = make_member("Fay qformerq")
        self.leaving = make_member("Lea Leaving")
        self.ill = make_member("Ida Ill")
        self.asked = self._ask("qasksq")
        self.taken_down = self._ask("qtakendownq")
        self.answer = self._answer(self.asked, "qanswerdownq")
        self.beside = self._answer(self.asked, "qbesideq")
        self.reply = self._publish(
            moderation.send_reply(self.author, self.beside, body="I wrote qreplydownq once.")
        )
        self.hidden = self._ask("qhiddenq")
        self.hidden_answer = self._answer(self.asked, "qanswerhiddenq")
        self.covered = self._publish(
            moderation.send_question(self.author, title="Whom to call", body="qcoveredq is her name")
        )
        self.story = self._tell("qstoryq")
        self.found_story = self._tell("qfoundstoryq", in_search_engines=True, in_print=True)
        self.no_name = self._ask("qnonameq", self.nameless)
        self.forgotten = self._ask("qforgetq")
        self._ask("qclosedq", self.leaving)
        self._ask("qleftq", self.former)
        self._ask("qhealthq", self.ill)
        self.waiting = moderation.send_question(self.author, title="Waits", body="qwaitsq")

    def take_everything_away(self) -> None:
        for post in (self.taken_down, self.answer, self.reply, self.story, self.waiting):
            moderation.withdraw(post, by=self.author)
        for post in (self.hidden, self.hidden_answer):
            acts.hide(post, self.moderator)
        moderation.report(self.covered, by=self.nameless, type="private")
        acts.decide_post(self.covered, Verb.COVER, self.moderator, spans=[("body", 0, 9)])
        moderation.show_without_name(self.no_name, by=self.nameless)
        moderation.forget_in_search(self.forgotten, by=self.author)
        moderation.forget_in_search(self.found_story, by=self.author)
        moderation.change_consent(self.found_story, by=self.author, purpose="in_print", is_agreed=False)
        leaving.close_account(self.leaving, takes_posts_down=True)
        leaving.close_account(self.former, takes_posts_down=False)
        leaving.end_health_consent(self.ill)

    def _ask(self, word: str, author: Member | None = None) -> Post:
        return self._publish(
            moderation.send_question(author or self.author, title=f"About {word}", body=f"I wrote {word}.")
        )

    def _answer(self, question: Post, word: str) -> Post:
        return self._publish(moderation.send_answer(self.author, question, body=f"I answered {word}."))

    def _tell(self, word: str, **uses: bool) -> Post:
        told = moderation.send_story(
            self.author,
            title=f"Of {word}",
            body=f"I lived {word}.",
            relation="partner",
            consent=agreed(**uses),
        )
        return self._publish(told)

    def _publish(self, post: Post) -> Post:
        return publish(post, self.moderator)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.tar.gz"


@pytest.fixture
def site(moderator, file):
    """Backed up with everything in it; then everything was taken away, and the site was lost."""
    site = Site(moderator)
    backups.back_up(file)
    site.take_everything_away()
    return site


def found(words) -> set[str]:
    """Which words a visitor comes across: on any page, in any list, feed or map, or through the search."""
    read = everything_a_visitor_reads(list(words))
    return {word for word in words if word in read}


def found_by_command(words, capsys) -> set[str]:
    seen = set()
    capsys.readouterr()  # the log of the requests before
    for word in words:
        call_command("find", word)
        groups = json.loads(capsys.readouterr().out)["groups"]
        seen |= {word} if any(groups.values()) else set()
        call_command("similar", word)
        seen |= {word} if json.loads(capsys.readouterr().out)["questions"] else set()
    return seen


def test_what_was_taken_away_after_the_backup_is_on_no_route(site, file, capsys):
    lose_the_site()
    said = restore(file)
    assert found(GONE) == set()
    assert found(STAYS) == set(STAYS)
    assert (
        found_by_command([word for word in GONE if word not in ("qnamelessq", "qformerq")], capsys) == set()
    )
    assert found_by_command(["qasksq"], capsys) == {"qasksq"}
    assert any("Taken away once more" in sentence for sentence in said)
    assert not [breach for breach in breaches() if "help pages" not in breach]


def test_without_the_log_all_of_it_would_be_there_again(site, file, capsys):
    """That the test above can fail: the backup holds every word."""
    lose_the_site()
    log.path().unlink()
    said = restore(file, without_erasures=True)
    assert found(GONE) == set(GONE)
    assert any("shown again" in sentence for sentence in said)


def test_it_is_gone_before_anybody_could_see_it(site, file, monkeypatch):
    """What fails while it is taken away leaves the database empty."""
    lose_the_site()
    monkeypatch.setattr("community.replaying._hide", lambda *_: 1 / 0)
    monkeypatch.setitem(erasing.replaying.ACTS, Kind.HIDDEN, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restore(file)
    assert not Post.objects.exists()


def test_search_engines_are_told_to_forget_again(site, file, visitor):
    lose_the_site()
    restore(file)
    everything = visitor.get("/sitemap.xml").text
    for post in (site.forgotten, site.found_story):
        post.refresh_from_db()
        assert post.noindex
        assert post.get_absolute_url() not in everything
        assert "noindex" in visitor.get(post.get_absolute_url()).text
    consent = site.found_story.consents.get(ended_at=None)
    assert (consent.on_this_site, consent.in_search_engines, consent.in_print) == (True, False, False)


def test_what_waited_and_was_taken_back_does_not_wait_again(site, file):
    lose_the_site()
    restore(file)
    assert not ReviewItem.objects.open().filter(revision__post=site.waiting).exists()


def test_closed_accounts_are_closed_and_ended_consents_are_ended(site, file, client_of):
    lose_the_site()
    restore(file)
    closed = Member.objects.filter(pk__in=[site.former.pk, site.leaving.pk])
    assert all(member.closed_at and not member.email for member in closed)
    assert not Member.objects.get(pk=site.ill.pk).has_health_consent


def test_what_was_hidden_is_at_the_desk_and_its_author_sees_where_it_is(site, file, client_of, moderator):
    lose_the_site()
    restore(file)
    item = ReviewItem.objects.open().get(revision__post=site.hidden)
    assert item.kind == ItemKind.REPORT
    page = client_of(site.author).get(f"/me/posts/{site.hidden.pk}/")
    assert page.status_code == 200
    assert "qhiddenq" in page.text
    decision = acts.decide(item, Verb.RESTORE, Member.objects.get(pk=moderator.pk))
    assert found(["qhiddenq"]) == {"qhiddenq"}
    moderation.undo(decision, by=decision.who)
    assert found(["qhiddenq"]) == set(), "an undone decision shows what the log hid"
    assert not [breach for breach in breaches() if "help pages" not in breach]


def test_twice_is_as_good_as_once(site, file, tmp_path):
    lose_the_site()
    restore(file)
    again = tmp_path / "again.tar.gz"
    backups.back_up(again)
    lose_the_site()
    restore(again)
    assert found(GONE) == set()
    assert found(STAYS) == set(STAYS)


def test_what_the_backup_does_not_know_is_passed_over(moderator, file):
    backups.back_up(file)
    site = Site(moderator)
    site.take_everything_away()
    lose_the_site()
    restore(file)
    assert not Post.objects.exists()


def test_a_number_that_the_log_names_is_never_given_again(moderator, file):
    """Or a later restore would take away what somebody else wrote."""
    backups.back_up(file)
    site = Site(moderator)
    site.take_everything_away()
    highest_post = site.waiting.pk
    lose_the_site()
    restore(file)
    newcomer = make_member("Nora New")
    assert newcomer.pk > site.ill.pk
    assert Post.objects.create(kind="question", author=newcomer).pk > highest_post


def test_an_act_that_was_on_its_way_when_the_backup_began_is_replayed(moderator, file):
    """Its line is older than the backup, and the backup does not know it."""
    site = Site(moderator)
    backups.back_up(file)
    before = timezone.now() - timedelta(hours=1)
    log.append([log.Line(before, Kind.TAKEN_DOWN, site.taken_down.pk)])
    lose_the_site()
    _as_if_begun_long_ago()
    restore(file)
    assert found(["qtakendownq"]) == set()


def test_what_the_backup_knows_is_not_replayed(moderator, file, clock):
    """A post that was hidden and shown again before the backup stays where it is."""
    site = Site(moderator)
    acts.hide(site.hidden, moderator)
    clock.shift(60)
    moderation.restore(site.hidden, by=moderator)
    clock.shift(60)
    _as_if_begun_long_ago()
    backups.back_up(file)
    lose_the_site()
    restore(file)
    assert found(["qhiddenq"]) == {"qhiddenq"}


# --- Refused without the log --------------------------------------------------


def refused(file) -> str:
    with pytest.raises(CommandError) as wrong:
        call_command("restore", str(file))
    assert not Post.objects.exists()
    return str(wrong.value)


def _as_if_begun_long_ago() -> None:
    writing.keep_the_log()
    _, *lines = log.path().read_text().splitlines(keepends=True)
    log.path().write_text('{"begun": "2026-01-01T00:00:00.000000+00:00"}\n' + "".join(lines))


def test_no_log_no_restore(site, file):
    lose_the_site()
    log.path().unlink()
    said = refused(file)
    assert "There is no log of erasures" in said
    assert "--without-erasures" in said


def test_a_log_that_begins_after_the_backup_is_not_enough(site, file):
    lose_the_site()
    log.path().unlink()
    log.begin()
    assert "after the backup" in refused(file)


def test_a_log_of_another_site_is_not_enough(site, file, tmp_path):
    _as_if_begun_long_ago()
    later = tmp_path / "later.tar.gz"
    backups.back_up(later)
    lose_the_site()
    first, *_rest = log.path().read_text().splitlines(keepends=True)
    log.path().write_text(first)
    assert "not the one of this site" in refused(later)


def test_what_was_dropped_from_the_log_for_its_age_is_not_missed(moderator, file):
    long_ago = timezone.now() - timedelta(days=400)
    Erasure.objects.create(kind=Kind.HIDDEN, subject_id=1, at=long_ago, logged_at=long_ago)
    backups.back_up(file)
    lose_the_site()
    restore(file)
    assert Erasure.objects.filter(at=long_ago).exists()


def test_what_a_crash_kept_from_the_log_is_not_missed_and_written_afterwards(moderator, file):
    log.begin()
    Erasure.objects.create(kind=Kind.HIDDEN, subject_id=1)
    backups.back_up(file)
    lose_the_site()
    restore(file)
    writing.keep_the_log()
    assert [line.subject_id for line in log.read().lines] == [1]


def test_lines_that_could_not_be_read_are_said(site, file):
    lose_the_site()
    with log.path().open("a") as torn:
        torn.write('{"kind": "taken_\n')
    assert any("1 lines of the log could not be read" in sentence for sentence in restore(file))


def test_a_site_restored_without_a_log_writes_a_new_one(site, file, tmp_path):
    later = tmp_path / "later.tar.gz"
    backups.back_up(later)
    lose_the_site()
    log.path().unlink()
    restore(later, without_erasures=True)
    writing.keep_the_log()
    known = set(Erasure.objects.values_list("kind", "subject_id"))
    assert known
    assert {(line.kind, line.subject_id) for line in log.read().lines} == known


def test_no_number_of_the_log_is_given_again_where_its_lines_were_not_replayed(site, file):
    """A later restore reads them too, and would take away what somebody else wrote since."""
    line = log.Line(timezone.now(), Kind.ACCOUNT_CLOSED, 5_000)
    log.append([line])
    lose_the_site()
    restore(file, without_erasures=True)
    assert make_member("Nora New").pk > line.subject_id


def test_a_line_of_newer_code_is_refused_and_not_passed_over(site, file):
    lose_the_site()
    log.append([log.Line(timezone.now(), "of_tomorrow", 1)])
    assert "Install the version" in refused(file)


def test_the_log_is_in_no_backup(site, file):
    assert not [name for name in pieces_of(file) if "erasures.log" in name]
