"""The commands that lay down starter rows, the demonstration, and take it away again."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from articles.models import Article, Revision
from cachexia_portal.accounts.models import Member
from cachexia_portal.help.models import HelpLine
from cachexia_portal.pages.models import StarterRow
from community.models import HouseRule, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_site(settings):
    settings.SITE_MODE, settings.IS_DEMO_SITE = "demo", True
    return settings


def rows() -> dict[str, list]:
    """Every row of every model of ours, as it stands."""
    ours = [model for model in apps.get_models() if not model.__module__.startswith(("django.", "allauth."))]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in ours}


def demo_rows() -> dict[str, int]:
    having = [m for m in apps.get_models() if any(f.name == "is_demo" for f in m._meta.get_fields())]
    return {model._meta.label: model._default_manager.filter(is_demo=True).count() for model in having}


def test_bootstrap_lays_down_lines_rules_and_guides_as_drafts():
    call_command("bootstrap")
    assert HelpLine.objects.count() == sum(key.startswith("help-line:") for key in keys())
    assert HouseRule.objects.count() == 8
    assert set(Revision.objects.values_list("status", flat=True)) == {"draft"}
    assert not any(demo_rows().values())


def keys() -> list[str]:
    return list(StarterRow.objects.values_list("key", flat=True))


def test_a_second_bootstrap_changes_no_row():
    call_command("bootstrap")
    before = rows()
    call_command("bootstrap")
    assert rows() == before


def test_what_staff_changed_or_removed_is_not_touched_again():
    call_command("bootstrap")
    HouseRule.objects.filter(number=1).update(title="Ours")
    HelpLine.objects.filter(country="NZ").delete()
    call_command("bootstrap")
    assert HouseRule.objects.get(number=1).title == "Ours"
    assert not HelpLine.objects.filter(country="NZ").exists()


def test_a_live_site_refuses_the_demonstration():
    with pytest.raises(CommandError, match="live site"):
        call_command("bootstrap", "--demo")
    assert not Member.objects.exists()


def test_the_demonstration_can_be_laid_down_twice_without_a_difference(demo_site):
    call_command("bootstrap", "--demo")
    before = rows()
    call_command("bootstrap", "--demo")
    after = rows()
    assert {label for label in before if before[label] != after[label]} == set()


def test_the_demonstration_shows_a_guide_and_posts_and_leaves_the_draft(demo_site):
    call_command("bootstrap", "--demo")
    assert set(Revision.objects.values_list("status", "is_demo")) == {("draft", False), ("published", True)}
    assert Post.objects.visible_to(Member()).questions().count() >= 3
    assert Post.objects.filter(published_revision=None).exists()


def test_remove_demo_takes_every_demo_row_away_and_leaves_the_rest(demo_site):
    call_command("bootstrap", "--demo")
    call_command("remove_demo")
    assert not any(demo_rows().values())
    assert list(Article.objects.values_list("live_revision", flat=True)) == [None] * Article.objects.count()
    assert Revision.objects.filter(status="draft").exists()
    assert not Member.objects.exclude(email=None).exists()
    assert not Post.objects.exists()


def test_the_demonstration_can_come_back_after_it_was_removed(demo_site):
    call_command("bootstrap", "--demo")
    posts = Post.objects.count()
    call_command("remove_demo")
    call_command("bootstrap", "--demo")
    assert Post.objects.count() == posts
    assert Member.objects.filter(is_demo=True, email="moderator@demo.example").exists()


def test_integrity_holds_on_a_demonstration_and_names_its_rows_on_a_live_site(demo_site, capsys):
    call_command("bootstrap", "--demo")
    call_command("check_integrity")
    assert capsys.readouterr().out == ""
    demo_site.SITE_MODE, demo_site.IS_DEMO_SITE = "live", False
    with pytest.raises(SystemExit) as ended:
        call_command("check_integrity")
    assert ended.value.code == 1
    assert "community.Post: " in capsys.readouterr().out


def test_integrity_names_a_missing_help_file_and_a_lifted_guard(capsys, settings, tmp_path):
    call_command("bootstrap")
    settings.HELP_PAGES_DIR = tmp_path
    with pytest.raises(SystemExit):
        call_command("check_integrity")
    assert "shipped copy is being sent" in capsys.readouterr().out
