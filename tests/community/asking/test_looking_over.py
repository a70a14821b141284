"""Look it over: as it will appear, what is private, what is suggested, and then sending."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import CancerType, Topic
from community.models import Draft, Post
from tests.community.asking.conftest import (
    ASK,
    BODY,
    PHONE,
    WITH_PHONE,
    carried_by,
    go_on,
    look,
    text_of,
)
from tests.hostile import live_markup_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    food = {"fields": ["nutrition"], "keywords": ["wont eat", "mealtimes"]}
    return [
        Topic.objects.create(slug="food", name="Food and pressure", position=1, **food),
        Topic.objects.create(slug="urgent", name="Urgent", position=2, fields=[], keywords=["ER"]),
        Topic.objects.create(slug="money", name="Money", position=3, fields=[], keywords=["cost"]),
    ]


def test_looking_over_sends_nothing(client):
    page = text_of(look(client))

    assert "Nothing has been sent yet." in page
    assert BODY in page
    assert not Post.objects.exists()


def test_it_is_shown_with_the_parts_of_the_public_page(client, caregiver):
    response = look(client, body="First.\n\n- soup\n- eggs", relation="partner", title="Soup?")

    assert {"community/parts/words.html", "community/parts/asked_by.html"} <= {
        template.name for template in response.templates
    }
    page = text_of(response)
    assert '<li dir="auto">soup</li>' in page
    assert f"<bdi>{caregiver.byline}</bdi>, who cares for a husband, wife or partner" in page


def test_without_a_name_it_shows_none(client, caregiver):
    page = text_of(look(client, shown_as="anonymous"))

    assert "<bdi>A caregiver</bdi>" in page
    assert caregiver.byline not in page.split('aria-label="As it will appear"')[1].split("</article>")[0]


def test_the_words_travel_whole_and_are_sent(client):
    words = 'Line one "quoted" <b>\r\n\r\n- a point & more'
    page = look(client, body=words, title="A title", relation="parent")
    response = go_on(client, page, "send", title="A title")

    post = Post.objects.get()
    assert response.url == reverse("community:my_post", args=[post.pk])
    assert post.revisions.get().body == 'Line one "quoted" <b>\n\n- a point & more'
    assert (post.relation, post.revisions.get().title) == ("parent", "A title")


def test_a_title_is_suggested_and_can_be_changed_there(client):
    page = look(client)

    assert 'value="He takes two bites and says sorry."' in text_of(page)
    go_on(client, page, "send", title="Mealtimes")
    assert Post.objects.get().revisions.get().title == "Mealtimes"


def test_a_title_that_is_too_long_is_said_there_with_the_words_kept(client):
    page = look(client)
    response = go_on(client, page, "send", title="x" * 151)

    assert 'id="id_title_error"' in text_of(response)
    assert carried_by(response)["body"] == [BODY]
    assert not Post.objects.exists()


def test_topics_are_suggested_by_whole_words(client, topics):
    page = look(client, body="He won’t eat. Her costs accost us.")

    chosen, others = page.context["topics"]
    assert [option.data["value"].value for option in chosen] == ["food"]
    assert [option.data["value"].value for option in others] == ["urgent", "money"]


def test_a_short_name_is_not_found_in_small_letters(client, topics):
    assert not look(client, body="He is, er, thin.").context["topics"][0]
    assert look(client, body="We went to the ER.").context["topics"][0]


def test_topics_may_all_be_left_off_or_others_chosen(client, topics):
    page = look(client)
    assert page.context["topics"][0]

    again = go_on(client, page, "look", _topics_seen="1")
    assert not again.context["topics"][0], "what was taken off is not suggested again"

    go_on(client, again, "send", topics=["money", "urgent"])
    assert set(Post.objects.get().topics.values_list("slug", flat=True)) == {"money", "urgent"}


def test_everything_optional_is_kept(client):
    CancerType.objects.create(slug="lung", name="Lung")
    page = look(
        client,
        cancer_type="lung",
        wants="company",
        content_notes=["death", "weight"],
        noindex="on",
        shown_as="anonymous",
    )
    assert "This question mentions death or dying" in text_of(page)
    go_on(client, page, "send")

    post = Post.objects.get()
    assert (post.cancer_type.slug, post.wants, post.noindex) == ("lung", "company", True)
    assert (post.content_notes, post.shown_as) == (["death", "weight"], "anonymous")


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": ["no-such"]},
        {"topics": ["\x00"]},
        {"cancer_type": "no-such"},
        {"cancer_type": "\x00"},
        {"wants": "everything"},
        {"content_notes": ["spoilers"]},
    ],
    ids=str,
)
def test_what_is_not_in_the_lists_is_said_and_no_word_is_lost(client, wrong):
    page = look(client, _topics_seen="1", **wrong)

    assert list(page.context["form"].errors) == list(wrong)
    assert 'class="error"' in text_of(page)
    assert BODY in text_of(page)


def test_going_back_keeps_every_field(client, topics):
    page = look(client, title="Mealtimes", wants="facts", noindex="on", content_notes=["death"])
    back = go_on(client, page, "edit", title="Mealtimes", topics=["money"])

    form = back.context["form"]
    assert not form.is_bound, "no error is said of what nobody has sent"
    values = {name: form[name].value() for name in ("body", "title", "wants", "content_notes")}
    assert values == {"body": BODY, "title": "Mealtimes", "wants": "facts", "content_notes": ["death"]}
    assert form["noindex"].value()
    assert carried_by(back)["topics"] == ["money"]
    assert "_topics_seen" in carried_by(back)


# --- Private details ------------------------------------------------------------


def test_a_private_detail_is_shown_with_its_exact_words(client):
    page = text_of(look(client, body=WITH_PHONE))

    assert "Is this meant to be public?" in page
    assert f"<bdi>{PHONE}</bdi>" in page
    assert "You can send it either way." in page


def test_taking_it_out_replaces_just_those_words(client):
    page = look(client, body=f"First line.\r\n\r\n{WITH_PHONE}")
    key = page.context["details"][0].key
    after = go_on(client, page, f"take-out {key}")

    assert carried_by(after)["body"] == [f"First line.\n\n{WITH_PHONE.replace(PHONE, '[private detail]')}"]
    assert not after.context["details"]
    assert Draft.objects.get().fields["body"] == carried_by(after)["body"][0], "the draft too"


def test_it_can_be_taken_out_of_the_title(client):
    page = look(client, title=f"Ring  {PHONE} please")
    key = page.context["details"][0].key
    after = go_on(client, page, f"take-out {key}", title=f"Ring {PHONE} please")

    assert after.context["form"]["title"].value() == "Ring [private detail] please"


def test_what_stands_twice_is_asked_once_and_taken_out_everywhere(client):
    page = look(client, body=WITH_PHONE)
    title = page.context["form"]["title"].value()
    assert PHONE in title, "the title is made from the words"
    [detail] = page.context["details"]
    after = go_on(client, page, f"take-out {detail.key}", title=title)

    assert not after.context["details"]
    assert PHONE not in text_of(after)


def test_leaving_it_is_not_asked_again_and_it_is_sent_as_written(client):
    page = look(client, body=WITH_PHONE)
    key = page.context["details"][0].key
    after = go_on(client, page, f"leave {key}")

    assert not after.context["details"]
    go_on(client, after, "send")
    assert Post.objects.get().revisions.get().body == WITH_PHONE


@pytest.mark.parametrize("key", ["", "body", "body 0 5", "body x y", "title 0 99999999999999999999", "\x00"])
def test_a_button_that_names_no_detail_changes_nothing(client, key):
    page = look(client, body=WITH_PHONE)
    for act in ("take-out", "leave"):
        after = go_on(client, page, f"{act} {key}")
        assert carried_by(after)["body"] == [WITH_PHONE]
        assert after.context["details"]


def test_nothing_private_asks_nothing(client):
    assert "Is this meant to be public?" not in text_of(look(client))


def test_a_private_detail_can_be_sent_without_an_answer_to_the_prompt(client):
    go_on(client, look(client, body=WITH_PHONE), "send")

    assert Post.objects.get().revisions.get().body == WITH_PHONE


def test_hostile_words_are_shown_as_text_at_every_step(client, hostile):
    words = hostile.encode("utf-8", "replace").decode()
    page = look(client, body=words, title=words)
    assert page.status_code == 200
    for act in ("look", "edit", "leave body 0 1", "take-out body 0 1"):
        after = client.post(ASK, {**carried_by(page), "_do": act, "_left": words, "_calm": words})
        assert after.status_code == 200
        assert not live_markup_in(text_of(after))


@pytest.mark.parametrize("act", ["", "nonsense", "send\x00", "look over", "\ud800"])
def test_an_unknown_act_is_a_look(client, act):
    response = client.post(ASK, {"_do": act.encode("utf-8", "replace"), "body": BODY})

    assert response.status_code == 200
    assert "Look it over" in text_of(response)


def test_where_screening_fails_the_writer_goes_on(client, monkeypatch, caplog):
    from cachexia_portal import screening

    def break_down(*_args, **_named):
        raise RuntimeError

    monkeypatch.setattr(screening, "screen", break_down)
    page = look(client, body=WITH_PHONE)
    assert "This is how it will appear." in text_of(page)
    assert "words were not looked over" in caplog.text
    go_on(client, page, "send")

    assert Post.objects.exists()
