"""Write many invented questions and answers, to see how the site does with them; or those of a file."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cachexia_portal.accounts.demo_crowd import MOST
from community.demo import NotADemoSite
from community.populating import populate
from community.populating_from import BadList, populate_from


def how_many(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 8):
        raise ArgumentTypeError(f"“{typed}” is no number of posts.")
    return int(typed)


class Command(BaseCommand):
    help = "Published demo questions with answers, all of them invented. Only on a demonstration site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--questions", type=how_many, default=0, metavar="N", help="how many questions")
        parser.add_argument(
            "--answers", type=how_many, default=0, metavar="M", help="how many answers in all"
        )
        parser.add_argument("--members", type=how_many, default=0, metavar="K", help="how many members more")
        parser.add_argument(
            "--from",
            dest="file",
            metavar="FILE",
            help="a JSON list of {id, title, body, answers: [{role, text}]}, or - for standard input; prints {id: our id}",
        )

    def handle(self, *args, file: str | None, questions: int, answers: int, members: int, **options) -> None:
        try:
            if file is not None:
                if questions or answers or members:
                    raise CommandError("Numbers and a file do not go together.")
                self.stdout.write(json.dumps(populate_from(_read(file)), ensure_ascii=False))
            else:
                self._write(questions, answers, members)
        except NotADemoSite as live:
            raise CommandError("This is a live site (SITE_MODE=live): no demo rows are made here.") from live
        except BadList as wrong:
            raise CommandError(str(wrong)) from wrong

    def _write(self, questions: int, answers: int, members: int) -> None:
        if not questions + members:
            raise CommandError("Say how many: at least one question, or a member.")
        if answers and not questions:
            raise CommandError("Answers stand under questions: ask for at least one.")
        if members > MOST:
            raise CommandError(f"There are names for {MOST} members.")
        for written in populate(questions, answers, members):
            self.stderr.write(f"{written} of {questions} questions")
        made = f", members {members}" if members else ""
        self.stdout.write(f"Written: questions {questions}, answers {answers}{made}.")


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandError(f"“{file}” cannot be read: {wrong}") from wrong
