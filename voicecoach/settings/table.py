"""The table of all settings, from which everything about settings is made.

The fields of :class:`SessionSettings` are the table. Reading the file, checking it, its comments and what
``voicecoach config`` prints and the options of commands all come from it, so a new setting takes one entry.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from voicecoach import names
from voicecoach.audio import outputs
from voicecoach.display.scene import FigureShown
from voicecoach.errors import UnknownName, UsageError, nearest
from voicecoach.language.phrases import ENGLISH, languages
from voicecoach.language.speech_length import DEFAULT_WPM, FASTEST_WPM, SLOWEST_WPM
from voicecoach.routine.files.located_yaml import Data, show, wrong
from voicecoach.routine.files.values import choice, switch
from voicecoach.session.levels import LOUDEST
from voicecoach.timeline import expand
from voicecoach.timeline.steps import FASTEST_TEMPO, SLOWEST_TEMPO, TalkLevel
from voicecoach.units import format_duration, parse_duration
from voicecoach.voices import engines
from voicecoach.voices.engines import AUTO


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of values: how one is read, what is expected, and how one is written."""

    parse: Callable[[Data], Any]
    """From a value of the file, or from what was typed, to the setting's; raises Mistakes."""
    expected: str
    """What it takes, for a sentence: "a whole number from 0 to 150"."""
    plain: Callable[[Any], str | float] = lambda value: value
    """From the setting's value to the one of the file."""
    least: float | None = None
    """The smallest number it takes, and ``most`` the largest; None for what is no number."""
    most: float | None = None
    words: tuple[str, ...] = ()
    """What it takes, when that is one of a few words."""
    more: Callable[[], Iterable[str]] = tuple
    """Looks up further ones."""
    completed: Callable[[str], str] = lambda text: text
    """Adds to what was typed what the file needs, such as the folder that a path begins in."""

    @property
    def choices(self) -> tuple[str, ...]:
        """All words that it takes; none when it takes anything else."""
        return (*self.words, *self.more())

    def typed(self, text: str) -> Any:  # noqa: ANN401 - each setting has a type of its own
        """Return the value that somebody means by ``text``. Raises Mistakes, or AmbiguousName for a word."""
        found = names.candidates(text, {each: (each,) for each in self.choices})
        if len(found) > 1:
            raise names.AmbiguousName(text, found)
        return self.parse(found[0] if found else self.completed(text))


def whole(least: int, most: int, unit: str = "") -> Sort:
    """Whole numbers in these limits, which are included."""
    expected = ", ".join(filter(None, (f"a whole number from {least} to {most}", unit)))

    def parse(raw: Data) -> int:
        found = _number(raw)
        if found is None or found != round(found):
            raise wrong(f"{show(raw)} is not a whole number", expected)
        if not least <= found <= most:
            raise wrong(f"{show(raw)} is too {'small' if found < least else 'large'}", expected)
        return round(found)

    return Sort(parse, expected, least=least, most=most)


def number(least: float, most: float, unit: str) -> Sort:
    """Numbers in these limits, which are included."""
    expected = f"a number from {least:g} to {most:g}, {unit}"

    def parse(raw: Data) -> float:
        found = _number(raw)
        if found is None:
            raise wrong(f"{show(raw)} is not a number", expected)
        if not least <= found <= most:
            raise wrong(f"{show(raw)} is too {'small' if found < least else 'large'}", expected)
        return found

    return Sort(parse, expected, _shortest, least, most)


def seconds(most: float) -> Sort:
    """Times from none at all to ``most`` seconds."""
    expected = f"a time from 0s to {format_duration(most)}, where a bare number is seconds"

    def parse(raw: Data) -> float:
        try:
            length = parse_duration(raw) if isinstance(raw, (str, int, float)) else math.nan
        except ValueError:
            length = math.nan
        if not 0 <= length <= most:
            raise wrong(f"{show(raw)} is not such a time", expected)
        return length

    return Sort(parse, expected, _shortest, 0, most)


def one_of(values: Iterable[str]) -> Sort:
    """One of a few words."""
    return Sort(choice(values), f"one of {', '.join(values)}", str, words=(*map(str, values),))


def _file_or_folder(raw: Data) -> Path | None:
    if not isinstance(raw, str) or not (raw := raw.strip()).isprintable():
        raise wrong(f"{show(raw)} is not a file or folder", _PLACE)
    if not raw:
        return None
    try:
        path = Path(raw).expanduser()
    except RuntimeError:
        raise wrong(f"{show(raw)} names the home of a user who does not exist", _PLACE) from None
    if not path.is_absolute():
        raise wrong(f"{show(raw)} does not say where it begins", _PLACE)
    return path


def _from_here(text: str) -> str:
    """Return a file or folder with its whole path, looked for from where the person is."""
    return text if not text or text.startswith("~") else os.path.realpath(text)


