"""Log lines without anybody's words.

A message of Django or of a library may hold a path, a query, a host or a typed
value; a message of an exception may hold a whole row. So only our own loggers'
sentences are printed. Of all others, and of every exception, a line says what
kind, where in the code, and on which route.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import lru_cache
from os.path import basename
from traceback import walk_tb
from typing import TextIO

from django.conf import settings

from cachexia_portal.delivery.request_log import SaysLines, route_of

OUR_LOGGERS = ("portal", "cachexia_portal", "articles", "community")
MOST_FRAMES = 12
#: Commands that run beside the web server; their lines are all they say.
SERVICES = ("worker", "tick", "runserver")


class WithoutTypedText(logging.Formatter):
    """One line a record: time, level, logger, sentence, exceptions by class and place."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return moment(record.created)

    def format(self, record: logging.LogRecord) -> str:
        line = " ".join(
            [
                self.formatTime(record),
                record.levelname,
                record.name,
                sentence_of(record),
                *exceptions_of(record),
            ]
        )
        return " ".join(line.split())


class NotSaidYet(logging.Filter):
    """Leaves out what Django says of a refused request: the request's own line has its status."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or not hasattr(record, "status_code")


class StandardOutput(SaysLines):
    """Standard output as it is now, not as it was when logging was set up.

    A command prints its answer there, often as JSON for another program; beside it lines go to standard error.
    """

    @property
    def stream(self) -> TextIO:
        return sys.stderr if prints_an_answer(sys.argv) else sys.stdout

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # Python's own report of it would print the values of the record
            self._write(self.format(record))

    def say(self, name: str, level: str, sentence: str) -> None:
        """The same line as for a record, where the sentence is finished and holds nobody's words."""
        line = f"{moment(time.time())} {level} {name} {sentence}"
        with suppress(Exception), self.lock or nullcontext():
            self._write(line)

    def _write(self, line: str) -> None:
        stream = self.stream
        stream.write(f"{line}\n")
        stream.flush()


def moment(when: float) -> str:
    """The local time to the millisecond, as a line of the log begins."""
    second = int(when)
    return f"{_local_time(second)}.{int((when - second) * 1000):03d}"


@lru_cache(maxsize=4)  # a busy second has many lines
def _local_time(second: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(second))


def prints_an_answer(argv: Sequence[str]) -> bool:
    """Whether this process is a command of `manage.py` that is no service."""
    return len(argv) > 1 and basename(argv[0]) == "manage.py" and argv[1] not in SERVICES


def sentence_of(record: logging.LogRecord) -> str:
    """Our own words with their values; of others only the place, the status and the route."""
    if record.name.partition(".")[0] in OUR_LOGGERS:
        with suppress(Exception):  # a wrong log call: its place will do
            return _without_exception_messages(record).getMessage()
    parts = [f"at {short_path(record.pathname)}:{record.lineno}"]
    if status := getattr(record, "status_code", None):
        parts.append(f"status {status}")
    if (request := getattr(record, "request", None)) is not None and hasattr(request, "resolver_match"):
        parts.append(f"route {route_of(request)}")
    return ", ".join(parts)


def _without_exception_messages(record: logging.LogRecord) -> logging.LogRecord:
    if not isinstance(record.args, tuple) or not _names_an_error(record.args):
        return record
    plain = logging.makeLogRecord(record.__dict__)
    plain.args = tuple(name_of(a) if isinstance(a, BaseException) else a for a in record.args)
    return plain


def _names_an_error(values: tuple[object, ...]) -> bool:
    for value in values:  # noqa: SIM110  (`any` costs each line more than the rest of this function)
        if isinstance(value, BaseException):
            return True
    return False


def exceptions_of(record: logging.LogRecord) -> list[str]:
    """`[KeyError at articles/views.py:31 read, …]` for an exception and each of its causes."""
    return [
        f"[{name_of(error)} at {', '.join(frames_of(error)) or 'no frame'}]"
        for error in chain_of(error_of(record))
    ]


def error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, then what caused it; each once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def name_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def frames_of(error: BaseException) -> list[str]:
    """`file:line function`, the innermost last; no source lines and no values."""
    frames = [
        f"{short_path(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return frames[-MOST_FRAMES:]


def place_of(record: logging.LogRecord) -> str:
    """The innermost place in our own code; else the innermost of all; else of the log call."""
    error = error_of(record)
    frames = frames_of(error) if error else []
    ours = [frame for frame in frames if frame.partition("/")[0] in OUR_LOGGERS]
    return (ours or frames or [f"{short_path(record.pathname)}:{record.lineno}"])[-1]


def short_path(path: str) -> str:
    """Without the folders that say where this machine keeps its files."""
    _, in_packages, rest = path.partition("site-packages/")
    return rest if in_packages else path.removeprefix(f"{settings.BASE_DIR}/")
