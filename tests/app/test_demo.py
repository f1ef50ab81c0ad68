"""The demonstration takes forty seconds, with any voice."""

from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden

from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.demo import demonstration
from voicecoach.language import phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.dump import as_text
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import works
from voicecoach.units import seconds
from voicecoach.voices.engines import ENGINES

STEPS = demonstration(SessionSettings()).steps


def test_its_timeline():
    kit = Kit(LetterSpeech(), SOUNDS, phrases.load())
    assert_golden(Path(__file__).parent / "demo.txt", as_text(compile_all(STEPS, kit), kit.phrases))


def test_it_shows_each_kind_of_phase_and_both_sides():
    kinds = {phase.kind for work in works(STEPS) for phase in work.exercise.rep}
    assert kinds == {PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.LOWER, PhaseKind.PAUSE}
    assert [work.side for work in works(STEPS)] == ["left", "right"]


def length(voice):
    told: list[str] = []
    with Studio(Sounding(voice), told.append) as studio:
        return seconds(studio.compile(STEPS).frames), told


def test_it_takes_forty_seconds_without_a_voice():
    assert length("silent")[0] == pytest.approx(40, abs=2)


@pytest.mark.processes
@pytest.mark.parametrize("voice", [each.name for each in ENGINES if each.version()])
def test_it_takes_forty_seconds_with_each_voice(voice):
    took, told = length(voice)
    assert (took, told) == (pytest.approx(40, abs=2), [])
