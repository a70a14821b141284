"""What members and visitors trust the site with: numbers, addresses, messages, mails, notes."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from articles.importing.storing import import_content
from articles.uploads import keep_waiting, work_on_waiting
from cachexia_portal import events, outbox
from cachexia_portal.accounts.models import Credential, Member
from cachexia_portal.help.approving import approve_help_page, hash_of_now
from cachexia_portal.help.models import HelpLine
from cachexia_portal.outbox import blocking
from cachexia_portal.outbox.models import Delivery
from cachexia_portal.pages.models import ContactMessage, SiteNotice, Statement
from cachexia_portal.pages.notices import write_notices
from community.models import CannedReply, ClosedDay, StaffedHours
from tests.crawl.canaries import Aviary, Where
from tests.crawl.people import (
    ADMINISTRATOR,
    AUTHOR,
    CLINICIAN,
    EDITOR,
    EVERYBODY,
    MODERATOR,
    REVIEWER,
    VERIFIER,
)
from tests.people import make_member

EDITORS = frozenset({EDITOR})
EDITORIAL = frozenset({EDITOR, REVIEWER})
VERIFIERS = frozenset({VERIFIER})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
SOURCE = """---
title: "{title}"
license: "{rights}"
tags: ["{tag}"]
---

# {title}

{body} stands in this paragraph.
"""
ANSWER_MESSAGES = frozenset({MODERATOR, ADMINISTRATOR})
SEES_MEMBERS = VERIFIERS | ADMINISTRATORS


def plant_anonymous_writer(people, aviary: Aviary) -> None:
    """Somebody whose name and address stand in the list of members and nowhere near their words."""
    listed = {"admin:accounts_*": SEES_MEMBERS}
    name = aviary.sing("name of the anonymous writer", may=listed)
    address = aviary.sing("address of the anonymous writer", may=listed)
    people["anonymous writer"] = make_member(name, email=f"{address}@example.org")


def plant_author(people, aviary: Aviary) -> None:
    """An address that only the author reads; planted before the sign-in, which a new address ends."""
    address = aviary.sing(
        "address of the author",
        must={"accounts:profile": frozenset({AUTHOR})},
        may={
            "admin:accounts_*": SEES_MEMBERS,
            "accounts:*": frozenset({AUTHOR}),
            "account_*": frozenset({AUTHOR}),
            "pages:close_account": frozenset({AUTHOR}),
        },
    )
    author: Member = people[AUTHOR]
    author.emailaddress_set.update(email=f"{address}@example.org")
    author.keep_address(f"{address}@example.org")


def plant_credentials(people, aviary: Aviary) -> None:
    """The number is for verifiers alone; a name chosen for the public still waits for its check."""
    seen = {"admin:accounts_credential_change": VERIFIERS}
    number = aviary.sing("register number", must=seen, may={"admin:accounts_*": VERIFIERS})
    Credential.objects.filter(member=people[CLINICIAN]).update(number=number)
    Credential.objects.create(
        member=people[AUTHOR],
        profession="nurse",
        fields=["nursing"],
        country="US",
        register="State board of nursing",
        number=aviary.sing("number not checked yet", must=seen, may={"admin:accounts_*": VERIFIERS}),
        public_name=aviary.sing(
            "name not checked yet",
            must={**seen, "accounts:credential": frozenset({AUTHOR})},
            may={"admin:accounts_*": SEES_MEMBERS},
        ),
        expires_on=timezone.localdate() + timedelta(days=100),
    )


def plant_message(people, aviary: Aviary) -> None:
    def field(name: str) -> str:
        return aviary.sing(
            f"contact {name}",
            must={"admin:pages_contactmessage_change": ANSWER_MESSAGES},
            may={"admin:pages_contactmessage_*": ANSWER_MESSAGES},
        )

    ContactMessage.objects.create(
        subject="other", message=field("message"), name=field("name"), email=f"{field('address')}@example.org"
    )


def plant_notices(people, aviary: Aviary) -> None:
    """Sentences of the society that are over, come later, or were taken down: none is shown."""
    now, hour = timezone.now(), timedelta(hours=1)
    times = {
        "over": {"begins_at": now - 2 * hour, "ends_at": now - hour},
        "to come": {"begins_at": now + 1000 * hour, "ends_at": now + 2000 * hour},
        "taken down": {"begins_at": now - hour, "ends_at": now + 2000 * hour, "taken_down_at": now},
    }
    for standing, fields in times.items():
        text = aviary.sing(
            f"site notice {standing}",
            must={"admin:pages_sitenotice_change": ADMINISTRATORS},
            may={"admin:pages_sitenotice_*": ADMINISTRATORS},
        )
        SiteNotice.objects.create(text=text, written_by=people[ADMINISTRATOR], **fields)
    write_notices()


def plant_statements(people, aviary: Aviary) -> None:
    """What the society says on its own pages is for everybody, and on no other page."""
    pages = {"hosting": "privacy", "laws": "privacy", "funders": "funding", "country_of_law": "terms"}
    for about, page in pages.items():
        text = aviary.sing(
            f"statement on {about}",
            must={f"pages:about_{page}": EVERYBODY, "admin:pages_statement_change": ADMINISTRATORS},
            may={"admin:pages_statement_*": ADMINISTRATORS, "admin:launch_*": ADMINISTRATORS},
        )
        Statement.objects.create(about=about, text=text, written_by=people[ADMINISTRATOR])


def plant_mail(people, aviary: Aviary) -> None:
    """A mail that waits, and an address that gets none: its words and the addresses are for nobody here."""
    outbox.enqueue(
        "crawl",
        f"{aviary.sing('mail address')}@example.org",
        aviary.sing("mail subject"),
        aviary.sing("mail text"),
    )
    blocking.block(f"{aviary.sing('blocked address')}@example.org", Delivery.BOUNCED)


def plant_event_notes(people, aviary: Aviary) -> None:
    event = events.record("tried", people[AUTHOR], by=people[AUTHOR])
    events.keep_note(event, aviary.sing("event note for the team", may={"admin:events_*": ADMINISTRATORS}))


def plant_source(people, aviary: Aviary) -> None:
    """Somebody else's text, all rights reserved: for the editors, and nowhere in public."""

    def words(name: str, must: Where) -> str:
        return aviary.sing(
            f"source {name}", must=must, may=dict.fromkeys(("admin:articles_*", "pages:search"), EDITORIAL)
        )

    opened: Where = {"admin:articles_sourcedocument_change": EDITORIAL}
    title, body = words("title", opened), words("body", opened)
    rights, tag = words("rights statement", opened), words("tag", {})
    text = SOURCE.format(title=title, body=body, rights=rights, tag=tag)
    assert import_content("reserved.md", text.encode(), by=people[EDITOR]).status == "created"


