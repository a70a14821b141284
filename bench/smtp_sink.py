"""A mail server that takes every mail and notes its Message-ID: `python -m bench.smtp_sink PORT FILE [MILLISECONDS]`.

It speaks enough of SMTP (RFC 5321) for any sender. The Message-ID is noted before the
mail is acknowledged, as a real server stores it first: so a sender that dies in between
has handed over a mail that it does not know of. Asked to end (SIGTERM), it takes no new
connection and finishes those it has.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path
from typing import BinaryIO

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)


class Sink:
    def __init__(self, notes: BinaryIO, wait: float) -> None:
        self.notes, self.wait = notes, wait
        self.talking: set[asyncio.Task[None]] = set()

    def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self.talk(reader, writer))
        self.talking.add(task)
        task.add_done_callback(self.talking.discard)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"220 sink\r\n")
            while line := await reader.readline():
                writer.write(await self.answer(line.strip().upper(), reader, writer))
                await writer.drain()
                if line.strip().upper() == b"QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # a sender was killed in the middle of it
        finally:
            writer.close()

    async def answer(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        if line == b"QUIT":
            return b"221 bye\r\n"
        if line != b"DATA":
            return b"250 fine\r\n"
        writer.write(b"354 go on\r\n")
        await writer.drain()
        self.take(await reader.readuntil(b"\r\n.\r\n"))
        await asyncio.sleep(self.wait)
        return b"250 taken\r\n"

    def take(self, message: bytes) -> None:
        found = MESSAGE_ID.search(message)
        self.notes.write((found.group(1) if found else b"<none>") + b"\n")
        self.notes.flush()


async def serve(port: int, notes: BinaryIO, wait: float) -> None:
    sink, ending = Sink(notes, wait), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.set)
    server = await asyncio.start_server(sink.meet, "127.0.0.1", port)
    print("ready", flush=True)
    await ending.wait()
    server.close()
    if sink.talking:
        await asyncio.wait(sink.talking, timeout=5)
    os._exit(0)


def main(port: str, file: str, milliseconds: str = "0") -> None:
    with Path(file).open("ab") as notes:
        asyncio.run(serve(int(port), notes, float(milliseconds) / 1000))


if __name__ == "__main__":
    main(*sys.argv[1:])
