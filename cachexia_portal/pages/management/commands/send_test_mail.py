"""`manage.py send_test_mail ADDRESS`: does mail leave this machine?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cachexia_portal.outbox.models import Mail
from cachexia_portal.pages import launch_trials


class Command(BaseCommand):
    help = "Sends one mail at once, in the form of every mail of this site, and says what the server said."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", nargs="?", default="", help="to whom; else the first of ADMIN_EMAILS")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"] or next((address for _name, address in settings.ADMINS), "")
        if not address:
            raise CommandError("Say to whom: manage.py send_test_mail ADDRESS")
        mail = Mail(
            to_address=address,
            subject=_("Test mail from %(site)s") % {"site": settings.SITE_NAME},
            text=_(
                "This mail was sent to see whether mail leaves the site. If you are an administrator, follow "
                "this link and say that it has arrived. It holds for a week.\n\n%(link)s"
            )
            % {"link": launch_trials.link_for(address)},
        )
        try:
            mail.as_message().send()
        except Exception as error:
            raise CommandError(f"Not sent. {type(error).__name__}: {error}") from error
        self.stderr.write(f"Handed over for {address}, Message-ID {mail.message_id}")
