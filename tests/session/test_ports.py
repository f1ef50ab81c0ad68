"""What the player's mixer and director promise, the fakes included."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from fakes.audio import FakeClips
from fakes.session import FakeDirector, FakeMixer
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.app import prepare
from voicecoach.app.director import SessionDirector, VariationSource
from voicecoach.app.estimates import Estimates
from voicecoach.audio.mixer import SessionMixer
from voicecoach.language import phrases
from voicecoach.routine.phase import PhaseKind
from voicecoach.routine.profile import Profile
from voicecoach.session.levels import Volume
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.gaps import gaps
from voicecoach.timeline.segment import Play, Role, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Work
from voicecoach.units import frames

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
EXERCISE = prepare.library().exercise("glute_bridge")
STEPS = expand_exercise(3, EXERCISE, Settings(), None)
SET = next(compile_step(index, step, KIT) for index, step in enumerate(STEPS) if isinstance(step, Work))


def same(one, other):
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


SPOKEN = Segment(0, SegmentKind.SAY, "", 1, 9_600, (Speak(960, 4_800, "Hold.", Role.NAME),))


@pytest.mark.parametrize("make", [FakeMixer, lambda: SessionMixer(FakeClips())])
def test_a_mixer_gives_the_same_frames_however_they_are_cut(make):
    mixer = make()
    block = mixer.block(SPOKEN, 480, 4_800)
    assert len(block) == 4_800
    assert same(block[960:1_440], mixer.block(SPOKEN, 1_440, 480, SPOKEN))
    mixer.dropped(480)
    assert same(block, make().block(SPOKEN, 480, 4_800))
    mixer.levels = mixer.levels.at_volume(Volume(50))
    assert len(mixer.block(SPOKEN, 480, 480)) == 480
    assert len(mixer.sound(Sound.ACCEPTED))
    assert len(mixer.words("Hold."))


def real():
    choices = VariationSource(prepare.library(), Profile(), Settings())
    return SessionDirector(choices, kit=KIT, estimates=Estimates(KIT), can_say=bool)


@pytest.mark.parametrize("make", [lambda: FakeDirector(KIT), real])
def test_a_director_estimates_every_step_and_plans_whatever_it_offers(make):
    director = make()
    outline = director.outline(STEPS, gaps(STEPS))
    assert [(each.index, each.block) for each in outline] == [(index, 3) for index in range(len(STEPS))]
    for point, go in ((SET.begins, False), (SET.begins + 1, True)):
        counted = director.count_in(SET, point)
        assert ([beat.kind for beat in counted.beats], counted.restarts) == ([PhaseKind.COUNT_IN], ())
        assert any(isinstance(each, Play) and each.sound is Sound.GO for each in counted.events) is go
    assert director.say.part("refused.last_level")
    assert director.can_say("Go on.")
    rendered = threading.Event()
    director.render("Go on.", rendered.set)
    assert rendered.wait(10)
    found = director.interjected(SPOKEN, ["No."], (0, SPOKEN.frames))
    assert found is None
    said, frame = director.interjected(replace(SPOKEN, frames=frames(9)), ["No."], (0, frames(9)))
    assert [(each.text, each.frame) for each in said.events] == [("Hold.", 960), ("No.", frame)]
    assert director.variation("no_such_exercise") is None
    assert EXERCISE.key not in director.hurt
    assert {step.block for step in director.plan(7, EXERCISE, None)} == {7}
