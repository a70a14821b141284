"""Print the one-time link that makes the first administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from cachexia_portal.accounts.first_administrator import is_needed, make_token


class Command(BaseCommand):
    help = "Print a one-time link for the first administrator; it counts for an hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        if not is_needed():
            raise CommandError(
                "There is an administrator already, who can appoint others in the staff pages."
            )
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address.") from error
        path = reverse("accounts:first_administrator", args=[make_token(email)])
        self.stdout.write(settings.SITE_URL + path)