def plant_waiting_file(people, aviary: Aviary) -> None:
    """A file between upload and import: for the one who sent it, and nobody else."""
    shown: Where = {"admin:articles_sourcedocument_waiting": EDITORS}
    listed: Where = {**shown, "admin:articles_sourcedocument_upload": EDITORS}
    name, body = aviary.sing("waiting name", must=listed), aviary.sing("waiting body", must=shown)
    keep_waiting(f"{name}.txt", f"A title\n\n{body} waits to be looked at.\n".encode(), by=people[EDITOR])
    work_on_waiting()


def plant_help_line(people, aviary: Aviary) -> None:
    """A line that nobody has checked; what is public of it, the help page's own tests say."""
    HelpLine(country="US", kind="crisis", channel="call", name="A line", number="100").save_edit(
        by=people[EDITOR]
    )
    approve_help_page(by=people[REVIEWER], read_hash=hash_of_now())


def plant_desk_furniture(people, aviary: Aviary) -> None:
    """Saved replies and the timetable: for those who work with them."""
    at_the_desk = frozenset({MODERATOR, ADMINISTRATOR})
    shown: Where = {"admin:community_*": at_the_desk}
    CannedReply.objects.create(
        title=aviary.sing("name of a saved reply", may=shown), text=aviary.sing("saved reply", may=shown)
    )
    StaffedHours.objects.create(weekday=0, begins=time(9), ends=time(17))
    reason = aviary.sing("why a day is closed", may=shown)
    ClosedDay.objects.create(day=timezone.localdate() + timedelta(days=30), reason=reason)


PLANTED = (
    plant_desk_furniture,
    plant_source,
    plant_waiting_file,
    plant_help_line,
    plant_credentials,
    plant_message,
    plant_notices,
    plant_mail,
    plant_event_notes,
)
