"""The saved replies that come with the repository."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from .models import CannedReply

REPLIES = Path(__file__).parent / "starter" / "canned_replies.json"


def starter_replies() -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Each reply as key, digest of its content, and how to make it."""
    for position, reply in enumerate(json.loads(REPLIES.read_text(encoding="utf-8")), start=1):
        digest = sha256(json.dumps(reply, sort_keys=True).encode()).hexdigest()
        yield f"canned_reply.{reply['key']}", digest, partial(_make, position, reply)


def _make(position: int, reply: dict[str, str]) -> CannedReply:
    """A reply of that name which staff wrote first stays as it is."""
    words = {"text": reply["text"], "position": position}
    return CannedReply.objects.get_or_create(title=reply["title"], defaults=words)[0]