def _model(raw: Data) -> str:
    """Parse the name of a model that hears commands, or its folder, which need not exist."""
    if raw in MODELS:
        return str(raw)
    if not isinstance(raw, str) or not (raw := raw.strip()).isprintable() or not raw:
        raise wrong(f"{show(raw)} is no model", _MODEL)
    if not Path(raw).is_absolute() and not raw.startswith("~"):
        near = nearest(raw, MODELS)
        raise wrong(f"{show(raw)} is no model", f"did you mean '{near}'?" if near else _MODEL)
    return str(_file_or_folder(raw))


def _model_from_here(text: str) -> str:
    """Return the folder of a model with its whole path; what names no folder stays as it is."""
    with suppress(OSError):  # what is too long names no folder
        if {"/", os.sep} & set(text) or Path(text).is_dir():
            return _from_here(text)
    return text


def _microphone(raw: Data) -> str:
    if not isinstance(raw, str) or not raw.isprintable():
        raise wrong(f"{show(raw)} is not the name of a microphone", _MICROPHONE)
    return raw.strip()


def _language(raw: Data) -> str:
    if raw not in (there := languages()):
        raise wrong(f"{show(raw)} is no language that there are phrases for", f"one of {', '.join(there)}")
    return str(raw)


def _voice(raw: Data) -> str:
    """Parse a voice, with or without an accent."""
    if not isinstance(raw, str) or ":" not in raw:
        return str(one_of(engines.CHOICES).parse(raw))
    try:
        engines.named(raw)
    except UnknownName as error:
        near = f"did you mean '{error.nearest}'?" if error.nearest else "'voicecoach voices' lists them"
        raise wrong(f"{show(raw)} is not known here", near) from error
    except UsageError as error:
        raise wrong(f"{show(raw)} is not known here", "it has no accents to choose from") from error
    return raw


def _number(raw: Data) -> float | None:
    """A number that was written as one or typed as text; None when it is none."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return None
    if isinstance(raw, str) and not raw.isascii():
        return None  # Python reads digits of every script, and nobody else here does
    try:
        number = float(raw)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _shortest(value: float) -> float:
    return round(value) if value == round(value) else value


_PLACE: Final = "a file or folder with its whole path, or '' for none"
SWITCH: Final = Sort(switch, "true or false", words=("true", "false"))
MODELS: Final = (AUTO, "base", "tiny")
"""The names of the models that hear commands."""
_MODEL: Final = f"one of {', '.join(MODELS)}, or the folder of a model with its whole path"
_MICROPHONE: Final = "its name or a part of it, or '' for the computer's own"
PLACE: Final = Sort(_file_or_folder, _PLACE, lambda path: str(path or ""), completed=_from_here)
"""A file or folder, as a Path, or None. It need not exist: disks come and go."""


LONGEST_LEAD_IN: Final = 10.0
LONGEST_DELAY: Final = 600.0
LONGEST_TRANSITION: Final = 60.0
LONGEST_ANSWER: Final = 3600.0
"""Seconds."""


class View(StrEnum):
    """How a session is shown."""

    AUTO = "auto"
    """Full in a terminal, else plain."""
    FULL = "full"
    PLAIN = "plain"


class Theme(StrEnum):
    """The colours of the screen."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know about one setting, its value left out."""

    key: str
    """Its name in the file and in commands, such as "lead-in"."""
    name: str
    """Its name in :class:`SessionSettings`."""
    default: Any
    sort: Sort
    about: str
    """One sentence for the person."""
    example: str
    """A line of the file."""

    def shown(self, value: object) -> str:
        """A value as ``config`` prints it, and as ``config set`` takes it."""
        plain = self.sort.plain(value)
        return (
            str(plain).lower()
            if isinstance(plain, bool)
            else f"{plain:g}"
            if isinstance(plain, float)
            else str(plain)
        )


def _entry(sort: Sort, about: str, example: str) -> dict[str, Any]:
    """What a field of the table says about itself; the example stands as in the file, without its key."""
    return {"sort": sort, "about": about, "example": example}


