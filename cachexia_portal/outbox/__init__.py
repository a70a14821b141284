"""Mail that must go out: a row in the transaction of its cause, sent afterwards."""

from __future__ import annotations

from datetime import datetime


def enqueue(
    key: str,
    to: str,
    subject: str,
    text: str,
    *,
    due_at: datetime | None = None,
    kind: str = "",
    stop_path: str = "",
) -> None:
    """Put one mail into the outbox, in the caller's transaction.

    `key` names the cause; a second call with the same key changes nothing.
    The subject never names an illness: it is seen on locked screens.
    A mail with a `kind` may be stopped at `stop_path`; one without must be sent.
    """
    from .models import Mail

    Mail.objects.enqueue(key, to, subject, text, due_at=due_at, kind=kind, stop_path=stop_path)


def has(key: str) -> bool:
    """Whether there is a mail for this cause already, whatever became of it."""
    from .models import Mail

    return Mail.objects.filter(key=key).exists()


def is_blocked(address: str) -> bool:
    """Whether mail to this address came back or was reported as unwanted: nothing is sent there."""
    from . import blocking

    return blocking.why(address) is not None


def unblock(address: str) -> bool:
    """Try an address again, because its owner says so or showed that mail arrives."""
    from . import blocking

    return blocking.lift(address)


def send_due(limit: int = 50) -> int:
    """Send what is due, at most `limit` mails; return how many were handed over."""
    from . import sending

    return sending.send_due(limit)


def tidy() -> int:
    """Forget addresses and subjects of mails that were sent long enough ago; set right what a wrong clock wrote."""
    from . import clocks
    from .models import Mail

    clocks.bring_back()
    return Mail.objects.forget_long_sent()


def take_back(key: str) -> bool:
    """Drop the mail of a cause that is being undone; False if a sender has it already.

    Where there is no such mail, nothing has to be dropped.
    """
    from .models import Mail

    return Mail.objects.take_back(key)


def forget(address: str) -> int:
    """Empty every mail to an address; what was not sent yet is dropped."""
    from .models import Mail

    return Mail.objects.forget(address)


def readdress(before: str, after: str) -> int:
    """Send to another address what waits for this one: its owner moved. Returns how many mails."""
    from .models import Mail

    return Mail.objects.readdress(before, after)
