"""YAML text → plain data, with the place of every key and value.

The data is read from the parser's events, so that alias bombs are refused before they are built. The only
types are text, whole numbers, decimals, true, false and null: ``yes``, ``off``, ``1:30`` and ``6-4-2`` stay
text, as people mean them in a routine.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from voicecoach.errors import Place, Problem, RoutineError
from voicecoach.routine.files import tabs
from voicecoach.routine.files.placeholders import hidden, shown
from voicecoach.text import quoted

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping


MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 16
MAX_NODES: Final = 20_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:(?:\.\d+|\d+\.\d*)(?:e[-+]?\d+)?|\d+e[-+]?\d+)", re.ASCII | re.IGNORECASE)
_SPECIAL: Final[dict[str, Data]] = (
    dict.fromkeys(("", "~", "null", "Null", "NULL"), None)
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
    | dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan"))
    | dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf"))
    | {"-.inf": float("-inf")}
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters that YAML does not allow, and line ends that no editor counts."""
_TEXT_TAGS = {"!", "tag:yaml.org,2002:str"}

_SYNTAX: Final = (
    ("mapping values are not allowed", "a ':' is not expected here", "put text that holds ': ' in quotes"),
    ("cannot start any token", "{char!r} cannot begin a text", "put the text in quotes"),
    ("quoted scalar", "a quotation mark is never closed", "end the text with the same mark"),
    (
        "flow",
        "a bracket does not close as expected",
        "check '[ ]', '{ }' and commas; a text that holds one of them stands in quotes",
    ),
    (
        "expected ':'",
        "a line has no ':' where one is needed",
        "write 'key: value', and indent text that runs on",
    ),
    (
        "",
        "the lines do not fit together here",
        "check the indentation (spaces, the same number for lines that belong together)",
    ),
)
"""Part of the YAML library's message, the mistake in plain words, the remedy. The first match counts."""
_TAB: Final = ("a tab", "indent with spaces")
_NO_KEY: Final = ("a key is a list or a mapping", "a word before the ':'; put braces in quotes")


@dataclass(slots=True)
class Document:
    """A file's data, and the problems found in it so far."""

    path: Path
    data: Data = None
    known: Mapping[str, str] = field(default_factory=dict)
    """By each key that is understood in other capitals, too, and by its other names, the key that it is."""
    values: dict[At, Place] = field(default_factory=lambda: {(): Place(1, 1)})
    """Where each value starts."""
    keys: dict[At, Place] = field(default_factory=dict)
    """Where the key of each value in a mapping starts."""
    commented: dict[At, str] = field(default_factory=dict)
    """Texts without quotes that a comment follows after a single space: it may have been meant as text."""
    bracketed: list[At] = field(default_factory=list)
    """The lists that stand in brackets, where a comma ends an item."""
    broken: set[At] = field(default_factory=set)
    """Values that already have a problem and are read as null."""
    problems: list[Problem] = field(default_factory=list)
    sources: dict[At, Document] = field(default_factory=dict)
    """Where a value comes from that another document filled in."""

    def fill(self, other: Document) -> None:
        """Take from ``other`` what is missing or empty here, down to the items of lists that both have."""
        self.data = self._filled(self.data, other.data, (), other)
        self.problems += other.problems
        other.problems = []

    def _filled(self, mine: Data, others: Data, at: At, other: Document) -> Data:
        match mine, others:
            case dict(), dict():
                names = mine | others
                return {
                    name: self._filled(mine.get(name), others.get(name), (*at, name), other) for name in names
                }
            case list(), list():
                beside = [*others, *[None] * len(mine)]
                return [self._filled(item, beside[n], (*at, n), other) for n, item in enumerate(mine)]
            case None, _:
                self.sources[at] = other
                return others
        return mine

    def complain(self, at: At, wrong: str, expected: str, *, key: bool = False) -> None:
        """Note a problem with the value at ``at`` (or its key), or with the nearest enclosing value."""
        around = [at[:length] for length in range(1, len(at) + 1)]
        source = next((self.sources[each] for each in around if each in self.sources), self)
        if source is not self:
            source.complain(at, wrong, expected, key=key)
            self.problems += source.problems
            source.problems = []
            return
        if any(each in self.broken for each in around) and not key:
            return
        place = self.keys.get(at) if key else None
        while place is None:
            place = self.values.get(at)
            at = at[:-1]
        self.note(place, wrong, expected)

    def complain_all(self, at: At, mistakes: Iterable[Mistake]) -> None:
        """Note mistakes in the value at ``at``."""
        for mistake in mistakes:
            self.complain(at + mistake.at, mistake.wrong, mistake.expected, key=mistake.key)

    def note(self, place: Place, wrong: str, expected: str) -> None:
        """Note a problem at a place in the text."""
        self.problems.append(Problem(self.path, place.line, place.column, wrong, expected))

    def error(self) -> RoutineError:
        """Return all problems as an error to raise."""
        return RoutineError(self.problems)


