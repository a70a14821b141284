"""No model is forgotten: whatever leads to a member is exported, or somebody has said why not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from cachexia_portal.accounts.models import Member
from cachexia_portal.pages import exporting
from cachexia_portal.pages.exporting import every_model
from cachexia_portal.pages.exporting.labels import LABELS
from cachexia_portal.pages.exporting.staff import ACTS

MODELS = list(apps.get_models(include_auto_created=True))


def keys_of(model) -> list[ForeignKey]:
    return [field for field in model._meta.concrete_fields if field.remote_field]


def that_lead_to_a_member() -> set:
    """By keys, over any number of rows."""
    found = {Member}
    while True:
        more = {model for model in MODELS if any(key.related_model in found for key in keys_of(model))}
        if more <= found:
            return found
        found |= more


def names_of(models) -> set[str]:
    return {model._meta.label for model in models}


def test_the_walk_finds_what_is_known_to_lead_there():
    found = names_of(that_lead_to_a_member())
    assert {"community.PostRevision", "community.DecisionNote", "articles.Reference", "launch.Doors"} <= found
    assert not {"articles.Topic", "outbox.Lease", "community.HouseRule"} & found


def test_every_model_that_leads_to_a_member_is_exported_or_has_a_reason():
    spoken_for = every_model.HELD | every_model.DONE | set(every_model.LEFT_OUT)
    assert not names_of(that_lead_to_a_member()) - spoken_for


def test_no_table_names_a_model_that_is_gone():
    known = names_of(MODELS)
    for names in (every_model.HELD, every_model.DONE, every_model.LEFT_OUT):
        assert set(names) <= known


def test_nothing_is_both_exported_and_left_out():
    assert not set(every_model.LEFT_OUT) & (every_model.HELD | every_model.DONE)


def test_every_reason_is_a_sentence():
    assert all(len(reason) > 10 for reason in {**every_model.LEFT_OUT, **every_model.WITHHELD}.values())


def test_every_column_that_names_a_member_is_their_own_or_an_act_of_the_staff():
    naming = {
        f"{model._meta.label}.{key.name}"
        for model in MODELS
        for key in keys_of(model)
        if key.related_model is Member
    }
    acts = {f"{act.model}.{act.field}" for act in ACTS}
    assert not naming - every_model.OWN - acts
    assert naming >= every_model.OWN | acts
    assert not every_model.OWN & acts


@pytest.mark.django_db
def test_every_value_has_a_name_on_the_page_and_every_section_is_made_once(caregiver):
    sections = exporting.everything_about(caregiver)
    keys = [section.key for section in sections]
    assert len(keys) == len(set(keys))
    assert {key for section in sections for row in section.rows for key in row} <= set(LABELS)
