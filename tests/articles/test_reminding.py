"""Reviewers hear of a check that comes due: 60 and 30 days before, and on the day, once each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from articles import publishing, reminding
from articles.models import Article
from cachexia_portal.accounts import mail_choices, roles
from cachexia_portal.accounts.models import Credential, MailKind
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Delivery, Mail
from cachexia_portal.pages.due import SWEEPS
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db
DUE = date(2027, 11, 21)  # a year after the morning on which it is reviewed


@pytest.fixture
def other_reviewer(verifier, other_verifier):
    member = make_member("Rufus Heath", roles.MEDICAL_REVIEWERS)
    give_credential(member, verifier, other_verifier)
    return member


@pytest.fixture(autouse=True)
def _credentials_that_last(clock):
    """Set on the morning of the review, and in force for years."""


@pytest.fixture
def guide(published):
    Credential.objects.update(expires_on=date(2030, 1, 1))
    return published


def on(clock, *, days_before: int) -> int:
    """Run the sweep so many days before the check is due; return how many mails it made."""
    clock.move_to(clock_at(days_before))
    Credential.objects.update(expires_on=date(2030, 1, 1))
    return reminding.remind_of_reviews()


def clock_at(days_before: int):
    from datetime import UTC, datetime

    day = DUE - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def written_to() -> list[str]:
    return sorted(Mail.objects.values_list("to_address", flat=True))


def test_it_is_swept():
    assert "articles.reminding.remind_of_reviews" in SWEEPS


@pytest.mark.parametrize(
    ("left", "step"), [(61, None), (60, 60), (31, 60), (30, 30), (1, 30), (0, 0), (-90, 0)]
)
def test_the_steps_lie_sixty_and_thirty_days_before_and_on_the_day(left, step):
    assert reminding.step_on(DUE - timedelta(days=left), DUE) == step


def test_nobody_is_written_to_while_there_is_time(guide, medical_reviewer, clock):
    assert on(clock, days_before=61) == 0
    assert on(clock, days_before=60) == 1


def test_the_last_reviewer_is_asked_first_and_alone(guide, medical_reviewer, other_reviewer, clock):
    on(clock, days_before=60)
    assert written_to() == [medical_reviewer.email]
    on(clock, days_before=30)
    assert written_to() == sorted([medical_reviewer.email] * 2 + [other_reviewer.email])


def test_each_step_is_written_once(guide, medical_reviewer, clock):
    counts = [on(clock, days_before=days) for days in (60, 60, 45, 30, 10, 0, -1, -40)]
    assert counts == [1, 0, 0, 1, 0, 1, 0, 0]
    assert len(set(Mail.objects.values_list("key", flat=True))) == 3


def test_after_a_gap_only_the_last_step_is_written(guide, medical_reviewer, clock):
    assert on(clock, days_before=-5) == 1


def test_where_the_last_reviewer_cannot_the_others_are_asked_at_once(
    guide, medical_reviewer, other_reviewer, clock
):
    medical_reviewer.groups.clear()
    on(clock, days_before=60)
    assert written_to() == [other_reviewer.email]


@pytest.mark.parametrize("lack", ["stopped", "blocked"])
def test_where_no_mail_reaches_the_last_reviewer_the_others_are_asked_at_once(
    guide, medical_reviewer, other_reviewer, clock, lack
):
    if lack == "stopped":
        mail_choices.stop(medical_reviewer.pk, MailKind.REVIEWS)
    else:
        blocking.block(medical_reviewer.email, Delivery.BOUNCED)
    assert on(clock, days_before=60) == 1
    assert written_to() == [other_reviewer.email]


def test_the_next_check_of_the_same_guide_is_asked_for_anew(guide, medical_reviewer, clock):
    assert on(clock, days_before=60) == 1
    Article.objects.update(review_months=18)
    assert on(clock, days_before=60 - 183) == 1


@pytest.mark.parametrize("lack", ["credential", "name", "stopped", "blocked", "inactive", "closed", "wrote"])
def test_only_those_who_could_approve_it_and_whom_mail_reaches(
    guide, medical_reviewer, other_reviewer, clock, lack
):
    clock.move_to(clock_at(30))
    Credential.objects.update(expires_on=date(2030, 1, 1))
    if lack == "credential":
        other_reviewer.credentials.update(ended_on=date(2027, 1, 1), ending="ended")
    elif lack == "name":
        other_reviewer.credentials.update(public_name="")
    elif lack == "stopped":
        mail_choices.stop(other_reviewer.pk, MailKind.REVIEWS)
    elif lack == "blocked":
        blocking.block(other_reviewer.email, Delivery.BOUNCED)
    elif lack == "inactive":
        type(other_reviewer).objects.filter(pk=other_reviewer.pk).update(is_active=False)
    elif lack == "closed":
        other_reviewer.close()
    else:
        type(guide).objects.filter(pk=guide.pk).update(author=other_reviewer)
    reminding.remind_of_reviews()
    assert written_to() == [medical_reviewer.email]


def test_where_nobody_may_check_it_the_owner_and_the_backup_hear_so(guide, medical_reviewer, editor, clock):
    backup = make_member("Bea Backup", roles.EDITORS)
    Article.objects.update(backup=backup)
    medical_reviewer.groups.clear()
    assert on(clock, days_before=60) == 2
    assert written_to() == sorted([editor.email, backup.email])
    assert "we reach nobody who may check it" in Mail.objects.first().text
    assert on(clock, days_before=60) == 0


def test_where_no_mail_reaches_these_either_the_administrators_hear_so(
    guide, medical_reviewer, editor, administrator, clock
):
    medical_reviewer.groups.clear()
    blocking.block(editor.email, Delivery.BOUNCED)
    assert on(clock, days_before=60) == 1
    assert written_to() == [administrator.email]


def test_editors_and_members_with_a_credential_alone_are_not_asked(guide, clinician, editor, clock):
    on(clock, days_before=0)
    assert clinician.email not in written_to()
    assert editor.email not in written_to()


def test_the_mail_holds_a_link_and_the_day_and_no_word_of_the_guide(guide, medical_reviewer, clock, settings):
    on(clock, days_before=60)
    mail = Mail.objects.get()
    assert f"/admin/articles/revision/{guide.pk}/change/" in mail.text
    assert "21 November 2027" in mail.text
    assert mail.kind == MailKind.REVIEWS
    assert mail.stop_path
    assert "You may check it" in mail.text
    for words in (guide.title, guide.summary, guide.body, guide.article.slug):
        assert words not in mail.text + mail.subject


def test_a_guide_that_is_not_live_is_nobodys_work(guide, editor, clock):
    clock.move_to(clock_at(0))
    publishing.withdraw(guide, by=editor, note="It is out of date.")
    Credential.objects.update(expires_on=date(2030, 1, 1))
    assert reminding.remind_of_reviews() == 0


def test_three_guides_are_one_question_more_than_one_only_where_a_step_has_come(
    guide, publish_another, django_assert_max_num_queries, clock
):
    with django_assert_max_num_queries(3) as one:
        reminding.remind_of_reviews()
    publish_another()
    publish_another()
    with django_assert_max_num_queries(3) as three:
        reminding.remind_of_reviews()
    assert Article.objects.count() == 3
    assert len(one.captured_queries) == len(three.captured_queries)
