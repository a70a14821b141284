"""Telling the moderators about what somebody else wrote."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from cachexia_portal import limits
from cachexia_portal.limits.rules import REPORT
from community import moderation
from community.models import ItemKind, Report, ReportType, ReviewItem, StaffedHours
from community.models.reports import REPORT_LENGTH
from tests.hostile import form_of, live_markup_in

pytestmark = pytest.mark.django_db
TYPED = {"type": "harm", "words": "It says to stop the tablets."}


def address(post, kind=None) -> str:
    return reverse("community:report", args=[kind or post.kind, post.pk])


@pytest.fixture
def reader(client_of, other_caregiver):
    return client_of(other_caregiver)


def test_a_report_is_an_item_at_once_and_changes_nothing(reader, visitor, published, other_caregiver):
    response = reader.post(address(published), TYPED)

    item = ReviewItem.objects.open().get()
    assert (item.kind, item.revision) == (ItemKind.REPORT, published.published_revision)
    kept = Report.objects.get()
    assert (kept.reporter, kept.type, kept.words) == (other_caregiver, "harm", TYPED["words"])
    assert visitor.get(published.get_absolute_url()).status_code == 200
    thanks = reader.get(response["Location"]).content.decode()
    assert "Thank you. Your report is with us" in thanks
    assert reverse("community:my_posts") in thanks
    assert "You reported a question." in reader.get("/me/").content.decode()


def test_the_form_shows_what_it_is_about_and_what_happens_next(reader, published):
    page = reader.get(address(published)).content.decode()

    assert "This is about the question by <bdi>Robin Hill</bdi>:" in page
    assert published.description[:30] in page
    assert "What happens next" in page
    assert f'maxlength="{REPORT_LENGTH}"' in page
    for label in ReportType.labels:
        assert str(label) in page
    assert reverse("help:help_now") in page


@pytest.mark.parametrize("type", ReportType)
def test_each_type_opens_its_item(reader, published, type):
    reader.post(address(published), {"type": type, "words": ""})

    wanted = {"worried": "safety", "private": "privacy", "about_me": "privacy"}
    assert ReviewItem.objects.open().get().kind == wanted.get(type, "report")


def test_a_second_report_is_already_with_us_and_its_words_are_kept(reader, published):
    reader.post(address(published), TYPED)
    assert "Your report is already with us" in reader.get(address(published)).content.decode()

    response = reader.post(address(published), {"type": "harm", "words": "And the doses too."})
    assert "It is already with us" in reader.get(response["Location"]).content.decode()
    assert Report.objects.get().words == "It says to stop the tablets.\n\nAnd the doses too."


def test_words_without_room_are_not_lost(reader, published):
    reader.post(address(published), {"type": "harm", "words": "a" * (REPORT_LENGTH - 5)})
    response = reader.post(address(published), {"type": "harm", "words": "One thing more."})

    assert response.status_code == 409
    assert "Please shorten them." in response.content.decode()
    assert "One thing more." in response.content.decode()


def test_a_worry_is_told_honestly(reader, published, clock):
    StaffedHours.objects.create(weekday=0, begins=time(9), ends=time(17), zone="UTC")
    response = reader.post(address(published), {"type": "worried", "words": ""})
    page = reader.get(response["Location"]).content.decode()

    assert "Still, nobody may be reading at this moment." in page
    assert "The next time somebody is here begins on Monday 23 November 2026, 09:00 (UTC)." in page
    assert "call the emergency number first" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"type": "", "words": "Kept words"}, "Please choose one."),
        ({"type": "nothing", "words": "Kept words"}, "Please choose one of these."),
        ({"words": "Kept words"}, "Please choose one."),
        ({"type": "harm", "words": "Kept words " * 300}, "At most 2000 letters fit here"),
    ],
)
def test_an_error_is_said_and_every_word_is_kept(reader, published, typed, said):
    page = reader.post(address(published), typed).content.decode()

    assert said in page
    assert page.count("Kept words") >= typed["words"].count("Kept words")
    assert not Report.objects.exists()


def test_too_many_keeps_the_words(reader, published, other_caregiver):
    for _ in range(REPORT.amount):
        limits.spend_for(REPORT, f"member:{other_caregiver.pk}")
    response = reader.post(address(published), TYPED)

    assert response.status_code == 429
    assert TYPED["words"] in response.content.decode()
    assert not Report.objects.exists()


def test_an_expired_token_keeps_the_words(client_of, other_caregiver, published):
    response = client_of(other_caregiver, enforce_csrf_checks=True).post(address(published), TYPED)

    assert response.status_code == 403
    assert TYPED["words"] in response.content.decode()


def test_an_ended_session_keeps_the_words_and_gives_the_other_ways(visitor, published):
    response = visitor.post(address(published), TYPED)
    page = response.content.decode()

    assert response.status_code == 403
    assert TYPED["words"] in page
    assert "You are signed out, so this was not sent" in page
    assert "mailto:safe@example.org" in page
    assert not Report.objects.exists()


def test_a_visitor_gets_three_ways_and_no_form(visitor, published):
    response = visitor.get(address(published))
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert "mailto:safe@example.org" in main
    assert f'href="{reverse("pages:contact")}?page=%2Fquestions%2F' in main
    assert f'href="{reverse("help:help_now")}"' in main
    assert "<form" not in main
    assert "csrftoken" not in response.cookies
    assert response["Cache-Control"] == "no-store"


def test_without_a_safeguarding_address_the_others_stand(visitor, published, settings):
    settings.SAFEGUARDING_EMAIL = ""
    page = visitor.get(address(published)).content.decode()

    assert "mailto:" not in page[page.index("<main") : page.index("</main>")]
    assert f'href="{reverse("pages:contact")}"' in page


def test_what_is_hidden_or_taken_down_meanwhile_gives_the_words_back(reader, published, caregiver):
    reader.get(address(published))
    moderation.withdraw(published, by=caregiver)
    response = reader.post(address(published), TYPED)

    assert response.status_code == 404
    assert TYPED["words"] in response.content.decode()


def test_the_thanks_stay_when_it_is_hidden_at_once(reader, published, moderator, house_rule):
    location = reader.post(address(published), TYPED)["Location"]
    moderation.hide(published, by=moderator, house_rule=house_rule, reason="Unsafe.")

    assert "Your report is with us" in reader.get(location).content.decode()
    assert "It is not shown any more." in reader.get("/me/").content.decode()


def test_what_may_not_be_seen_is_not_there(reader, visitor, published, waiting, answer):
    for client in (reader, visitor):
        assert client.get(address(answer)).status_code == 404
        assert client.get(address(published, "answer")).status_code == 404
        assert client.get("/report/story/1/").status_code == 404
        assert client.get(f"/report/question/{10**30}/").status_code == 404
        assert client.get(address(published) + "?sent=now").status_code == 404


def test_on_an_own_post_taking_it_down_is_offered(client_of, caregiver, published):
    client = client_of(caregiver)
    page = client.post(address(published), TYPED).content.decode()

    assert "This is your own post" in page
    assert f'action="{reverse("community:withdraw_post", args=[published.pk])}"' in page
    assert TYPED["words"] in page
    assert not Report.objects.exists()


def test_hostile_words_are_kept_or_refused_and_shown_safely(reader, published, hostile):
    response = reader.post(address(published), **form_of({"type": "other", "words": hostile}), follow=True)

    assert response.status_code == 200
    assert live_markup_in(response.content.decode()) == []
    assert Report.objects.exists() or response.context["form"].errors


def test_the_writer_is_not_told_who_reported(reader, client_of, caregiver, published):
    reader.post(address(published), TYPED)
    client = client_of(caregiver)

    for path in ("/me/", reverse("community:my_post", args=[published.pk])):
        page = client.get(path).content.decode()
        assert "Sam Brook" not in page
        assert TYPED["words"] not in page
