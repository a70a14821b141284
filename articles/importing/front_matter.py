"""The YAML between two `---` lines, read as words and lists of words and nothing else.

Every value is kept as it was written ("1.0" stays "1.0", a date stays its digits), so
neither a number nor a date nor a tag of YAML can surprise. Anchors, aliases, tags,
nested structures and repeated keys are refused with their line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from articles.importing.refusal import ImportRefused

FENCE = "---"
SIZE_LIMIT = 64 * 1024
# Written as themselves they never get here; an escape of YAML can still make one.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
NOTHING = {"", "~", "null", "Null", "NULL"}
Value = str | list[str]


@dataclass(frozen=True)
class FrontMatter:
    """The values by key, the line of each key, and the last line (0: there is none)."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    last_line: int = 0
    item_lines: dict[str, list[int]] = field(default_factory=dict)

    def line_of(self, key: str, place: int) -> int:
        """The line of one word of a list, counted from 0; of the key where there is no such word."""
        places = self.item_lines.get(key, [])
        return places[place] if place < len(places) else self.lines.get(key, 1)


def read_front_matter(lines: list[str]) -> FrontMatter:
    """Read the front matter at the head of a text; none is no fault."""
    if lines[0].rstrip() != FENCE:
        return FrontMatter()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise ImportRefused("The front matter is opened with “---” and never closed.", 1)
    written = "\n".join(lines[1:end])
    if len(written) > SIZE_LIMIT:
        raise ImportRefused("The front matter is longer than 64 KB.", 1)
    reader = _Reader(written)
    reader.read()
    return FrontMatter(reader.values, reader.places, end + 1, reader.item_places)


class _Reader:
    """Walks YAML's events one by one, so that nothing is built before it is allowed."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.events = yaml.parse(written, Loader=yaml.SafeLoader)
        self.values: dict[str, Value] = {}
        self.places: dict[str, int] = {}
        self.item_places: dict[str, list[int]] = {}

    def read(self) -> None:
        try:
            self._read_document()
        except yaml.reader.ReaderError as error:
            line = self.written.count("\n", 0, error.position) + 2
            raise ImportRefused(
                "The front matter holds a character that YAML does not allow.", line
            ) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 2 if mark else 1
            raise ImportRefused(f"The front matter is not valid YAML: {error.problem}.", line) from None

    def _read_document(self) -> None:
        event = self._next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return
        if not isinstance(event, yaml.MappingStartEvent):
            raise self._refused(event, "The front matter is not a list of “key: value” lines.")
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            self._read_entry(key)
        self._next()  # the end of the list
        if not isinstance(event := self._next(), yaml.StreamEndEvent):
            raise self._refused(event, "The front matter goes on after its end.")

    def _read_entry(self, key: yaml.Event) -> None:
        if not isinstance(key, yaml.ScalarEvent):
            raise self._refused(key, "A key of the front matter is not a word.")
        if key.value in self.values:
            raise self._refused(key, f"The key “{key.value}” stands twice.")
        self.places[key.value] = self._line(key)
        self.values[key.value] = self._read_value(key.value)

    def _read_value(self, key: str) -> Value:
        event = self._next()
        if isinstance(event, yaml.ScalarEvent):
            return _word(event)
        if not isinstance(event, yaml.SequenceStartEvent):
            raise self._refused(event, f"“{key}” holds a structure; it may hold a word or a list of words.")
        words: list[str] = []
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            if not isinstance(item, yaml.ScalarEvent):
                raise self._refused(item, f"“{key}” holds a list inside a list or a structure.")
            words.append(_word(item))
            self.item_places.setdefault(key, []).append(self._line(item))
        return words

    def _next(self) -> yaml.Event:
        event = next(self.events)
        if getattr(event, "anchor", None):
            raise self._refused(event, "Anchors and aliases (“&”, “*”) are not allowed in front matter.")
        if getattr(event, "tag", None):
            raise self._refused(event, "Tags (“!”) are not allowed in front matter.")
        if UNWRITABLE.search(getattr(event, "value", "")):
            raise self._refused(
                event, "An escape in the front matter stands for a character that is no text."
            )
        return event

    def _refused(self, event: yaml.Event, reason: str) -> ImportRefused:
        return ImportRefused(reason, self._line(event))

    @staticmethod
    def _line(event: yaml.Event) -> int:
        mark = event.start_mark  # counts from 0, below the opening fence
        return mark.line + 2 if mark else 1


def _word(event: yaml.ScalarEvent) -> str:
    bare = event.style is None
    return "" if bare and event.value in NOTHING else str(event.value)
