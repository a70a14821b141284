"""A mail server that sends nothing on: each mail becomes a file. For tests and for trying out.

python deploy/mail_catcher.py PORT FOLDER
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Files:
    """Keeps a mail as `<number>.eml`, whole or not at all, before it is acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.number = sum(1 for _ in folder.glob("*.eml"))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.number += 1
        content = envelope.content or b""
        recipients = ", ".join(envelope.rcpt_tos)
        handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(f"X-Caught-For: {recipients}\r\n".encode())
            file.write(content if isinstance(content, bytes) else content.encode())
        os.replace(name, self.folder / f"{self.number:07d}.eml")
        return "250 Kept"


def main(port: str, folder: str) -> None:
    controller = Controller(Files(Path(folder)), hostname="127.0.0.1", port=int(port), enable_SMTPUTF8=True)
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(*sys.argv[1:])
