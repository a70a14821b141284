"""The topics, kinds of cancer and words that come with the site, and the demonstration of them."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles import explaining
from articles.demo_wordings import load_demo_wordings, remove_demo_wordings
from articles.models import CancerType, GlossaryTerm, HealthWording, Topic
from articles.starter_words import starter_words
from cachexia_portal.accounts.models.credential import FieldOfPractice, known_fields
from cachexia_portal.pages.starter import Starter, lay_down

pytestmark = pytest.mark.django_db


def lay_down_words() -> int:
    return lay_down(Starter(*row) for row in starter_words())


def real() -> list[tuple]:
    return list(HealthWording.objects.filter(is_demo=False).order_by("pk").values_list())


def test_every_topic_and_word_comes_with_a_draft_and_none_is_visible():
    lay_down_words()
    assert (Topic.objects.count(), CancerType.objects.count(), GlossaryTerm.objects.count()) == (20, 18, 50)
    drafts = HealthWording.objects.filter(status="draft", is_demo=False, edited_by=None, approval=None)
    assert drafts.count() == 70
    assert all(
        draft.content_hash == draft.content_digest() for draft in drafts.select_related("topic", "term")
    )
    assert not HealthWording.objects.visible_to(None).exists()


def test_every_topic_names_fields_that_may_speak_on_it():
    lay_down_words()
    for topic in Topic.objects.all():
        known_fields(topic.fields)
    named = {field for topic in Topic.objects.all() for field in topic.fields}
    assert named == set(FieldOfPractice.values)


def test_words_lead_to_their_relations():
    lay_down_words()
    cachexia = GlossaryTerm.objects.get(slug="cachexia")
    assert {term.slug for term in cachexia.see_also.all()} == {
        "muscle-wasting",
        "pre-cachexia",
        "refractory-cachexia",
    }


def test_laying_down_twice_makes_nothing_new():
    assert lay_down_words() == 200
    assert lay_down_words() == 0


def test_what_staff_changed_or_removed_stays_so():
    lay_down_words()
    HealthWording.objects.filter(term__slug="placebo").delete()
    GlossaryTerm.objects.filter(slug="placebo").delete()
    Topic.objects.filter(slug="symptoms").update(name="Ours")
    GlossaryTerm.objects.get(slug="cachexia").see_also.clear()
    lay_down_words()
    assert not GlossaryTerm.objects.filter(slug="placebo").exists()
    assert Topic.objects.get(slug="symptoms").name == "Ours"
    assert not GlossaryTerm.objects.get(slug="cachexia").see_also.exists()


def test_an_address_that_staff_took_first_is_left_to_them(editor):
    own = GlossaryTerm.objects.create(slug="hospice", term="Our hospice")
    explaining.begin(own, "The house on the hill.", by=editor)
    lay_down_words()
    own.refresh_from_db()
    assert own.term == "Our hospice"
    assert own.wordings.get().text == "The house on the hill."


def test_a_demo_site_explains_everything_and_the_drafts_stay(settings):
    settings.IS_DEMO_SITE = True
    lay_down_words()
    before = real()
    assert len(load_demo_wordings()) == 70
    assert load_demo_wordings() == []
    assert HealthWording.objects.visible_to(None).count() == 70
    assert real() == before
    settings.IS_DEMO_SITE = False
    assert not HealthWording.objects.visible_to(None).exists()


def test_removing_the_demonstration_leaves_the_drafts(settings):
    settings.IS_DEMO_SITE = True
    lay_down_words()
    load_demo_wordings()
    before = real()
    assert remove_demo_wordings() == 70
    assert real() == before
    assert HealthWording.objects.count() == 70


def test_the_commands_bring_the_words_and_take_the_demonstration_away(settings):
    settings.SITE_MODE, settings.IS_DEMO_SITE = "demo", True
    call_command("bootstrap", "--demo")
    assert HealthWording.objects.visible_to(None).count() == 70
    call_command("remove_demo")
    assert HealthWording.objects.filter(is_demo=True).count() == 0
    assert HealthWording.objects.count() == 70


@pytest.mark.parametrize("kind", ["topic", "term"])
def test_the_starter_texts_are_calm_and_give_no_orders_to_editors(kind):
    lay_down_words()
    for wording in HealthWording.objects.exclude(**{kind: None}):
        words = f"{wording.text} {wording.caution}".lower()
        assert not any(word in words for word in ("!", "show ", "content note", "battle", "brave", "simply"))
        assert len(wording.text) <= 600