_VOLUME: Final = whole(0, LOUDEST, "in percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSettings:
    """The settings of a session: a person's own, and defaults for the rest."""

    voice: str = field(
        default=engines.AUTO,
        metadata=_entry(
            Sort(
                _voice,
                f"one of {', '.join(engines.CHOICES)}, or an accent such as pyttsx3:en-us",
                str,
                words=engines.CHOICES,
                more=engines.with_accents,
            ),
            "Who speaks; silent leaves that to captions, or to a screen reader in the plain view.",
            '"natural"',
        ),
    )
    language: str = field(
        default=ENGLISH,
        metadata=_entry(
            Sort(_language, "the code of a language that there are phrases for, such as en"),
            "The language of the coach, such as en; your own exercises and routines keep theirs.",
            '"en"',
        ),
    )
    rate: int = field(
        default=DEFAULT_WPM,
        metadata=_entry(
            whole(SLOWEST_WPM, FASTEST_WPM, "in words a minute"),
            "How fast the coach speaks, or a screen reader in its place.",
            "140",
        ),
    )
    output: str = field(
        default=outputs.NAMES[0],
        metadata=_entry(
            one_of(outputs.NAMES),
            "Where sound goes; silent is real time without sound, instant does not wait either, and its"
            " sessions are not written into your journal.",
            '"miniaudio"',
        ),
    )
    talk: TalkLevel = field(
        default=TalkLevel.ALL,
        metadata=_entry(
            one_of(TalkLevel),
            "How much the coach says: all, cues and names without counting, or only names and tones.",
            '"cues"',
        ),
    )
    voice_volume: int = field(default=100, metadata=_entry(_VOLUME, "How loud the coach speaks.", "120"))
    sound_volume: int = field(default=100, metadata=_entry(_VOLUME, "How loud the tones are.", "60"))
    music_volume: int = field(default=100, metadata=_entry(_VOLUME, "How loud your music is.", "50"))
    lead_in: float = field(
        default=expand.Settings().lead_in,
        metadata=_entry(
            seconds(LONGEST_LEAD_IN),
            "Silence before the first sound, for loudspeakers that wake up slowly, as with Bluetooth.",
            "2",
        ),
    )
    delay: float = field(
        default=0.0,
        metadata=_entry(
            seconds(LONGEST_DELAY),
            "Time to reach the mat before the session begins; Enter begins sooner.",
            "20",
        ),
    )
    speed: int = field(
        default=100,
        metadata=_entry(
            whole(round(100 * SLOWEST_TEMPO), round(100 * FASTEST_TEMPO), "in percent"),
            "How fast you move: less than 100 is slower, and holds stay as long as they are.",
            "80",
        ),
    )
    transition: float = field(
        default=0.0,
        metadata=_entry(
            seconds(LONGEST_TRANSITION),
            "Time from one exercise to the next, where you know it and stay in position; 0 is as long as it"
            " takes, or as the routine says.",
            "6",
        ),
    )
    clicks: bool = field(
        default=False,
        metadata=_entry(SWITCH, "Whether walking, marching and stepping get a click for each step.", "true"),
    )
    music: Path | None = field(
        default=None,
        metadata=_entry(
            PLACE,
            "Your own music (mp3, flac, ogg, wav) under the session, lower while the coach speaks.",
            "'~/Music/calm'",
        ),
    )
    pause_others: bool = field(
        default=False,
        metadata=_entry(
            SWITCH, "Whether other music players pause for the session and go on after it.", "true"
        ),
    )
    duck_others: bool = field(
        default=False,
        metadata=_entry(SWITCH, "Whether other programs are quieter while the coach speaks.", "true"),
    )
    media_keys: bool = field(
        default=True,
        metadata=_entry(SWITCH, "Whether media keys and headset buttons control the session.", "false"),
    )
    listen: bool = field(
        default=False,
        metadata=_entry(
            SWITCH,
            "Whether the coach listens to what you say; the microphone is open only in a session and its"
            " questions.",
            "true",
        ),
    )
    microphone: str = field(
        default="",
        metadata=_entry(
            Sort(_microphone, _MICROPHONE),
            "The microphone that hears you; one over Bluetooth is taken only when you name it here.",
            '"usb"',
        ),
    )
    listen_model: str = field(
        default=AUTO,
        metadata=_entry(
            Sort(_model, _MODEL, words=MODELS, completed=_model_from_here),
            "Which model recognises your words: base does it best, tiny is for slow computers, and auto takes"
            " the best one that this computer is fast enough for.",
            '"tiny"',
        ),
    )
    questions: bool = field(
        default=True,
        metadata=_entry(
            SWITCH, "Whether the coach asks how you are before and after a session, in a terminal.", "false"
        ),
    )
    answer_within: float = field(
        default=0.0,
        metadata=_entry(
            seconds(LONGEST_ANSWER),
            "How long a question after a session waits for your answer before it is left for later; 0 is as"
            " long as it takes.",
            "120",
        ),
    )
    view: View = field(
        default=View.AUTO,
        metadata=_entry(
            one_of(View),
            "Full screen, or plain lines as for a screen reader; auto is full in a terminal.",
            '"plain"',
        ),
    )
    theme: Theme = field(
        default=Theme.DARK, metadata=_entry(one_of(Theme), "The colours of the screen.", '"light"')
    )
    figure: FigureShown = field(
        default=FigureShown.ON,
        metadata=_entry(
            one_of(FigureShown),
            "Whether the full screen shows a figure that does the exercise with you; still has no motion.",
            '"still"',
        ),
    )

    def overridden(self, **chosen: Any) -> Self:  # noqa: ANN401 - each field has a type of its own
        """These settings with what was ``chosen`` by options; None means "as the settings say".

        Values are taken as they are: the options have checked them.
        """
        return replace(self, **{name: value for name, value in chosen.items() if value is not None})


def _table() -> dict[str, Setting]:
    table = {}
    for each in fields(SessionSettings):
        key = each.name.replace("_", "-")
        sort, about, example = each.metadata["sort"], each.metadata["about"], each.metadata["example"]
        table[key] = Setting(key, each.name, each.default, sort, about, f"{key} = {example}")
    return table


SETTINGS: Final[Mapping[str, Setting]] = MappingProxyType(_table())
"""Every setting by its key, in the order of the file."""

FORMER: Final[Mapping[str, str]] = MappingProxyType({"tempo": "speed"})
"""The present key of each one that had another in version 0.1.0, which goes on being read."""
