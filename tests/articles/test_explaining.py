"""Who may write, approve and take back what the site explains, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import explaining
from articles.explaining import ExplainingRefused
from articles.models import GlossaryTerm, HealthWording, Topic, WordingApproval
from cachexia_portal import events
from cachexia_portal.accounts import roles
from cachexia_portal.accounts.models import Member
from cachexia_portal.events.models import Event
from tests.people import give_credential, make_member

pytestmark = pytest.mark.django_db
Status = HealthWording.Status


@pytest.fixture
def topic():
    return Topic.objects.create(slug="soup", name="Soup", fields=["nutrition", "nursing"])


@pytest.fixture
def term():
    return GlossaryTerm.objects.create(slug="broth", term="Broth", also_called=["stock"])


@pytest.fixture
def draft(term, editor):
    return explaining.begin(term, "A thin soup.", by=editor)


@pytest.fixture
def approved(draft, medical_reviewer):
    explaining.approve(draft, by=medical_reviewer, seen_version=1)
    return draft


def visible() -> list[str]:
    return [wording.text for wording in HealthWording.objects.visible_to(None)]


def test_the_first_words_are_a_draft_that_nobody_sees(draft):
    assert draft.status == Status.DRAFT
    assert draft.content_hash == draft.content_digest()
    assert visible() == []


def test_an_approval_shows_the_words_and_keeps_who_and_which(draft, medical_reviewer):
    explaining.approve(draft, by=medical_reviewer, seen_version=1)
    approval = WordingApproval.objects.get()
    assert draft.is_approved
    assert (draft.approval, draft.approved_hash) == (approval, draft.content_hash)
    assert approval.credential_snapshot["public_name"] == "Dr Rhea Moss"
    assert visible() == ["A thin soup."]


def test_changed_words_go_back_to_draft_and_off_the_site(approved, editor):
    explaining.rewrite(approved, text="A clear soup.", by=editor, seen_version=2)
    assert (approved.status, approved.approval, approved.approved_hash) == (Status.DRAFT, None, "")
    assert approved.content_hash == approved.content_digest()
    assert visible() == []
    assert WordingApproval.objects.count() == 1


def test_the_same_words_again_change_nothing(approved, editor):
    explaining.rewrite(approved, text="A thin soup.", by=editor, seen_version=2)
    assert approved.is_approved
    assert visible() == ["A thin soup."]


def test_whoever_comes_second_is_told_who_was_first(draft, editor, other_editor):
    explaining.rewrite(draft, text="A clear soup.", by=other_editor, seen_version=1)
    with pytest.raises(ExplainingRefused, match="Emil Line saved a change"):
        explaining.rewrite(draft, text="A hot soup.", by=editor, seen_version=1)
    assert HealthWording.objects.get().text == "A clear soup."


def test_words_that_changed_meanwhile_are_not_approved(draft, editor, medical_reviewer):
    explaining.rewrite(draft, text="A clear soup.", by=editor, seen_version=1)
    with pytest.raises(ExplainingRefused, match="saved a change"):
        explaining.approve(draft, by=medical_reviewer, seen_version=1)
    assert visible() == []


def test_a_new_name_takes_the_approval_away_in_the_same_transaction(approved, term, editor):
    GlossaryTerm.objects.filter(pk=term.pk).update(also_called=["stock", "bouillon"])
    term.refresh_from_db()
    explaining.renamed(term, by=editor)
    approved.refresh_from_db()
    assert approved.status == Status.DRAFT
    assert approved.content_hash == approved.content_digest()


def test_a_name_saved_unchanged_keeps_the_approval(approved, term, editor):
    explaining.renamed(term, by=editor)
    assert HealthWording.objects.get().is_approved
    assert HealthWording.objects.get().version == 2


def test_a_name_changed_behind_the_acts_is_not_approved(draft, term, medical_reviewer):
    GlossaryTerm.objects.filter(pk=term.pk).update(term="Stock")
    with pytest.raises(ExplainingRefused, match="renamed"):
        explaining.approve(draft, by=medical_reviewer, seen_version=1)


def test_whoever_wrote_any_of_it_does_not_approve_it(draft, editor, medical_reviewer):
    medical_reviewer.groups.add(*editor.groups.all())
    both = Member.objects.get(pk=medical_reviewer.pk)
    explaining.rewrite(draft, text="A clear soup.", by=both, seen_version=1)
    explaining.rewrite(draft, text="A hot soup.", by=editor, seen_version=2)
    with pytest.raises(ExplainingRefused, match="You wrote or edited"):
        explaining.approve(draft, by=both, seen_version=3)


def test_whoever_renamed_the_word_does_not_approve_it(draft, term, medical_reviewer):
    GlossaryTerm.objects.filter(pk=term.pk).update(pronunciation="BROTH")
    term.refresh_from_db()
    explaining.renamed(term, by=medical_reviewer)
    with pytest.raises(ExplainingRefused, match="You wrote or edited"):
        explaining.approve(draft, by=medical_reviewer, seen_version=2)


def test_an_editor_does_not_approve(draft, other_editor):
    with pytest.raises(ExplainingRefused, match="Only medical reviewers"):
        explaining.approve(draft, by=other_editor, seen_version=1)


def test_a_superuser_without_a_credential_does_not_approve(draft):
    superuser = make_member("Supra Hall", is_superuser=True, is_staff=True)
    with pytest.raises(ExplainingRefused, match="no credential"):
        explaining.approve(draft, by=superuser, seen_version=1)


def test_a_credential_that_ended_today_does_not_count(draft, medical_reviewer):
    medical_reviewer.credentials.update(ended_on=timezone.localdate())
    with pytest.raises(ExplainingRefused, match="no credential"):
        explaining.approve(draft, by=medical_reviewer, seen_version=1)


def test_a_credential_without_a_public_name_does_not_count(draft, medical_reviewer):
    medical_reviewer.credentials.update(public_name="")
    with pytest.raises(ExplainingRefused, match="no public name"):
        explaining.approve(draft, by=medical_reviewer, seen_version=1)


def test_a_topic_is_approved_by_a_field_that_may_speak_on_it(topic, editor, medical_reviewer):
    wording = explaining.begin(topic, "All about soup.", by=editor)
    medical_reviewer.credentials.update(fields=["pharmacy"])
    with pytest.raises(ExplainingRefused, match="other fields of practice"):
        explaining.approve(wording, by=medical_reviewer, seen_version=1)
    medical_reviewer.credentials.update(fields=["pharmacy", "nursing"])
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    assert visible() == ["All about soup."]


def test_the_credential_that_speaks_on_the_topic_is_the_one_kept(
    topic, editor, medical_reviewer, verifier, other_verifier
):
    medical_reviewer.credentials.update(fields=["pharmacy"])
    later = timezone.localdate() + timedelta(days=9)
    fitting = give_credential(
        medical_reviewer, verifier, other_verifier, fields=["nutrition"], expires_on=later
    )
    wording = explaining.begin(topic, "All about soup.", by=editor)
    explaining.approve(wording, by=medical_reviewer, seen_version=1)
    assert WordingApproval.objects.get().credential == fitting


def test_an_empty_text_is_not_approved(draft, medical_reviewer):
    HealthWording.objects.update(text="  ")
    with pytest.raises(ExplainingRefused, match="the text is empty"):
        explaining.approve(draft, by=medical_reviewer, seen_version=1)


def test_a_word_of_care_belongs_to_what_was_approved(approved, editor):
    explaining.rewrite(approved, text="A thin soup.", caution="It may be hot.", by=editor, seen_version=2)
    assert not approved.is_approved


def test_an_approval_is_taken_back_at_once(approved, medical_reviewer):
    explaining.take_back(approved, by=medical_reviewer, seen_version=2)
    assert visible() == []
    with pytest.raises(ExplainingRefused, match="a draft already"):
        explaining.take_back(approved, by=medical_reviewer, seen_version=3)


def test_a_caregiver_may_do_nothing_here(approved, caregiver):
    for act in (explaining.take_back, explaining.approve):
        with pytest.raises(ExplainingRefused):
            act(approved, by=caregiver, seen_version=2)
    with pytest.raises(ExplainingRefused, match="Your role"):
        explaining.rewrite(approved, text="Mine.", by=caregiver, seen_version=2)
    assert visible() == ["A thin soup."]


def test_invented_people_touch_nothing_real(draft, settings, verifier, other_verifier):
    settings.IS_DEMO_SITE = True
    invented = make_member("Ina Vent", roles.EDITORS, roles.MEDICAL_REVIEWERS, is_demo=True)
    give_credential(invented, verifier, other_verifier, is_demo=True)
    with pytest.raises(ExplainingRefused, match="This wording is a real one"):
        explaining.rewrite(draft, text="Mine.", by=invented, seen_version=1)
    with pytest.raises(ExplainingRefused, match="demonstration credential"):
        explaining.approve(draft, by=invented, seen_version=1)
    assert explaining.begin(Topic.objects.create(slug="t", name="T"), "Mine.", by=invented).is_demo


def test_a_demo_wording_is_approved_without_a_row(draft, settings, verifier, other_verifier):
    settings.IS_DEMO_SITE = True
    shown = explaining.show_as_demo(draft)
    assert visible() == ["A thin soup."]
    invented = make_member("Ina Vent", roles.EDITORS, is_demo=True)
    explaining.rewrite(shown, text="Invented.", by=invented, seen_version=1)
    assert visible() == []
    reviewer = make_member("Rea View", roles.MEDICAL_REVIEWERS, is_demo=True)
    give_credential(reviewer, verifier, other_verifier, is_demo=True)
    explaining.approve(shown, by=reviewer, seen_version=2)
    assert visible() == ["Invented."]
    assert not WordingApproval.objects.exists()
    settings.IS_DEMO_SITE = False
    assert visible() == []


def test_a_live_site_shows_no_draft_as_a_demonstration(draft, settings):
    settings.IS_DEMO_SITE = False
    with pytest.raises(ExplainingRefused, match="live site"):
        explaining.show_as_demo(draft)


def test_the_history_tells_who_did_what_and_no_words(approved, editor):
    explaining.rewrite(approved, text="A clear soup.", by=editor, seen_version=2)
    said = explaining.history(approved)
    assert [sentence.split(" (")[0] for sentence in said] == [
        "Edda Page wrote the first words",
        "Rhea Moss approved it",
        "Edda Page saved a change",
    ]
    rows = [str(row) for row in Event.objects.filter(subject_kind="articles.healthwording").values()]
    assert not any("soup" in row.lower() for row in rows)
    assert [event.to_state for event in events.history_of(approved)] == ["draft", "approved", "draft"]


@pytest.mark.parametrize(
    "written",
    [
        {"status": "approved"},
        {"status": "approved", "approved_hash": "0" * 64},
        {"is_demo": True, "status": "draft", "approval": True},
        {"content_hash": ""},
        {"topic": True},
        {"term": None},
    ],
    ids=["no approval", "a hash alone", "an approval of a demo row", "no hash", "two things", "nothing"],
)
def test_the_database_refuses_what_the_acts_refuse(written, draft, topic, medical_reviewer):
    other = explaining.begin(topic, "All about soup.")
    explaining.approve(other, by=medical_reviewer, seen_version=1)
    stand_ins = {"approval": other.approval, "topic": topic}
    columns = {
        name: stand_ins[name] if value is True and name in stand_ins else value
        for name, value in written.items()
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthWording.objects.filter(pk=draft.pk).update(**columns)


def test_the_database_refuses_an_approval_of_other_words(draft, medical_reviewer, topic):
    explaining.approve(draft, by=medical_reviewer, seen_version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthWording.objects.filter(pk=draft.pk).update(content_hash="1" * 64)


def test_an_approval_is_never_changed(approved):
    with pytest.raises(Exception, match=r"(?i)append|never|refused|not"), transaction.atomic():
        WordingApproval.objects.update(content_hash="1" * 64)
