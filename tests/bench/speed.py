"""How soon things happen: commands, the first sample, files."""

from __future__ import annotations

import os
import sys
import time
import wave
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import room as rooms
from ear import QUIET, ear_in
from figures import Figure
from running import VOICECOACH, Program, folder, run, warm

from voicecoach.app import estimates, prepare
from voicecoach.timeline.expand import Settings
from voicecoach.units import seconds
from voicecoach.voices.engines import ENGINES, chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ear import Ear

PROBE = Path(__file__).with_name("probe.py")


def start(runs: int) -> Iterator[Figure]:
    """Short commands, from start to end."""
    for what, command, aim in (
        ("bare Python, for comparison", (sys.executable, "-c", "pass"), None),
        ("voicecoach --help", (*VOICECOACH, "--help"), 0.2),
        ("voicecoach list", (*VOICECOACH, "list"), None),
    ):
        run(*command)
        yield Figure(what, [run(*command) for _ in range(5 * runs)], "s", aim, digits=3)


def first(runs: int) -> Iterator[Figure]:
    """From the start of 'voicecoach play core' until something is heard of it."""
    voice = chain()[0].name
    warm(voice, "core")
    for state, aim in (("warm", 0.5), ("cold", 2.0)):
        with rooms.room() as room, ear_in(room) as ear:
            beginnings = [_beginning(ear, cold=state == "cold") for _ in range(2 * runs)]
        told = f"{voice} voice, {state} cache: "
        yield Figure(f"{told}first sample delivered", [each.sample for each in beginnings], "s", aim)
        yield Figure("  first tone heard, after 0.7 s of lead-in", [each.tone for each in beginnings], "s")
        yield Figure("  first word delivered", [each.word for each in beginnings], "s")
        waited = [1000 * each.waited for each in beginnings]
        yield Figure("  of that, silence because the voice was not ready", waited, "ms", digits=0)


class Beginning(NamedTuple):
    """The first seconds of a session: seconds from the start of the command."""

    sample: float
    tone: float
    word: float
    waited: float
    """How much longer it took from the first tone to the first word than the timeline says."""


def _beginning(ear: Ear, *, cold: bool) -> Beginning:
    with folder() as work:
        notes = work / "notes"
        environ = os.environ | ({"VOICECOACH_HOME": str(work)} if cold else {})
        with Program((sys.executable, str(PROBE), str(notes), "play", "--yes", "core"), environ) as program:
            while not notes.exists() or notes.read_text().count("\n") < 3:
                assert program.running, program.printed
                time.sleep(0.02)
            time.sleep(0.2)
        heard = ear.first_sound(program.began)
        time.sleep(QUIET)
        sample, tone, word = (float(line.split()[0]) for line in notes.read_text().splitlines()[:3])
    assert heard is not None, "nothing was heard"
    return Beginning(
        sample - program.began,
        heard - program.began,
        word - program.began,
        word - tone - _tone_to_word(),
    )


@cache
def _tone_to_word() -> float:
    """Seconds from the first tone of the session to its first word, by the timeline."""
    steps = prepare.steps_of(prepare.library().load("core"), Settings())
    tone, word, *_ = estimates.estimate(steps).events()
    return seconds(word[0] - tone[0])


def render(runs: int) -> Iterator[Figure]:
    """'voicecoach render core', from start to end: seconds of session in a second."""
    for voice in (*(engine.name for engine in ENGINES if engine.version()), "silent"):
        warm(voice, "core")
        speeds = [_render_speed(voice) for _ in range(2 * runs)]
        yield Figure(f"{voice} voice, warm cache", speeds, "x", 500, at_least=True, digits=0)
        if voice != "silent":
            speeds = [_render_speed(voice, cold=True) for _ in range(runs)]
            yield Figure(f"{voice} voice, cold cache", speeds, "x", digits=0)


def _render_speed(voice: str, *, cold: bool = False) -> float:
    with folder() as work:
        file = work / "session.wav"
        environ = {"VOICECOACH_HOME": str(work)} if cold else {}
        took = run(*VOICECOACH, "render", "core", "--voice", voice, "-o", str(file), environ=environ)
        with wave.open(str(file)) as sound:
            return seconds(sound.getnframes()) / took
