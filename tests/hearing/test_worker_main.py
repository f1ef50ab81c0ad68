"""What the process that hears tells of a microphone that comes and goes, and of what is said."""

import numpy as np
import pytest
from fakes.clock import FakeClock
from fakes.ears import NOTHING, SOUND, SPOKEN, FakeEar, FakeMicrophone, FakeRecogniser

from voicecoach.hearing.alignment import FarSound
from voicecoach.hearing.ear import Utterance, VoiceBegan, VoiceEnded
from voicecoach.hearing.messages import Fault, Level, Lost, Ready, Said, Speaking
from voicecoach.hearing.microphone import MicrophoneFault, Stillness
from voicecoach.hearing.sound import RATE
from voicecoach.hearing.worker_main import (
    AGAIN_AFTER,
    LOADS_WITHIN,
    RECOGNISES_WITHIN,
    UNPLUGGED_AFTER,
    Hearing,
    Recognition,
)

ZEROS = np.zeros(160, np.int16)
LOUD = np.full(160, 900, np.int16)
LOADED = Ready("base", "Samson")


class Room:
    """Hears in a room where each turn takes 0.1 s; what is told of levels is left out."""

    def __init__(self):
        self.told, self.clock, self.ear = [], FakeClock(), FakeEar()
        self.ear.signs = [[]] * 10_000
        self.microphone = FakeMicrophone()
        self.faults = []
        """Why the microphone cannot be opened, each time one of them."""
        self.recognition = Recognition(lambda: ("base", FakeRecogniser()), self.tell, self.clock)
        self.recognition.model = "base"
        self.hearing = Hearing(self._capture, self.ear, FarSound(), self.recognition, self.tell, self.clock)

    def _capture(self):
        if self.faults:
            raise MicrophoneFault(self.faults.pop(0), "Samson")
        return self.microphone

    def tell(self, message):
        if not isinstance(message, Level):
            self.told.append(message)

    def goes_on(self, seconds):
        for _ in range(round(seconds * 10)):
            self.clock.time += 0.1
            self.hearing.turn()


@pytest.fixture
def room():
    return Room()


def test_it_is_ready_when_microphone_and_model_are(room):
    room.recognition.model = ""
    room.goes_on(1)
    assert room.told == []
    room.recognition.model = "base"
    room.goes_on(1)
    assert room.told == [LOADED]


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.BUSY, Fault.REFUSED, Fault.BLUETOOTH])
def test_a_microphone_that_cannot_be_opened_is_tried_again_and_told_of_once(room, fault):
    room.faults = [fault] * 3
    room.goes_on(4 * AGAIN_AFTER)
    assert room.told == [Lost(fault, "Samson"), LOADED]


def test_one_that_gives_nothing_is_gone_until_it_is_back(room):
    room.goes_on(1)
    room.microphone.sounds = [NOTHING] * round(10 * (UNPLUGGED_AFTER + 0.5))
    room.goes_on(UNPLUGGED_AFTER + 0.3)
    assert room.told == [LOADED, Lost(Fault.UNPLUGGED, "Samson")]
    assert room.microphone.closed
    room.microphone.sounds = []
    room.goes_on(AGAIN_AFTER + 1)
    assert room.told[2:] == [LOADED]


def test_one_that_gives_nothing_but_silence_is_muted_until_there_is_sound(room):
    room.microphone.sounds = [ZEROS] * 1001
    room.goes_on(101)
    assert room.told == [LOADED, Lost(Fault.MUTED, "Samson"), LOADED]
    assert not room.microphone.closed


@pytest.mark.parametrize(
    ("seconds", "muted"),
    [([9], [False]), ([10], [True]), ([0, 59], [False] * 2), ([9, 60], [False, True])],
)
def test_how_long_silence_lasts_until_a_microphone_is_muted(seconds, muted):
    stillness, told = Stillness(), []
    for each in seconds:
        told.append([stillness.hear(ZEROS) for _ in range(each * 100)][-1:] == [True])
        assert not stillness.hear(LOUD)
    assert told == muted


def test_a_microphone_that_is_silent_whenever_nobody_speaks_is_soon_known_as_one():
    stillness, told = Stillness(), 0
    for _ in range(5):
        told += any(stillness.hear(np.full(RATE, 8, np.int16)) for _ in range(100))
        assert not stillness.hear(LOUD)
    assert told == 2, "before it gave any sound, and once after it"


def test_what_is_said_is_told_as_it_happens(room):
    room.goes_on(1)
    room.ear.signs = [
        [VoiceBegan(1)],
        [VoiceEnded(2)],
        [VoiceBegan(3)],
        [Utterance(4, SPOKEN, over_coach=True), VoiceEnded(4)],
    ]
    room.goes_on(0.4)
    assert room.told[1:] == [
        Speaking(now=True),
        Speaking(now=False),
        Speaking(now=True),
        Speaking(now=False, recognised=True),
    ]


def test_the_coach_s_sound_lies_beside_what_is_heard_and_what_was_dropped(room):
    room.goes_on(0.2)
    assert all(len(far) == len(SOUND) for far in room.ear.far)


def test_of_utterances_that_wait_the_last_is_recognised(room):
    room.recognition.phrases = ("go on",)
    for frame in (1, 2):
        room.recognition.put(Utterance(frame, SPOKEN, over_coach=frame == 2))
    assert len(room.recognition._waiting) == 1
    utterance, noticed = room.recognition._waiting.pop()
    room.clock.time += 0.25
    room.recognition.recognise(FakeRecogniser(), utterance, noticed)
    (said,) = room.told
    assert isinstance(said, Said)
    assert (said.transcript.text, said.ago, said.over_coach) == ("go on", pytest.approx(0.25), True)


def test_an_utterance_that_breaks_the_recogniser_was_not_understood(room):
    class Broken:
        def transcribe(self, samples, phrases):
            raise RuntimeError("no")

    room.recognition.recognise(Broken(), Utterance(1, SPOKEN, over_coach=False), 0)
    assert room.told == [Speaking(now=False)]


def test_a_recogniser_that_never_ends_hangs(room):
    seen = []

    class Slow(FakeRecogniser):
        def transcribe(self, samples, phrases):
            for seconds in (RECOGNISES_WITHIN, 1):
                room.clock.time += seconds
                seen.append(room.recognition.hangs)
            return super().transcribe(samples, phrases)

    room.recognition.recognise(Slow(), Utterance(1, SPOKEN, over_coach=False), 0)
    assert (seen, room.recognition.hangs) == ([False, True], False)


def test_a_model_that_is_never_loaded_hangs(room):
    room.clock.time += LOADS_WITHIN
    assert not room.recognition.hangs
    room.clock.time += 1
    assert room.recognition.hangs
