"""The commands: all that a person can ask for while a session plays, one row each.

Everything that differs from command to command stands in its row. Where a key has a meaning in mpv, it is the
same one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final, TypeAlias

from voicecoach.language.phrases import Phrases


class Command(StrEnum):
    """A request of the person. Its value is its name in the journal; the phrases have its words."""

    TOGGLE = "toggle"
    """Pause or resume."""
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    BACK = "back"
    REPEAT = "repeat"
    READY = "ready"
    COUNT = "count"
    """One more round or rep is done; what :attr:`READY` means in timed work that counts them."""
    LEAVE = "leave"
    """Stop, when it is asked for twice."""
    STOP = "stop"
    """Stop at once."""
    EXPLAIN = "explain"
    """Hear in full how to do the exercise, then go on."""
    SLOWER = "slower"
    FASTER = "faster"
    NORMAL_TEMPO = "normal tempo"
    TALK = "talk"
    """Say less, or everything again."""
    MORE_REST = "more rest"
    SKIP_REST = "skip rest"
    """Go on to the set; skips what is said before it, too."""
    EASIER = "easier"
    HARDER = "harder"
    HURTS = "hurts"
    """End this exercise, because it hurts."""
    UNDO = "undo"
    """Go back to where the last command that led elsewhere was given, as if it had not been."""
    VOICE_UP = "voice up"
    VOICE_DOWN = "voice down"
    SOUNDS_UP = "sounds up"
    SOUNDS_DOWN = "sounds down"
    MUSIC_UP = "music up"
    MUSIC_DOWN = "music down"
    MUTE = "mute"
    """Silence everything, or end the silence."""
    TIME_LEFT = "time left"
    """Hear how long it still takes."""
    OPTIONS = "options"
    """Hear what can be said to the coach."""
    YES = "yes"
    """What the coach asks is so."""
    NO = "no"
    """What the coach asks is not so."""

    @property
    def row(self) -> Row:
        """Its row of :data:`TABLE`."""
        return _ROWS[self]


class Door(Enum):
    """The part that a command acts on, and so the function that obeys it."""

    TRANSPORT = auto()
    """Where the session is in its plan: ``transport.obey``."""
    EDIT = auto()
    """The plan: ``edits.revise``."""
    LEVEL = auto()
    """The levels: ``Levels.adjusted``."""
    PAST = auto()
    """What was asked before, which the player remembers."""
    ANSWER = auto()
    """Nothing but what the coach says next: ``Asides``."""


@dataclass(frozen=True, slots=True)
class Row:
    """All that sets one command apart from the others."""

    command: Command
    door: Door
    keys: tuple[str, ...] = ()
    """Letters are small; keys without a character go by their name. The first stands for the others."""
    spoken: bool = True
    """Whether it can be asked for by voice; its words are below ``spoken.commands`` in the phrases."""
    media_key: str = ""
    """The method of a media player on the desktop (MPRIS 2.2) that asks for it."""
    jumps: bool = False
    """Whether it leaves what is being done."""
    splices: bool = False
    """Whether it begins where nothing is written yet, so that what plays goes on."""
    quiet: bool = False
    """Whether it is not refused out loud where it means nothing: any key says "ready"."""
    opposite: Command | None = None
    """The command that undoes it step by step; both have one row in the list of keys."""
    repeats: bool = False
    """Whether it is asked for again and again while its key is held down."""
    is_seen: bool = False
    """Whether its effect is seen, so that no words confirm it on the screen."""


_TRANSPORT, _EDIT, _LEVEL, _PAST, _ANSWER = Door

TABLE: Final = (
    Row(Command.TOGGLE, _TRANSPORT, (" ", "p"), spoken=False, media_key="PlayPause", is_seen=True),
    Row(Command.LEAVE, _PAST, ("q",), spoken=False),
    Row(Command.PAUSE, _TRANSPORT, media_key="Pause", quiet=True, is_seen=True),
    Row(Command.RESUME, _TRANSPORT, quiet=True, is_seen=True),
    Row(Command.READY, _TRANSPORT, quiet=True),
    Row(Command.COUNT, _EDIT, splices=True, quiet=True),
    Row(Command.NEXT, _TRANSPORT, ("n", ">", "right", "pageup"), media_key="Next", jumps=True),
    Row(Command.BACK, _TRANSPORT, ("b", "<", "left", "pagedown"), media_key="Previous", jumps=True),
    Row(Command.REPEAT, _TRANSPORT, ("r",), jumps=True),
    Row(Command.EXPLAIN, _EDIT, ("i",)),
    Row(Command.HURTS, _EDIT, ("x",)),
    Row(Command.UNDO, _PAST, ("u",)),
    Row(Command.EASIER, _EDIT, ("e",)),
    Row(Command.HARDER, _EDIT, ("h",)),
    Row(Command.SLOWER, _EDIT, ("[",), splices=True, opposite=Command.FASTER, repeats=True),
    Row(Command.FASTER, _EDIT, ("]",), splices=True, repeats=True),
    Row(Command.NORMAL_TEMPO, _EDIT, ("backspace",), splices=True),
    Row(Command.TALK, _EDIT, ("t",), splices=True, is_seen=True),
    Row(Command.MORE_REST, _EDIT, ("+", "="), splices=True),
    Row(Command.SKIP_REST, _TRANSPORT, ("s",), jumps=True),
    Row(Command.VOICE_DOWN, _LEVEL, ("9",), opposite=Command.VOICE_UP, repeats=True, is_seen=True),
    Row(Command.VOICE_UP, _LEVEL, ("0",), repeats=True, is_seen=True),
    Row(Command.SOUNDS_DOWN, _LEVEL, ("7",), opposite=Command.SOUNDS_UP, repeats=True, is_seen=True),
    Row(Command.SOUNDS_UP, _LEVEL, ("8",), repeats=True, is_seen=True),
    Row(Command.MUSIC_DOWN, _LEVEL, ("5",), opposite=Command.MUSIC_UP, repeats=True, is_seen=True),
    Row(Command.MUSIC_UP, _LEVEL, ("6",), repeats=True, is_seen=True),
    Row(Command.MUTE, _LEVEL, ("m",), is_seen=True),
    Row(Command.TIME_LEFT, _ANSWER, is_seen=True),
    Row(Command.OPTIONS, _ANSWER, is_seen=True),
    Row(Command.YES, _PAST, is_seen=True),
    Row(Command.NO, _PAST, is_seen=True),
    Row(Command.STOP, _TRANSPORT, media_key="Stop", is_seen=True),
)
"""Every command, in the order in which the keys are listed. The way out is on their first page."""

_ROWS: Final = {row.command: row for row in TABLE}

FIGURE_KEY: Final = "f"
"""On the full screen."""
WHERE_KEY: Final = "w"
"""Where the screen does not show it anyway."""
HELP_KEY: Final = "?"

_BY_KEY: Final = {key: row.command for row in TABLE for key in row.keys}


_ANSWERS: Final = {"y": Command.YES, "n": Command.NO}
"""The keys that answer the coach, while it asks something."""


def command_for(key: str, *, asked: bool = False) -> Command:
    """The command of one key press, which may answer what the coach has ``asked``; capitals are the same key.

    Any other key says "ready", which matters only where the session waits for it.
    """
    keys = _BY_KEY | _ANSWERS if asked else _BY_KEY
    return keys.get(key.lower(), Command.READY)


WARY: Final = frozenset({Command.STOP, Command.HURTS})
"""The commands that nobody gives in passing: heard without certainty, they are asked about first."""


@dataclass(frozen=True, slots=True)
class ByVoice:
    """A command that was spoken. It is refused aloud where it means nothing, also where a key would not be:
    nobody on a mat sees whether they were heard.
    """

    command: Command


@dataclass(frozen=True, slots=True)
class Doubt:
    """A command of :data:`WARY` that may have been spoken: the coach pauses and asks whether it was."""

    command: Command


Request: TypeAlias = Command | ByVoice | Doubt
"""What a person asks for."""


def spoken(say: Phrases) -> Mapping[str, Command]:
    """Return the spoken words of all commands, each with its command: first those that are taught."""
    words = {row.command: say.all_of(f"spoken.commands.{row.command}") for row in TABLE if row.spoken}
    taught = {first: command for command, (first, *_) in words.items()}
    return taught | {each: command for command, all_words in words.items() for each in all_words}


def taught(command: Command, say: Phrases) -> str:
    """Return the words that are taught for ``command``."""
    return say.all_of(f"spoken.commands.{command}")[0]


def all_taught(say: Phrases) -> tuple[str, ...]:
    """Return the words that are taught for each command that can be spoken at any time.

    The list of them all is not among them, which tells them.
    """
    unlisted = {Command.OPTIONS, Command.YES, Command.NO}
    commands = (row.command for row in TABLE if row.spoken and row.command not in unlisted)
    return tuple(taught(command, say) for command in commands)


def help_rows(say: Phrases, *, full: bool | None = None) -> tuple[tuple[str, str], ...]:
    """The keys of each command, or of two opposite ones, and what they do, in the order to show them.

    They are those of the ``full`` screen, which shows where it is and how to hide them, or of the plain view;
    without a choice those of both.
    """
    with_another = {row.opposite for row in TABLE}
    listed = (row for row in TABLE if row.keys and row.command not in with_another)
    others = {FIGURE_KEY: "figure"} if full else {WHERE_KEY: "where", HELP_KEY: "help"}
    if full is None:
        others = {FIGURE_KEY: "figure", **others}
    return (
        *((_keys(row, say), say.part(f"command.{row.command}.does")) for row in listed),
        *((key, say.part(f"keys.{name}")) for key, name in others.items()),
    )


def _keys(row: Row, say: Phrases) -> str:
    first, *others = (_shown(key, say) for key in row.keys if len(key) == 1 or row.keys[0] == key)
    keys = functools.reduce(lambda some, one: say.part("keys.or", first=some, second=one), others, first)
    return say.part("keys.and", first=keys, second=_keys(row.opposite.row, say)) if row.opposite else keys


def _shown(key: str, say: Phrases) -> str:
    return key if key.strip() and len(key) == 1 else say.part(f"keys.{key.strip() or 'space'}")
