"""Options that several commands share."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from voicecoach.app.selection import Selection
from voicecoach.cli import page, vocabulary
from voicecoach.cli.values import whole
from voicecoach.errors import UsageError
from voicecoach.language import phrases
from voicecoach.routine.files.dose_words import MAX_SETS
from voicecoach.routine.files.located_yaml import Mistakes, show
from voicecoach.routine.files.side_words import said_order
from voicecoach.routine.model import Caution
from voicecoach.routine.one_side import SIDES_SAID, word_of
from voicecoach.routine.profile import Explaining
from voicecoach.settings import file
from voicecoach.settings.table import FORMER, SETTINGS, SessionSettings, Setting, View
from voicecoach.units import parse_duration

Command = Callable[..., None]
"""What typer makes a command of."""

RoutineName = Annotated[
    str,
    typer.Argument(
        metavar="ROUTINE",
        help="A routine's name, as 'voicecoach list' or the screen shows it, or a file.",
        parser=vocabulary.routine,
        autocompletion=vocabulary.routines,
    ),
]
Journal = Annotated[
    bool | None,
    typer.Option(
        "--journal/--no-journal",
        help="Write the session into your journal, or keep nothing of it but which exercises you met. "
        "Without this option every session is written down, except with '--output instant'.",
        show_default=False,
    ),
]
HowMuch = Annotated[
    Explaining | None,
    typer.Option(
        help="How much is explained before an exercise: everything, its name, position and dose, or (auto) "
        "as much as you need, judging by how often and how recently you did it. Your profile has the "
        "default."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Accept the safety notice, and ask nothing, for scripts.")]
AsWritten = Annotated[
    bool,
    typer.Option(
        "--as-written",
        help="Take the routine at the doses of its file, with exercises that your profile rules out.",
    ),
]

_METAVARS: Final = {
    "voice": "NAME",
    "language": "CODE",
    "rate": "WORDS_A_MINUTE",
    "output": "NAME",
    "music": "FILE_OR_FOLDER",
    "voice_volume": "PERCENT",
    "sound_volume": "PERCENT",
    "music_volume": "PERCENT",
    "speed": "PERCENT",
    "lead_in": "TIME",
    "delay": "TIME",
    "transition": "TIME",
    "answer_within": "TIME",
    "microphone": "NAME",
    "listen_model": "NAME_OR_FOLDER",
    "talk": "LEVEL",
    "theme": "NAME",
    "figure": "HOW",
}
"""What stands in the help for the value of a setting that is not switched."""


def _option(name: str) -> Any:  # noqa: ANN401 - what typer takes as an annotation
    """The option for a setting, which takes what the table of settings says and explains it as there."""
    if name == "view":
        help_ = "Line by line, not on the full screen; with --voice silent only your screen reader speaks."
        return Annotated[bool | None, typer.Option("--plain", help=help_)]
    setting = SETTINGS[name.replace("_", "-")]
    flag, sort, help_ = f"--{setting.key}", setting.sort, setting.about
    if isinstance(setting.default, bool):
        return Annotated[bool | None, typer.Option(f"{flag}/--no-{setting.key}", help=help_)]
    kind: Any = Path if name == "music" else type(setting.default)
    how: dict[str, Any] = {}
    if name == "language":
        how = {"parser": vocabulary.language, "autocompletion": vocabulary.languages}
    elif sort.words or isinstance(setting.default, (int, float)):
        help_ = f"{help_} It is {sort.expected}."
        how = {"parser": _reader(setting), "autocompletion": vocabulary.offering(sort.words, sort.more)}
    flags = (flag, *(f"--{former}" for former, key in FORMER.items() if key == setting.key))
    option: Any = typer.Option(*flags, metavar=_METAVARS.get(name), help=help_, **how)
    return Annotated[kind | None, option]


def _reader(setting: Setting) -> Callable[[str], Any]:
    """Return what reads the value of ``setting``, and raises UsageError."""

    def value(text: str) -> Any:  # noqa: ANN401 - each setting has a type of its own
        try:
            return setting.sort.typed(text)
        except Mistakes as error:
            raise UsageError(file.refused(setting, error)) from None

    return value


_A_DAY: Final = 24 * 60
"""Minutes."""


def _minutes(text: str) -> float:
    """Return the minutes of a time; a bare number is minutes. Raises UsageError."""
    try:
        minutes = parse_duration(text, unit=60) / 60
    except ValueError:
        minutes = math.inf
    if minutes > _A_DAY:
        raise typer.BadParameter(f"{show(text)} is not a time up to 24h such as 12m30s, 12:30 or 12.")
    return minutes


def _side(text: str) -> str:
    """Return a side, or an order of both, as in ``SIDES_SAID``. Raises BadParameter."""
    found = word_of(said_order(text))
    if not found:
        raise typer.BadParameter(f"{show(text)} is not 'left', 'right', 'left first' or 'right first'.")
    return found


Side = Annotated[
    str | None,
    typer.Option(
        metavar="SIDE",
        parser=_side,
        help="Do what has sides on one side only, 'left' or 'right', or begin with one: 'left first',"
        " 'right first'. The other side keeps its dose.",
        autocompletion=vocabulary.offering(tuple(SIDES_SAID)),
    ),
]
_PART: Final[Mapping[str, Any]] = {
    "start": Annotated[
        str,
        typer.Option(
            "--from",
            metavar="STEP",
            help="Begin with this step: its number in 'show', or its name.",
            autocompletion=vocabulary.exercises,
        ),
    ],
    "only": Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="STEP",
            help="Only this step; give it again for each further one.",
            autocompletion=vocabulary.exercises,
        ),
    ],
    "sets": Annotated[
        int | None,
        typer.Option(metavar="N", parser=whole(1, MAX_SETS), help="At most this many sets of each exercise."),
    ],
    "side": Side,
    "minutes": Annotated[
        float | None,
        typer.Option(
            metavar="MINUTES",
            parser=_minutes,
            help="At most this long, as 12, 12m30s or 12:30: leaves out sets, then exercises, but never the"
            " warm-up.",
        ),
    ],
}
"""The options that choose a part of a routine."""


ALL: Final = tuple(each.name for each in SETTINGS.values())
"""The names of all settings."""


def settings(*names: str) -> Callable[[Command], Command]:
    """Give a command the options for these settings, and all settings as its argument ``chosen``.

    A setting whose option is not given is as in the person's file.
    """

    def read(*, view: bool | None = None, **given: Any) -> SessionSettings:  # noqa: ANN401 - as the options say
        chosen = file.load().overridden(view=View.PLAIN if view else None, **given)
        if chosen.view is View.PLAIN:
            page.keep_whole()
        return chosen

    options = {name: _option(name) for name in names}
    return lambda command: _with(command, "chosen", options, read)


def part(command: Command) -> Command:
    """Give a command the options that choose a part of a routine, and that as its argument ``selection``."""

    def read(
        start: str | None,
        only: list[str] | None,
        side: str | None,
        **most: Any,  # noqa: ANN401 - numbers
    ) -> Selection:
        return Selection(start=start or "", only=tuple(only or ()), side=side or "", **most)

    return _with(command, "selection", _PART, read)


def _with(
    command: Command, argument: str, options: Mapping[str, Any], read: Callable[..., object]
) -> Command:
    """Replace one keyword argument of ``command`` by ``options``; ``read`` makes it of their values."""

    def called(**given: Any) -> None:  # noqa: ANN401 - whatever the options take
        values = {name: given.pop(name) for name in options}
        command(**given, **{argument: read(**values)})

    signature = inspect.signature(command, eval_str=True)
    parameters: list[Parameter] = []
    for each in signature.parameters.values():
        if each.name == argument:
            parameters += [
                Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=option)
                for name, option in options.items()
            ]
        else:
            parameters.append(each)
    called.__doc__ = command.__doc__
    called.__annotations__ = {each.name: each.annotation for each in parameters}
    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined] # for typer
    return called


def what_cautions_mean() -> str:
    """Explain each caution in a line, for the help of a command."""
    say = phrases.load()
    lines = (f"  {each:<9} {say.part(f'caution.{each}.who')}" for each in Caution)
    return "\b\n" + "\n".join(("What to be careful with:", *lines))  # a paragraph that is not filled