def parse(source: bytes, path: Path, known: Mapping[str, str] = MappingProxyType({})) -> Document:
    """Parse ``source``; ``path`` is only for messages.

    A key that is one of ``known`` but for capitals, hyphens and spaces is read as the key that it stands for.

    Problems that leave the rest readable (duplicate keys, tags, aliases, tabs) are in the result's
    ``problems``. Raises RoutineError when the text cannot be read any further.
    """
    document = Document(path)
    text = hidden(_decode(source, document))
    try:
        return _parsed(text, path, known)
    except RoutineError:
        if not (found := tabs.places(text)):
            raise
    for place in found:
        document.note(place, *_TAB)
    for spaced in tabs.as_spaces(text):
        with contextlib.suppress(RoutineError):
            read = _parsed(spaced, path, known)
            read.problems += document.problems
            return read
    raise document.error()


def _parsed(text: str, path: Path, known: Mapping[str, str]) -> Document:
    """Parse ``text``. Raises RoutineError."""
    import yaml  # noqa: PLC0415 - 25-50 ms that --help need not pay

    document = Document(path, known=known)
    if fast := getattr(yaml, "CSafeLoader", None):
        with contextlib.suppress(yaml.YAMLError):
            return _built(yaml.parse(text, Loader=fast), document, text)
        # libyaml reads far ahead with limits of its own: what it says, and where, depends on its version.
        document = Document(path, known=known)
    try:
        return _built(yaml.parse(text, Loader=yaml.SafeLoader), document, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        document.note(place, *_syntax(f"{error.context} {error.problem}", text, place))
        raise document.error() from None
    except yaml.YAMLError:
        expected = "a text file as 'voicecoach help routine-format' shows it"
        document.note(Place(1, 1), "this is not readable as YAML", expected)
        raise document.error() from None


def _built(events: Iterator[Any], document: Document, text: str) -> Document:
    """Build ``document`` from a parser's events. Raises RoutineError, and the parser's yaml.YAMLError."""
    _Builder(document, text).build(events)
    return document


def _decode(source: bytes, document: Document) -> str:
    if len(source) > MAX_BYTES:
        document.note(Place(1, 1), "the file is too large", "at most one megabyte; a routine is a few lines")
        raise document.error()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8-sig", "replace")
        document.note(_end(before), "this is not UTF-8 text", "save the file as UTF-8 in your editor")
        raise document.error() from None
    if found := _UNPRINTABLE.search(text):
        place = _end(text[: found.start()])
        document.note(place, f"control character U+{ord(found[0]):04X}", "delete it, and type the text again")
        raise document.error()
    return text


def _end(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _syntax(message: str, text: str, place: Place) -> tuple[str, str]:
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    char = line[place.column - 1 : place.column]
    if char == "\t" or line[: len(line) - len(line.lstrip())].count("\t"):
        return _TAB
    wrong, expected = next((wrong, expected) for part, wrong, expected in _SYNTAX if part in message)
    return wrong.format(char=char), expected


class _Duplicate(NamedTuple):
    """The key of a duplicate, whose value is read and discarded."""

    key: str


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not complete yet."""

    at: At
    items: list[Data] | dict[str, Data]
    key: str | _Duplicate | None = None
    """The key of the next value."""


class _Builder:
    """Builds the data of a document from events."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.text = text
        self.open: list[_Open] = []
        self.spelt: dict[At, str] = {}
        """Each key by its name in the file."""
        self.nodes = 0
        self.documents = 0

    def build(self, events: Iterator[Any]) -> None:
        actions = {
            "ScalarEvent": self.scalar,
            "AliasEvent": self.alias,
            "SequenceStartEvent": lambda event: self.begin(event, []),
            "MappingStartEvent": lambda event: self.begin(event, {}),
            "SequenceEndEvent": lambda _: self.open.pop(),
            "MappingEndEvent": lambda _: self.open.pop(),
            "DocumentStartEvent": self.begin_document,
        }
        for event in events:
            if action := actions.get(type(event).__name__):
                action(event)

    def begin_document(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no useful types
        self.documents += 1
        if self.documents > 1:
            self.stop(event, "a second document begins with '---'", "one routine or exercise in a file")

    def scalar(self, event: Any) -> None:  # noqa: ANN401 - as above
        if self.expects_key():
            self.name(event)
            return
        text = shown(event.value)
        at = self.add(event, _plain(text) if event.tag is None and event.implicit[0] else text)
        self.check_tag(event, at)
        if event.implicit[0] and self.text.startswith(" #", event.end_mark.index):
            self.document.commented[at] = text

    def name(self, event: Any) -> None:  # noqa: ANN401 - as above
        top = self.open[-1]
        assert isinstance(top.items, dict)
        if not event.value:
            self.stop(event, "a value has no key", "write 'key: value'")
        if (written := shown(event.value)) != event.value and " " not in written:
            self.stop(event, *_NO_KEY)  # a sentence with a colon in it may name a side, a key may not
        spelt = written.casefold().replace("-", "_").replace(" ", "_")
        key = self.document.known.get(spelt, written)
        top.key = key
        if key in top.items:
            first = self.spelt.get((*top.at, key), key)
            same = first in {spelt, written}
            twice = "is here twice" if same else f"means the same as {show(first)}, which is here too"
            self.document.note(_place(event), f"{show(written)} {twice}", "keep one of the two")
            top.key = _Duplicate(key)
        else:
            self.document.keys[(*top.at, key)] = _place(event)
            self.spelt[(*top.at, key)] = spelt
            top.items[key] = None

    def alias(self, event: Any) -> None:  # noqa: ANN401 - as above
        wrong = f"{show('*' + event.anchor)} stands for another part of the file"
        if self.expects_key():
            self.stop(event, wrong, "write the key out")
        expected = "write it out, use 'repeat', or put a text that begins with '*' in quotes"
        self.document.note(_place(event), wrong, expected)
        self.document.broken.add(self.add(event, None))

    def begin(self, event: Any, items: list[Data] | dict[str, Data]) -> None:  # noqa: ANN401 - as above
        if self.expects_key():
            self.stop(event, *_NO_KEY)
        at = self.add(event, items)
        self.check_tag(event, at)
        if isinstance(items, list) and event.flow_style:
            self.document.bracketed.append(at)
        if len(at) >= MAX_DEPTH:
            self.stop(event, "this is nested too deeply", f"at most {MAX_DEPTH} levels")
        self.open.append(_Open(at, items))

    def expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].items, dict) and self.open[-1].key is None

    def add(self, event: Any, value: Data) -> At:  # noqa: ANN401 - as above
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(event, "the file holds too much", f"at most {MAX_NODES} values")
        if not self.open:
            self.document.data = value
            self.document.values[()] = _place(event)
            return ()
        top = self.open[-1]
        step: Hashable
        if isinstance(top.items, list):
            step = len(top.items)
            top.items.append(value)
        else:
            step, top.key = top.key, None
            if isinstance(step, str):
                top.items[step] = value
        at: At = (*top.at, step)  # type: ignore[arg-type] # a _Duplicate is in no path that is looked up
        self.document.values[at] = _place(event)
        return at

    def check_tag(self, event: Any, at: At) -> None:  # noqa: ANN401 - as above
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            wrong = f"a text cannot begin with '!' ({show(event.tag)})"
            self.document.note(_place(event), wrong, "leave the mark out, or put the text in quotes")
            self.document.broken.add(at)

    def stop(self, event: Any, wrong: str, expected: str) -> None:  # noqa: ANN401 - as above
        self.document.note(_place(event), wrong, expected)
        raise self.document.error()


def _place(event: Any) -> Place:  # noqa: ANN401 - as above
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _plain(text: str) -> Data:
    """Convert unquoted text to the value it stands for."""
    if text in _SPECIAL:
        return _SPECIAL[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]
At = tuple[str | int, ...]
"""A path in the data: keys and list indices from the outside in."""


class Mistake(NamedTuple):
    """One mistake in a value: its part, what is wrong, and what is expected instead."""

    wrong: str
    expected: str
    at: At = ()
    """The part: keys and list indices from the value inwards; empty for the whole value."""
    key: bool = False
    """Whether the key is wrong rather than its value."""

    def inside(self, *at: str | int) -> Mistake:
        """Return the mistake with its path extended outwards."""
        return self._replace(at=at + self.at)


class Mistakes(Exception):
    """Raised with all mistakes in a value."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__(*mistakes)


def wrong(what: str, expected: str) -> Mistakes:
    """Make one mistake to raise."""
    return Mistakes(Mistake(what, expected))


def show(raw: Data) -> str:
    """Quote a value for a message."""
    match raw:
        case None:
            return "nothing"
        case bool():
            return str(raw).lower()
        case int() | float():
            return str(raw)
        case str():
            return quoted(raw)
        case list():
            return "a list"
        case dict():
            return "a group of keys"
