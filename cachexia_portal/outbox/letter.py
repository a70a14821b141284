"""The form of every mail that leaves the outbox: the stored words, then who writes and when to get help.

The HTML beside the text is made from the same words at the moment of the
hand-over. It holds no picture and leads nowhere but to this site, so opening it
tells nobody anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as say

if TYPE_CHECKING:
    from .models import Mail

EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Line:
    words: str

    @property
    def leads_here(self) -> bool:
        """Whether the whole line is an address of this site; no other one becomes a link."""
        return self.words.startswith(f"{settings.SITE_URL}/") and not re.search(r"\s", self.words)


def as_message(mail: Mail) -> EmailMultiAlternatives:
    """What is handed over for this mail."""
    message = EmailMultiAlternatives(mail.subject, _text(mail), to=[mail.to_address], headers=_headers(mail))
    message.attach_alternative(_html(mail), "text/html")
    return message


def help_address() -> str:
    return f"{settings.SITE_URL}/help-now/"


def stop_address(mail: Mail) -> str:
    """Where mails of this kind are stopped; empty for one that must be sent."""
    return settings.SITE_URL + mail.stop_path if mail.stop_path else ""


def _text(mail: Mail) -> str:
    foot = [settings.SITE_NAME, say("When to get help: %(address)s") % {"address": help_address()}]
    if mail.stop_path:
        foot.append(say("Stop mails like this one: %(address)s") % {"address": stop_address(mail)})
    lines = "\n".join(foot)
    return f"{mail.text.rstrip()}\n\n-- \n{lines}\n"


def _html(mail: Mail) -> str:
    about = {
        "subject": mail.subject,
        "paragraphs": list(_paragraphs(mail.text)),
        "site": settings.SITE_NAME,
        "help": help_address(),
        "stop": stop_address(mail),
        "language": settings.LANGUAGE_CODE,
    }
    return render_to_string("outbox/mail.html", about)


def _paragraphs(text: str) -> Iterator[list[Line]]:
    for paragraph in EMPTY_LINES.split(text.strip()):
        yield [Line(line.strip()) for line in paragraph.splitlines()]


def _headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    address = stop_address(mail)
    if address.startswith("https://"):  # RFC 8058 knows no other
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers | _marks(mail)


def _marks(mail: Mail) -> dict[str, str]:
    """By which a provider that writes its own Message-ID names this mail when it comes back."""
    mark = mail.message_id.strip("<>")
    if settings.MAIL_PROVIDER == "postmark":
        return {"X-PM-Metadata-mail": mark}
    if settings.MAIL_PROVIDER == "brevo":
        return {"X-Mailin-custom": json.dumps({"mail": mark})}
    return {}
