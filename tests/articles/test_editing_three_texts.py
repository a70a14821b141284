"""Two editors on one draft: the second sees three texts, and saves by hand."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import editing, publishing
from articles.models import PastText, Reference, Revision
from tests.articles.forms_of import REFERENCE, change_url, form_of, picture_file, rows
from tests.hostile import STORABLE, live_markup_in

pytestmark = pytest.mark.django_db
BASE = "Soup is warm.\n\nBread is dry.\n\nTea is wet."
THEIRS = "Soup is hot.\n\nBread is dry.\n\nTea is wet."
MINE = "Soup is warm.\n\nBread is dry.\n\nTea is green."


@pytest.fixture
def draft(make_draft):
    return make_draft(body=BASE, references=[Reference(title="A paper about soup")])


@pytest.fixture
def met(draft, editor, other_editor, client_of):
    """`met(**mine)`: the first editor has saved; the answer to the second one."""

    def meet(first=None, **mine):
        as_seen = form_of(draft, **{"body": MINE, **mine})
        client_of(editor).post(change_url(draft), form_of(draft, **(first or {"body": THEIRS})))
        answer = client_of(other_editor).post(change_url(draft), as_seen)
        draft.refresh_from_db()
        return answer

    return meet


def fields_in(answer) -> dict:
    """What the form of the page would post, as a browser reads it."""
    fields: dict = {}
    form = answer.text.split('<form class="desk"')[1].split("</form>")[0]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        fields.setdefault(unescape(name[1]), []).append(unescape(value[1]) if value else "")
    for name, value in re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        fields[name] = [unescape(value)]
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]*)" selected', options)
    return fields


def test_the_second_editor_sees_base_theirs_and_mine(met):
    answer = met()
    assert answer.status_code == 409
    [(three, mine)] = answer.context["fields"]
    assert (three.base, three.theirs, three.mine) == (BASE, THEIRS, MINE)
    assert mine.value() == MINE
    assert "Edda Page saved a change" in answer.text
    assert re.search(r"<del><span class=\"hide\">taken out: </span>warm</del>", answer.text)
    assert re.search(r"<ins><span class=\"hide\">added: </span>hot</ins>", answer.text)
    assert re.search(r"<ins><span class=\"hide\">added: </span>green</ins>", answer.text)


def test_nothing_is_put_together_by_itself(met, draft):
    met()
    assert draft.body == THEIRS
    assert draft.version == 2


def test_saving_over_it_is_an_ordinary_save_of_the_words_in_the_form(met, draft, other_editor, client_of):
    fields = fields_in(met(summary="My summary.", change_note="Why"))
    client = client_of(other_editor)
    answer = client.post(change_url(draft), {**fields, "body": "Soup is hot.\n\nTea is green."})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.body, draft.summary, draft.change_note) == (
        "Soup is hot.\n\nTea is green.",
        "My summary.",
        "Why",
    )
    assert [past.words["body"] for past in PastText.objects.order_by("version")] == [BASE, THEIRS]


def test_a_third_save_in_between_is_met_again(met, draft, editor, other_editor, client_of):
    fields = fields_in(met())
    client_of(editor).post(change_url(draft), form_of(draft, body="Once more."))
    answer = client_of(other_editor).post(change_url(draft), fields)
    assert answer.status_code == 409
    [(three, _)] = answer.context["fields"]
    assert (three.base, three.theirs, three.mine) == (THEIRS, "Once more.", MINE)


def test_fields_that_nobody_else_touched_are_carried_and_not_asked(met):
    answer = met(title="My title", topics=[])
    assert [three.name for three, _ in answer.context["fields"]] == ["title", "body"]
    assert fields_in(answer)["summary"] == ["What it says."]


def test_topics_and_rows_travel_along(met, draft, other_editor, client_of):
    from articles.models import Topic

    topic = Topic.objects.create(slug="cups", name="Cups")
    new = rows("references", *draft.references.all(), new=[REFERENCE])
    fields = fields_in(met(topics=[topic.pk], **new))
    client_of(other_editor).post(change_url(draft), fields)
    draft.refresh_from_db()
    assert draft.body == MINE
    assert list(draft.topics.all()) == [topic]
    assert [r.title for r in draft.references.all()] == ["A paper about soup", "A paper about cups"]


def test_a_row_that_the_other_deleted_is_mine_again_when_i_save(met, draft, other_editor, client_of):
    gone = {**rows("references", *draft.references.all()), "references-0-DELETE": "on", "body": THEIRS}
    answer = met(first=gone)
    assert not draft.references.exists()
    client_of(other_editor).post(change_url(draft), fields_in(answer))
    assert [r.title for r in draft.references.all()] == ["A paper about soup"]


def test_a_picture_has_to_be_chosen_again_and_the_page_says_so(met):
    new = rows("figures", new=[{"alt": "A cup", "rights": "own", "upload": picture_file()}])
    answer = met(**new)
    assert "The picture files you chose were not stored." in answer.text
    assert fields_in(answer)["figures-0-alt"] == ["A cup"]


def test_choices_are_shown_in_words(met):
    answer = met(first={"body": THEIRS, "audience": "detailed"}, audience="clinical")
    assert "More detail" in answer.text
    assert fields_in(answer)["audience"] == ["clinical"]


@pytest.mark.parametrize("version", ["", "x", "0", "2", "999", "9" * 40, "²", "1.0"])
def test_a_version_that_was_never_seen_overwrites_nothing(draft, edits_as, version):
    answer = edits_as.post(change_url(draft), form_of(draft, body=MINE, seen_version=version))
    assert answer.status_code == 409
    assert "The text that you began from is not kept any more" in answer.text
    assert fields_in(answer)["body"] == [MINE]
    draft.refresh_from_db()
    assert draft.body == BASE


@pytest.fixture
def edits_as(editor, client_of):
    return client_of(editor)


def test_hostile_words_come_back_as_they_were(met, draft, other_editor, client_of):
    met(first={"body": THEIRS, "summary": "Of the first."})
    client = client_of(other_editor)
    for typed in STORABLE.values():
        if "\r" in typed or typed.encode(errors="replace").decode() != typed:
            continue
        mine = form_of(draft, title=f"t{typed}", summary=f"s{typed}", body=f"b{typed}", seen_version=1)
        answer = client.post(change_url(draft), mine)
        assert answer.status_code == 409
        assert not live_markup_in(answer.text), typed
        assert fields_in(answer)["body"] == [f"b{typed}"]


def test_vast_texts_are_compared_in_time(met):
    answer = met(first={"body": "Tea. \n" * 30_000}, body="Soup is warm. \n" * 20_000)
    assert answer.status_code == 409
    assert len(fields_in(answer)["body"][0]) == 300_000


def test_rows_are_carried_with_the_stored_ones_first():
    from django.http import QueryDict

    post = QueryDict(mutable=True)
    for at, (pk, title) in enumerate([(7, "gone"), (8, "there"), ("", "new")]):
        post.update({f"references-{at}-id": str(pk), f"references-{at}-title": title})
    post.update({"references-TOTAL_FORMS": "99999", "references-5000-id": "1", "references-x-id": "1"})
    assert editing.carried_rows(post, "references", {8}) == [
        ("references-TOTAL_FORMS", "3"), ("references-INITIAL_FORMS", "1"),
        ("references-0-id", "8"), ("references-0-title", "there"),
        ("references-1-id", ""), ("references-1-title", "gone"),
        ("references-2-id", ""), ("references-2-title", "new"),
    ]  # fmt: skip


def test_a_version_is_checked_under_a_lock(draft, editor, client_of):
    """The row is held from the question to the answer; SQLite holds the whole file."""
    client = client_of(editor)
    with CaptureQueriesContext(connection) as seen:
        client.post(change_url(draft), form_of(draft, body=MINE))
    assert Revision.objects.get().body == MINE
    if connection.vendor == "postgresql":
        assert any("FOR UPDATE" in query["sql"] and "articles_revision" in query["sql"] for query in seen)


def test_who_saves_when_the_text_is_closed_keeps_every_typed_word(draft, editor, other_editor, client_of):
    rows_typed = {
        **rows("references", *draft.references.all(), new=[{**REFERENCE, "authors": "Cup, A."}]),
        **rows("figures", new=[{"alt": "A cup on a table", "rights": "own"}]),
        **rows("quotations", new=[{"line": 8, "words": "Soup is quoted"}]),
    }
    as_typed = form_of(draft, body=MINE, **rows_typed)
    publishing.submit_for_review(draft, by=editor)
    answer = client_of(other_editor).post(change_url(draft), as_typed)
    assert answer.status_code == 409
    assert "Tea is green." in answer.text
    for typed in ("A paper about cups", "Cup, A.", "A cup on a table", "Soup is quoted"):
        assert typed in answer.text
    assert "A paper about soup" not in answer.text
