"""The form of a mail: the same words as text and as HTML, help in the foot, nothing from anywhere else."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from cachexia_portal import outbox
from cachexia_portal.outbox.models import Mail

pytestmark = pytest.mark.django_db
SITE = "https://alongside.example"
STOP = "/mails/stop/3.decisions~signed/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_NAME, settings.SITE_URL = "Alongside", SITE


class Read(HTMLParser):
    """What a mail program would show and fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.addresses, self.attributes = "", [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value for name, value in attrs if name in {"href", "src", "background"}]

    def handle_data(self, data):
        self.words += data


def sent(mail_sink, text="Please look here:\n\nhttps://alongside.example/me/posts/7/\n", **more):
    outbox.enqueue("cause", "ann@example.org", "Your post has been read", text, **more)
    outbox.send_due()
    return mail_sink[-1]


def html_of(mail) -> str:
    [(page, kind)] = mail.alternatives
    assert kind == "text/html"
    return page


def test_the_html_says_the_same_words_as_the_text(mail_sink):
    mail = sent(mail_sink, "Hello,\n\nit is read.\nAll of it.\n\nGoodbye")
    read = Read(html_of(mail))
    for words in ("Hello,", "it is read.", "All of it.", "Goodbye", "Alongside", "When to get help"):
        assert words in read.words
        assert words in mail.body
    assert read.tags.count("p") == 4
    assert read.tags.count("br") == 2


def test_a_mail_is_one_message_with_the_text_first(mail_sink):
    message = sent(mail_sink).message()
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]


def test_nothing_is_fetched_and_only_this_site_is_linked(mail_sink):
    mail = sent(mail_sink, f"Look:\n\nhttps://evil.example/x\n\n{SITE}/me/posts/7/\n\n{SITE}.evil.example/\n")
    read = Read(html_of(mail))
    assert read.addresses == [f"{SITE}/me/posts/7/", f"{SITE}/help-now/"]
    assert not {"img", "link", "script", "style", "iframe", "form"} & set(read.tags)
    assert "style" not in read.attributes


def test_only_a_line_that_is_an_address_and_nothing_else_is_linked(mail_sink):
    mail = sent(mail_sink, f"{SITE}/me/ and then some words\n\nSee {SITE}/me/\n\n{SITE}/me/posts/")
    assert Read(html_of(mail)).addresses == [f"{SITE}/me/posts/", f"{SITE}/help-now/"]


def test_help_stands_in_the_foot_of_both_forms(mail_sink):
    mail = sent(mail_sink)
    assert mail.body.rstrip().endswith(f"When to get help: {SITE}/help-now/")
    assert Read(html_of(mail)).addresses[-1] == f"{SITE}/help-now/"


def test_hostile_words_are_shown_and_do_nothing(mail_sink, hostile):
    text = hostile.replace("\0", "").encode("utf-8", "replace").decode()
    page = html_of(sent(mail_sink, f"Hello\n\n{text}\n\n<img src=x onerror=alert(1)>"))
    read = Read(page)
    assert "<img src=x onerror=alert(1)>" in read.words
    assert not {"img", "script", "svg", "a"} & set(read.tags[: read.tags.index("hr")])
    assert not [name for name in read.attributes if name.startswith("on")]


def test_a_mail_that_may_be_stopped_says_how_to_people_and_to_machines(mail_sink):
    mail = sent(mail_sink, kind="decisions", stop_path=STOP)
    assert f"Stop mails like this one: {SITE}{STOP}" in mail.body
    assert f"{SITE}{STOP}" in Read(html_of(mail)).addresses
    headers = mail.message()
    assert headers["List-Unsubscribe"] == f"<{SITE}{STOP}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_must_be_sent_offers_no_end(mail_sink):
    mail = sent(mail_sink)
    assert mail.message()["List-Unsubscribe"] is None
    assert mail.message()["List-Unsubscribe-Post"] is None
    assert not re.search("stop", mail.body + html_of(mail), re.IGNORECASE)


def test_over_plain_http_no_machine_is_told_to_press(settings, mail_sink):
    settings.SITE_URL = "http://localhost:8000"
    mail = sent(mail_sink, kind="decisions", stop_path=STOP)
    assert mail.message()["List-Unsubscribe"] is None
    assert f"http://localhost:8000{STOP}" in mail.body


def test_a_provider_that_writes_its_own_message_id_is_told_ours(settings, mail_sink):
    settings.MAIL_PROVIDER = "postmark"
    message = sent(mail_sink).message()
    ours = Mail.objects.get().message_id
    assert f"<{message['X-PM-Metadata-mail']}>" == ours
    settings.MAIL_PROVIDER = "brevo"
    outbox.enqueue("another", "ann@example.org", "Your post", "Words")
    outbox.send_due()
    noted = json.loads(mail_sink[-1].message()["X-Mailin-custom"])
    assert f"<{noted['mail']}>" == Mail.objects.get(key="another").message_id


def test_no_mail_carries_an_address_of_anybody_else(mail_sink):
    whole = sent(mail_sink).message().as_string()
    assert set(re.findall(r"https?://[^/\s\">]+", whole)) == {SITE}
