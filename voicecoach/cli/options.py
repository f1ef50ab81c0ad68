"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.routine.profile import Explaining
from voicecoach.routine.sheet import APPLIES_TO
from voicecoach.timeline.estimate import FASTEST_WPM, SLOWEST_WPM

RoutineName = Annotated[
    str, typer.Argument(metavar="ROUTINE", help="A routine's name, as 'voicecoach list' shows it, or a file.")
]
Voice = Annotated[
    str, typer.Option(metavar="NAME", help="Who speaks: auto, natural, pyttsx3, or silent for captions only.")
]
Rate = Annotated[
    int,
    typer.Option(
        metavar="WPM", min=SLOWEST_WPM, max=FASTEST_WPM, help="How fast the coach speaks, in words a minute."
    ),
]
Output = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Where sound goes: auto, miniaudio, simpleaudio, silent (no sound, real time) or instant "
        "(no sound, no waiting).",
    ),
]
VoiceVolume = Annotated[
    int, typer.Option(metavar="PERCENT", min=0, max=150, help="How loud the coach speaks.")
]
SoundVolume = Annotated[int, typer.Option(metavar="PERCENT", min=0, max=150, help="How loud the tones are.")]
HowMuch = Annotated[
    Explaining | None,
    typer.Option(
        help="How much is explained before an exercise: everything, its name, position and dose, or (auto) "
        "what you need by how often and how lately you did it. Your profile has the default.",
    ),
]
AsWritten = Annotated[
    bool, typer.Option("--as-written", help="Leave the routine as it is, whatever your profile says.")
]
LeadIn = Annotated[
    float,
    typer.Option(
        metavar="SECONDS",
        min=0,
        max=10,
        help="Silence before the first sound, for loudspeakers that wake up slowly.",
    ),
]
Clicks = Annotated[
    bool, typer.Option("--clicks", help="Click the step rate of walking, marching and stepping.")
]


def what_cautions_mean() -> str:
    """What each caution is for, a line each, as the help of a command prints it."""
    lines = (f"  {caution:<9} {who}" for caution, who in APPLIES_TO.items())
    return "\b\n" + "\n".join(("What to be careful with:", *lines))  # a paragraph that is not filled
