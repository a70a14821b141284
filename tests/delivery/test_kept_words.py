"""Typed words are given back; secrets are not."""

from urllib.parse import quote

import pytest
from django.test import RequestFactory

from cachexia_portal.delivery.kept_words import kept_words


def kept(**fields):
    return kept_words(RequestFactory().post("/", fields))


def test_words_come_back_whole_with_a_name_that_can_be_read():
    body = "Line one\n\nLine two <b>& more</b> 母は"
    assert kept(title="He stopped eating", body=body, what_happened="988") == [
        ("Title", "He stopped eating"),
        ("Your words", body),
        ("What happened", "988"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "csrfmiddlewaretoken",
        "password",
        "password1",
        "new_password",
        "oldpassword",
        "Password",
        "code",
        "otp_token",
        "token",
        "recovery_codes",
        "secret",
        "signature",
    ],
)
def test_secrets_never_come_back(name):
    assert kept(**{name: "tell-nobody"}) == []


@pytest.mark.parametrize(
    "name",
    [
        "next",
        "version",
        "_save",
        "id",
        "item_id",
        "form-0-id",
        "form-TOTAL_FORMS",
        "form-0-DELETE",
        "action",
        "seen",
        "seen_version",
        "transition",
        "act",
        "sha256",
    ],
)
def test_what_a_page_filled_in_itself_does_not_come_back(name):
    assert kept(**{name: "machine"}) == []


def test_empty_fields_and_ticks_do_not_come_back():
    assert kept(title="  ", agree="on") == []


def test_each_of_several_values_comes_back():
    request = RequestFactory().post("/", {"note": ["one", "two"]})
    assert kept_words(request) == [("Your note", "one"), ("Your note", "two")]


def test_fields_of_a_formset_are_named_by_their_last_part():
    assert kept(**{"answers-0-body": "words"}) == [("Your words", "words")]


def test_a_page_that_was_only_read_has_no_words():
    assert kept_words(RequestFactory().get("/?title=words")) == []


def test_files_are_not_words(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("words of a file")
    with path.open("rb") as upload:
        assert kept(document=upload, note="words") == [("Your note", "words")]


def test_nothing_typed_breaks_it(hostile):
    body = "body=" + quote(hostile.encode(errors="surrogatepass"))
    request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
    as_sent = hostile.encode(errors="surrogatepass").decode(errors="replace")
    assert kept_words(request) == ([("Your words", as_sent)] if as_sent.strip() else [])


def test_a_long_name_of_a_field_is_cut():
    ((label, _),) = kept(**{"a" * 500: "words"})
    assert len(label) == 40


def test_what_was_picked_does_not_stand_among_the_words():
    """A radio button sends a code; a tired person looks for their own words."""
    picked = {"shown_as": "name", "relation": "partner", "subject": "other", "type": "harm", "years": "2"}
    assert kept(body="My words", **picked) == [("Your words", "My words")]
