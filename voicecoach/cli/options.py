"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.audio import outputs
from voicecoach.errors import UnknownName
from voicecoach.language.phrases import languages
from voicecoach.language.speech_length import FASTEST_WPM, SLOWEST_WPM
from voicecoach.routine.model import Explaining
from voicecoach.routine.sheet import APPLIES_TO
from voicecoach.session.levels import LOUDEST
from voicecoach.settings.table import LONGEST_DELAY, LONGEST_LEAD_IN
from voicecoach.timeline.steps import FASTEST_TEMPO, SLOWEST_TEMPO
from voicecoach.voices.engines import CHOICES

RoutineName = Annotated[
    str, typer.Argument(metavar="ROUTINE", help="A routine's name, as 'voicecoach list' shows it, or a file.")
]
Voice = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=f"Who speaks: {', '.join(CHOICES)}, which is captions only."),
]


def _known_language(code: str | None) -> str | None:
    if code is not None and code not in (there := languages()):
        raise UnknownName("language", code, there, hint=f"There are: {', '.join(there)}.")
    return code


Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        callback=_known_language,
        help="The language of the coach, such as en; your own exercises and routines keep theirs.",
    ),
]
Rate = Annotated[
    int | None,
    typer.Option(
        metavar="WPM", min=SLOWEST_WPM, max=FASTEST_WPM, help="How fast the coach speaks, in words a minute."
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"Where sound goes: {', '.join(outputs.NAMES)}. With silent there is no sound, with instant no "
        "waiting either and nothing in the journal.",
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
VoiceVolume = Annotated[
    int | None, typer.Option(metavar="PERCENT", min=0, max=LOUDEST, help="How loud the coach speaks.")
]
SoundVolume = Annotated[
    int | None, typer.Option(metavar="PERCENT", min=0, max=LOUDEST, help="How loud the tones are.")
]
MusicVolume = Annotated[
    int | None, typer.Option(metavar="PERCENT", min=0, max=LOUDEST, help="How loud your music is.")
]
Music = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE_OR_FOLDER",
        help="Your own music (mp3, flac, ogg, wav) under the session, lower while the coach speaks.",
    ),
]
HowMuch = Annotated[
    Explaining | None,
    typer.Option(
        help="How much is explained before an exercise: everything, its name, position and dose, or (auto) "
        "as much as you need, judging by how often and how recently you did it. Your profile has the "
        "default.",
    ),
]
AsWritten = Annotated[
    bool,
    typer.Option(
        "--as-written",
        help="Leave the routine as its file has it, with exercises that your profile or pain rules out.",
    ),
]
LeadIn = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        max=LONGEST_LEAD_IN,
        help="Silence before the first sound, for loudspeakers that wake up slowly, as with Bluetooth.",
    ),
]
Delay = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", min=0, max=LONGEST_DELAY, help="Time to reach the mat; any key begins sooner."
    ),
]
Speed = Annotated[
    int | None,
    typer.Option(
        "--speed",
        "--tempo",  # its name in version 0.1.0
        metavar="PERCENT",
        min=round(100 * SLOWEST_TEMPO),
        max=round(100 * FASTEST_TEMPO),
        help="How fast you move: 80 is slower, and holds stay as long as they are.",
    ),
]
Clicks = Annotated[
    bool | None,
    typer.Option("--clicks/--no-clicks", help="Click the step rate of walking, marching and stepping."),
]
Questions = Annotated[
    bool | None,
    typer.Option("--questions/--no-questions", help="Ask how you are before and after, one key each."),
]
From = Annotated[
    str,
    typer.Option("--from", metavar="STEP", help="Begin with this step: its number in 'show', or its name."),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="STEP", help="Only this step; give it again for each further one."),
]
Sets = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="At most this many sets of each exercise.")
]
Minutes = Annotated[
    float | None,
    typer.Option(
        metavar="N", help="About this long at most: leaves out sets, then exercises, but never the warm-up."
    ),
]


def what_cautions_mean() -> str:
    """Explain each caution in a line, for the help of a command."""
    lines = (f"  {caution:<9} {who}" for caution, who in APPLIES_TO.items())
    return "\b\n" + "\n".join(("What to be careful with:", *lines))  # a paragraph that is not filled
