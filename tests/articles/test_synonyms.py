"""Words for the same thing: as they come, as editors change them, as the search is given them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articles import starter, synonyms
from articles.models import GlossaryTerm, SynonymGroup
from articles.starter_words import starter_words
from cachexia_portal.accounts import roles
from cachexia_portal.pages.models import StarterRow
from cachexia_portal.pages.starter import Starter, lay_down
from tests.articles.test_taxonomy_admin import errors, opened, storable, url
from tests.hostile import live_markup_in
from tests.people import make_member

pytestmark = pytest.mark.django_db
GROUP = "synonymgroup"


def lay_down_words() -> int:
    return lay_down(Starter(*row) for row in starter_words())


def group(*words: str, **columns) -> SynonymGroup:
    return SynonymGroup.objects.create(words=list(words), **columns)


# --- As the search is given them ----------------------------------------------------


def test_the_groups_in_use_come_in_one_query(queries):
    group("mum", "mom")
    group("soup", "broth", is_active=False)
    group("weak", "tired", "worn out")
    with queries(1):
        assert synonyms.groups() == (("mum", "mom"), ("weak", "tired", "worn out"))


def test_while_the_rows_are_the_same_they_are_not_read_anew():
    group("mum", "mom")
    first = synonyms.groups()
    assert synonyms.groups() is first


def test_a_change_counts_at_once_without_a_restart():
    changed = group("mum", "mom")
    assert synonyms.groups() == (("mum", "mom"),)
    changed.words = ["mum", "mom", "mama"]
    changed.save()
    assert synonyms.groups() == (("mum", "mom", "mama"),)
    SynonymGroup.objects.update(is_active=False)
    assert synonyms.groups() == ()


@pytest.mark.parametrize(
    "words", [[], ["alone"], "text", None, {"a": 1}, [1, 2], [" ", "soup"], [["a"], "b"]]
)
def test_a_row_that_is_no_group_is_passed_over(words):
    SynonymGroup.objects.create(words=words if words is not None else {})
    group("mum", "mom")
    assert synonyms.groups() == (("mum", "mom"),)


# --- As they come with the site ------------------------------------------------------


def test_every_group_of_the_starter_holds_and_no_word_stands_in_two():
    lay_down_words()
    seen: list[str] = []
    for each in SynonymGroup.objects.all():
        each.full_clean()
        seen += [word.casefold() for word in each.words]
    assert SynonymGroup.objects.count() == 62
    assert len(seen) == len(set(seen))


def test_every_other_name_of_the_glossary_finds_its_word():
    lay_down_words()
    together = [{word.casefold() for word in each} for each in synonyms.groups()]
    for term in GlossaryTerm.objects.all():
        for name in term.also_called:
            assert [words for words in together if name.casefold() in words] or name == "PT", name


def test_what_editors_changed_or_put_out_of_use_is_not_brought_back():
    lay_down_words()
    SynonymGroup.objects.filter(pk=synonym_of("megestrol").pk).update(words=["megestrol", "ours"])
    SynonymGroup.objects.filter(pk=synonym_of("mother").pk).delete()
    assert lay_down_words() == 0
    assert synonym_of("megestrol").words == ["megestrol", "ours"]
    assert not [each for each in SynonymGroup.objects.all() if "mother" in each.words]


def test_each_starter_group_has_its_line_in_the_ledger():
    lay_down_words()
    rows = json.loads((Path(starter.__file__).parent / "synonyms.json").read_text())
    kept = set(StarterRow.objects.filter(key__startswith="synonyms:").values_list("key", flat=True))
    assert kept == {f"synonyms:{row['slug']}" for row in rows}


def synonym_of(word: str) -> SynonymGroup:
    return next(each for each in SynonymGroup.objects.all() if word in each.words)


# --- On the staff pages -----------------------------------------------------------------


@pytest.fixture
def at_desk(client_of, editor):
    return client_of(editor)


def test_an_editor_adds_a_group_and_it_counts_from_then_on(at_desk):
    sent = {**opened(at_desk, url(GROUP)), "words": "mum\r\n  mom \r\nmum\r\n", "note": "Family"}
    assert at_desk.post(url(GROUP), sent).status_code == 302
    assert synonyms.groups() == (("mum", "mom"),)


def test_an_editor_puts_a_group_out_of_use_and_back(at_desk):
    row = group("mum", "mom")
    sent = opened(at_desk, url(GROUP, row.pk))
    assert sent["words"] == "mum\nmom"
    del sent["is_active"]
    assert at_desk.post(url(GROUP, row.pk), sent).status_code == 302
    assert synonyms.groups() == ()
    at_desk.post(url(GROUP, row.pk), {**opened(at_desk, url(GROUP, row.pk)), "is_active": "on"})
    assert synonyms.groups() == (("mum", "mom"),)


@pytest.mark.parametrize("typed", ["mum", "", "mum\nMUM", "   \n "])
def test_fewer_than_two_different_words_are_refused_and_what_was_typed_stays(at_desk, typed):
    page = errors(at_desk.post(url(GROUP), {**opened(at_desk, url(GROUP)), "words": typed, "note": "Kept"}))
    assert "at least two words, each once" in page or "This field is required" in page
    assert 'value="Kept"' in page
    assert not SynonymGroup.objects.exists()


def test_the_second_of_two_editors_sees_what_the_first_wrote(at_desk, client_of, other_editor):
    row = group("mum", "mom")
    mine, theirs = opened(at_desk, url(GROUP, row.pk)), client_of(other_editor)
    theirs.post(url(GROUP, row.pk), {**opened(theirs, url(GROUP, row.pk)), "words": "mum\nmom\nmama"})
    page = errors(at_desk.post(url(GROUP, row.pk), {**mine, "words": "mum\nmammy"}))
    assert "It is now: mum, mom, mama" in page
    assert "mammy" in page
    assert SynonymGroup.objects.get().words == ["mum", "mom", "mama"]


def test_a_group_is_not_deleted(at_desk):
    row = group("mum", "mom")
    assert at_desk.post(f"/admin/articles/{GROUP}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [row.pk]}
    at_desk.post(f"/admin/articles/{GROUP}/", sent)
    assert SynonymGroup.objects.exists()


@pytest.mark.parametrize("role", [roles.MEDICAL_REVIEWERS, roles.MODERATORS, roles.ADMINISTRATORS])
def test_other_roles_have_no_such_desk(client_of, role):
    row = group("mum", "mom")
    outside = client_of(make_member("Otto Door", role))
    for address in (url(GROUP, row.pk), url(GROUP), f"/admin/articles/{GROUP}/"):
        assert outside.get(address).status_code == 403


def test_the_list_can_be_searched_and_asks_the_same_for_many(at_desk, same_queries):
    group("mum", "mom", note="Family")
    page = at_desk.get(f"/admin/articles/{GROUP}/", {"q": "fami"}).content.decode()
    assert "mum, mom" in page
    same_queries(lambda: group("soup", "broth"), f"/admin/articles/{GROUP}/", client=at_desk)


def test_hostile_words_are_stored_as_typed_or_refused_and_shown_safely(at_desk, hostile):
    typed = storable(hostile)
    sent = {**opened(at_desk, url(GROUP)), "words": f"soup\nbroth\n{typed}", "note": typed[:200]}
    answered = at_desk.post(url(GROUP), sent)
    assert not live_markup_in(answered.content.decode())
    for row in SynonymGroup.objects.all():
        for address in (url(GROUP, row.pk), f"/admin/articles/{GROUP}/"):
            assert not live_markup_in(at_desk.get(address).content.decode())
    assert all("soup" in words for words in synonyms.groups())
