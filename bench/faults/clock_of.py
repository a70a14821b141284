"""A clock for web and worker that jumps when it is told to (faketime)."""

from __future__ import annotations

from pathlib import Path

from ground import Ground

SLEEPING = Path(__file__).parent / "sleeping"
LIBRARIES = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")


class Clock:
    """Only what is started through `up` lives by it; what measures lengths of time is left alone."""

    def __init__(self, site: Ground) -> None:
        library = next((name for name in LIBRARIES if Path(name).exists()), None)
        if library is None:
            raise SystemExit("faketime is not installed. On Debian or Ubuntu: apt-get install faketime")
        self.site, self.file = site, site.folder / "clock"
        self.set("+0")
        self.environment = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_RESET": "1",
            "PYTHONPATH": str(SLEEPING),
        }

    def set(self, shift: str) -> None:
        """`+1d`, `-2h`, `+0`: as far from the true time."""
        self.file.write_text(f"{shift}\n")

    def up(self, *names: str) -> None:
        before = self.site.environment
        self.site.environment = {**before, **self.environment}
        try:
            self.site.up(*names)
        finally:
            self.site.environment = before
