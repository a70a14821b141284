"""What every list of the staff pages keeps to."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from cachexia_portal import events, outbox
from tests.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(administrator):
    administrator.is_superuser = True
    administrator.save(update_fields=["is_superuser"])
    return administrator


@pytest.mark.parametrize(
    ("role", "rows", "asked"),
    [
        ("administrator", "outbox_mail", "to_address"),
        ("administrator", "outbox_mail", "text__icontains"),
        ("administrator", "outbox_mail", "status__regex"),
        ("administrator", "pages_contactmessage", "email__startswith"),
        ("moderator", "pages_contactmessage", "email__startswith"),
        ("moderator", "pages_contactmessage", "answered_by__email__startswith"),
        ("editor", "articles_revision", "body__contains"),
        ("medical_reviewer", "articles_revision", "body__contains"),
        ("administrator", "events_event", "actor__isnull"),
        ("administrator", "events_event", "actor"),
        ("administrator", "help_helpline", "edited_by__email"),
        ("verifier", "accounts_member", "email__startswith"),
        ("verifier", "accounts_member", "groups__user__email__startswith"),
        ("verifier", "accounts_credential", "number__startswith"),
    ],
)
def test_a_list_answers_no_question_that_it_does_not_offer(role, rows, asked, request, client_of):
    client = client_of(request.getfixturevalue(role))
    address = reverse(f"admin:{rows}_changelist")
    assert client.get(address).status_code == 200
    assert client.get(address, {asked: "a"}).status_code == 400


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_no_list_at_all_is_asked_by_a_column_of_its_own_choosing(model, rf, superuser):
    request = rf.get("/")
    request.user = superuser
    lists = admin.site._registry[model]
    for field in model._meta.concrete_fields:
        assert not lists.lookup_allowed(f"{field.name}__startswith", "a", request)


def test_every_filter_that_a_list_offers_still_works(superuser, client_of, clinician):
    client = client_of(superuser)
    events.record("hide", clinician, by=superuser)
    outbox.enqueue("cause-1", "ann@example.org", "You have a message", "Words")
    make_member("Quinn Vale", country="IE")
    tried = 0
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        listing = (client.get(address).context or {}).get("cl")
        for spec in listing.filter_specs if listing else []:
            for choice in spec.choices(listing):
                assert client.get(address + choice["query_string"]).status_code == 200, choice
                tried += 1
    assert tried > 20
