"""One writer, and what their pages carry from step to step."""

from __future__ import annotations

import re

import pytest

ASK = "/questions/ask/"
BODY = "He takes two bites and says sorry. Is there a trick to mealtimes?"
PHONE = "(415) 555-0132"
WITH_PHONE = f"You can ring me on {PHONE} at night. He won't eat."
CRISIS = "I want to kill myself. I cannot do this any more."
EMERGENCY = "He is choking and cannot breathe right now."
INPUT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def client(client_of, caregiver):
    return client_of(caregiver)


def text_of(response) -> str:
    return response.content.decode()


def carried_by(response) -> dict[str, list[str]]:
    """What the page sends on with its next step, unseen."""
    import html

    found: dict[str, list[str]] = {}
    for name, value in INPUT.findall(text_of(response)):
        found.setdefault(name, []).append(html.unescape(value))
    found.pop("csrfmiddlewaretoken", None)
    return found


def look(client, address: str = ASK, **words):
    return client.post(address, {"_do": "look", "body": BODY, **words})


def go_on(client, response, act: str, address: str = ASK, **words):
    """Press a button of the page, with all that the page carries and what stands in its fields."""
    return client.post(address, {**carried_by(response), "_do": act, **words})
