"""Write many invented questions and answers, to see how the site does with them."""

from __future__ import annotations

from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.demo import NotADemoSite
from community.populating import populate


def how_many(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 8):
        raise ArgumentTypeError(f"“{typed}” is no number of posts.")
    return int(typed)


class Command(BaseCommand):
    help = "Published demo questions with answers, all of them invented. Only on a demonstration site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--questions", type=how_many, required=True, metavar="N", help="how many questions"
        )
        parser.add_argument(
            "--answers", type=how_many, default=0, metavar="M", help="how many answers in all"
        )

    def handle(self, *args, questions: int, answers: int, **options) -> None:
        if answers and not questions:
            raise CommandError("Answers stand under questions: ask for at least one.")
        try:
            for written in populate(questions, answers):
                self.stderr.write(f"{written} of {questions} questions")
        except NotADemoSite as live:
            raise CommandError("This is a live site (SITE_MODE=live): no demo rows are made here.") from live
        self.stdout.write(f"Written: questions {questions}, answers {answers}.")
