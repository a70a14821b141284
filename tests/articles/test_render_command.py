"""`manage.py render`: stored HTML made anew, and nothing else."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from articles.management.commands import render as command
from articles.models import Reference, Revision
from articles.rendering import RENDER_VERSION

pytestmark = pytest.mark.django_db


@pytest.fixture
def aged(make_draft):
    """Three texts, two of which an older renderer has made."""
    made = [make_draft(body="A line.[^1]", references=[Reference(title="A paper")]) for _ in range(3)]
    Revision.objects.filter(pk__in=[each.pk for each in made[:2]]).update(body_html="old", render_version=1)
    Revision.objects.filter(pk=made[2].pk).update(body_html="kept")
    return made


def bodies() -> list[str]:
    return list(Revision.objects.order_by("pk").values_list("body_html", flat=True))


def state() -> list[tuple]:
    columns = ("pk", "status", "version", "content_hash", "changed_at", "body")
    return list(Revision.objects.order_by("pk").values_list(*columns))


def test_what_an_older_renderer_made_is_made_anew(aged, monkeypatch, capsys):
    monkeypatch.setattr(command, "BATCH", 1)
    before = state()
    call_command("render")
    assert [body[:3] for body in bodies()] == ["<p>", "<p>", "kep"]
    assert 'href="#source-1"' in bodies()[0]
    assert set(Revision.objects.values_list("render_version", flat=True)) == {RENDER_VERSION}
    assert state() == before
    assert capsys.readouterr().err == "Texts rendered anew: 2.\n"
    call_command("render")
    assert capsys.readouterr().err == "Texts rendered anew: 0.\n"


def test_all_is_made_anew_where_that_is_asked(aged):
    call_command("render", "--all")
    assert "kept" not in bodies()


def test_a_text_that_changed_meanwhile_keeps_its_page(aged):
    stale = Revision.objects.get(pk=aged[0].pk)
    Revision.objects.filter(pk=stale.pk).update(version=2, body_html="newer")
    stale.store_page()
    assert bodies()[0] == "newer"
