"""Who hears the lines of the log, for the length of a block."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from cachexia_portal.delivery.logs import StandardOutput, WithoutTypedText


@contextmanager
def as_on_a_running_site(*others: logging.Handler) -> Iterator[None]:
    """The standard output alone, and those others. What the test runner listens with waits meanwhile."""
    output = StandardOutput()
    output.setFormatter(WithoutTypedText())
    root = logging.getLogger()
    before, root.handlers = root.handlers, [output, *others]
    try:
        yield
    finally:
        root.handlers = before
