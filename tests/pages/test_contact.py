"""A message to the society: taken without an account, read by staff, emptied in time."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cachexia_portal import outbox
from cachexia_portal.limits.rules import CONTACT
from cachexia_portal.outbox.models import Mail
from cachexia_portal.pages.contact import KEPT_FOR, empty_old_messages, receive
from cachexia_portal.pages.models import ContactMessage, Subject
from tests.hostile import HOSTILE, STORABLE, live_markup_in
from tests.people import asked_once_more

pytestmark = pytest.mark.django_db
ADDRESS = "/contact/"
WORDS = {"subject": "guide", "message": "The second line is wrong.", "name": "Jo", "email": "jo@example.org"}


def send(client: Client, **words: str):
    return client.post(ADDRESS, {**WORDS, **words})


def messages_page(message: ContactMessage) -> str:
    return reverse("admin:pages_contactmessage_change", args=[message.pk])


# --- Sending ----------------------------------------------------------------


@pytest.mark.parametrize("page", ["/stories/3-the-small-plate/", "/questions/7-soup/#answer-9"])
def test_a_page_that_somebody_writes_about_comes_along(visitor, settings, page):
    html = visitor.get(f"{ADDRESS}?{urlencode({'page': page})}").content.decode()
    assert f"This is about: {settings.SITE_URL}{page}" in html


@pytest.mark.parametrize(
    "page", ["//evil.example/", "/admin/", "https://evil.example/questions/1-a/", *HOSTILE]
)
def test_nothing_else_comes_along(visitor, page):
    response = visitor.get(f"{ADDRESS}?{urlencode({'page': page}, errors='replace')}")
    assert "This is about:" not in response.content.decode()


def test_a_message_needs_no_account_and_is_kept(visitor):
    response = send(visitor)
    kept = ContactMessage.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/contact/?sent=1")
    assert (kept.subject, kept.message, kept.name, kept.email) == tuple(WORDS.values())
    assert "sessionid" not in visitor.cookies


def test_after_sending_the_page_promises_a_person_and_no_time(visitor):
    html = visitor.get("/contact/?sent=1").content.decode()
    assert "A person will read it. We cannot say when." in html
    assert "Your message has arrived" not in visitor.get(ADDRESS).content.decode()


def test_a_name_and_an_address_may_be_left_out(visitor):
    send(visitor, name="", email="")
    assert ContactMessage.objects.get().email == ""


def test_opening_the_page_writes_nothing(visitor, queries):
    with queries(0):
        visitor.get(ADDRESS)


def test_the_form_cannot_be_sent_from_another_site():
    stranger = Client(enforce_csrf_checks=True)
    response = send(stranger)
    assert response.status_code == 403
    assert "The second line is wrong." in response.content.decode()
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"subject": ""}, "Choose what it is about."),
        ({"subject": "nonsense"}, "Select a valid choice"),
        ({"message": "  "}, "Write a few words"),
        ({"message": "a" * 5_001}, "5000"),
        ({"name": "a" * 81}, "80"),
        ({"email": "rosalind@example"}, "That address looks unfinished"),
        ({"email": "a@example.org\r\nBcc: all@example.org"}, "That address looks unfinished"),
        ({"website": "https://example.org"}, "This box is there to stop machines."),
    ],
)
def test_what_cannot_be_taken_is_said_and_everything_typed_is_kept(visitor, typed, sentence):
    html = send(visitor, **typed).content.decode()
    assert sentence in html
    assert "One thing needs another look" in html
    assert not ContactMessage.objects.exists()
    for name, text in (WORDS | typed).items():
        if name in {"message", "name"}:
            assert text.strip() in html
    if "subject" not in typed:
        assert re.search(r'<input type="radio" name="subject" value="guide"[^>]* checked', html)


def test_line_ends_count_as_one_character_as_they_do_in_the_browser(visitor):
    send(visitor, message="a\r\n" * 2_499 + "ab")
    assert len(ContactMessage.objects.get().message) == 5_000


def send_bytes(client: Client, **words: str):
    """As a browser would, or a machine that sends what no browser can."""
    typed = {name: text.encode(errors="surrogatepass") for name, text in words.items()}
    return client.post(ADDRESS, urlencode(typed), content_type="application/x-www-form-urlencoded")


def test_hostile_words_in_every_field_never_break_the_page(visitor, hostile):
    response = send_bytes(visitor, subject="other", message=hostile, name=hostile, email=hostile)
    assert response.status_code == 200
    assert not live_markup_in(response.content.decode())
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("name", STORABLE)
def test_hostile_words_are_kept_exactly_as_they_were_typed(visitor, name):
    text = f"x {STORABLE[name]} x"[:5_000].strip()
    assert send_bytes(visitor, subject="other", message=text).status_code == 302
    assert ContactMessage.objects.get().message == text.replace("\r\n", "\n")


def test_a_byte_that_no_database_keeps_is_refused_in_words(visitor):
    response = send_bytes(visitor, subject="other", message=HOSTILE["nul"])
    assert "Null characters are not allowed." in response.content.decode()


def test_every_subject_can_be_chosen(visitor):
    for subject in Subject.values:
        send(visitor, subject=subject)
    assert set(ContactMessage.objects.values_list("subject", flat=True)) == set(Subject.values)


# --- Limits -----------------------------------------------------------------


def test_too_many_messages_are_refused_with_the_words_given_back(visitor, clock):
    for _ in range(CONTACT.amount):
        assert send(visitor).status_code == 302
    response = send(visitor, message="One more </textarea> thing")
    html = response.content.decode()
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One more &lt;/textarea&gt; thing" in html
    assert "Please wait" in html
    assert ContactMessage.objects.count() == CONTACT.amount


def test_the_limit_ends_with_its_period(visitor, clock):
    for _ in range(CONTACT.amount + 1):
        send(visitor)
    clock.shift(CONTACT.period)
    assert send(visitor).status_code == 302


def test_a_mistyped_form_does_not_use_up_the_limit(visitor, clock):
    for _ in range(CONTACT.amount + 1):
        send(visitor, message="")
    assert send(visitor).status_code == 302


# --- Telling the society ----------------------------------------------------


def test_the_society_is_mailed_a_link_and_none_of_the_words(visitor, mail_sink):
    send(visitor)
    outbox.send_due()
    [mail] = mail_sink
    everything = str(mail.message())
    assert mail.to == ["contact@example.org"]
    assert f"http://localhost:8000{messages_page(ContactMessage.objects.get())}" in mail.body
    for word in ("second line", "Jo", "jo@example.org", "guide"):
        assert word not in everything.replace("contact@example.org", "")


def test_without_an_address_to_mail_the_message_is_still_kept(visitor, settings):
    settings.CONTACT_EMAIL = ""
    send(visitor)
    assert ContactMessage.objects.count() == 1
    assert not Mail.objects.exists()


class BrokenAddress:
    """An address that breaks whoever writes it down."""

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_message_and_mail_are_stored_together_or_not_at_all(settings):
    settings.CONTACT_EMAIL = BrokenAddress()
    with pytest.raises(RuntimeError):
        receive(ContactMessage(subject="other", message="Hello"))
    assert not ContactMessage.objects.exists()


# --- Reading and answering --------------------------------------------------


@pytest.fixture
def message():
    return ContactMessage.objects.create(
        subject="guide", message="It is wrong.", email="jo?bcc=all@example.org"
    )


@pytest.mark.parametrize("who", ["moderator", "administrator"])
def test_staff_read_the_message_and_say_that_they_answered(request, client_of, message, who):
    member = request.getfixturevalue(who)
    staff = client_of(member)
    html = staff.get(messages_page(message)).content.decode()
    assert "It is wrong." in html
    assert "I have answered this" in html
    assert "View on site" not in html, "it leads to where one is"
    staff.post(messages_page(message), {"_answered": "1"})
    message.refresh_from_db()
    assert message.answered_by == member
    assert message.answered_at is not None
    assert "I have answered this" not in staff.get(messages_page(message)).content.decode()


def test_two_people_answer_and_the_second_learns_who_was_first(
    client_of, message, moderator, other_moderator
):
    client_of(moderator).post(messages_page(message), {"_answered": "1"})
    response = client_of(other_moderator).post(messages_page(message), {"_answered": "1"}, follow=True)
    message.refresh_from_db()
    assert message.answered_by == moderator
    assert f"{moderator} had already answered." in response.content.decode()


@pytest.mark.parametrize("who", ["editor", "medical_reviewer", "verifier"])
def test_staff_with_another_task_do_not_read_messages(request, client_of, message, who):
    staff = client_of(request.getfixturevalue(who))
    for address in (messages_page(message), reverse("admin:pages_contactmessage_changelist")):
        response = staff.get(address)
        assert response.status_code in {403, 404}
        assert "It is wrong." not in response.content.decode()


def test_nobody_can_write_change_or_delete_a_message_in_the_admin(client_of, message, administrator):
    staff = client_of(administrator)
    for action in ("add", "delete"):
        args = [message.pk] if action == "delete" else []
        assert staff.post(reverse(f"admin:pages_contactmessage_{action}", args=args)).status_code == 403
    staff.post(messages_page(message), {"message": "Other words", "_answered": "1"})
    message.refresh_from_db()
    assert message.message == "It is wrong."


def test_an_address_cannot_add_readers_to_the_answer(client_of, message, moderator):
    staff = asked_once_more(client_of(moderator))
    html = staff.get(messages_page(message), {"reveal": 1}).content.decode()
    assert 'href="mailto:jo%3Fbcc%3Dall@example.org"' in html


@pytest.mark.parametrize("name", STORABLE)
def test_hostile_words_do_nothing_in_the_admin(client_of, moderator, name):
    text = STORABLE[name]
    message = ContactMessage.objects.create(subject="other", message=text, name=text[:80], email=text[:250])
    staff = client_of(moderator)
    for address in (messages_page(message), reverse("admin:pages_contactmessage_changelist")):
        assert not live_markup_in(staff.get(address).content.decode())


def test_the_list_costs_the_same_for_one_and_for_three(client_of, moderator, same_queries):
    def make_one():
        ContactMessage.objects.create(subject="other", message="Hello").mark_answered(by=moderator)

    same_queries(make_one, reverse("admin:pages_contactmessage_changelist"), client=client_of(moderator))


# --- Emptying ---------------------------------------------------------------


def test_after_its_time_a_message_is_emptied_and_who_answered_it_stays(message, moderator, clock):
    message.created_at = timezone.now()
    message.save()
    message.mark_answered(by=moderator)
    clock.shift(KEPT_FOR - timedelta(minutes=1))
    assert empty_old_messages() == 0
    clock.shift(timedelta(minutes=2))
    assert empty_old_messages() == 1
    message.refresh_from_db()
    assert (message.message, message.name, message.email) == ("", "", "")
    assert message.emptied_at == timezone.now()
    assert message.answered_by == moderator
    assert empty_old_messages() == 0


def test_emptying_is_part_of_the_due_work():
    from cachexia_portal.pages.due import SWEEPS

    assert "cachexia_portal.pages.contact.empty_old_messages" in SWEEPS


@pytest.mark.parametrize("fields", [{"emptied_at": timezone.now()}, {"answered_at": timezone.now()}])
def test_the_database_refuses_half_truths(message, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactMessage.objects.filter(pk=message.pk).update(**fields)


def test_nothing_is_kept_of_where_a_message_came_from():
    names = {field.name for field in ContactMessage._meta.get_fields()}
    assert not [name for name in names if "ip" in name.split("_") or "network" in name or "agent" in name]
    assert django_settings.CONTACT_EMAIL == "contact@example.org"
