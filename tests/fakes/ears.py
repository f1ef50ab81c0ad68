"""A microphone, an ear and a recogniser that need no sound, for the process that hears."""

import time

import numpy as np

from voicecoach.errors import HearingUnavailable
from voicecoach.hearing import worker_main
from voicecoach.hearing.ear import Utterance, VoiceBegan, VoiceEnded
from voicecoach.hearing.messages import Fault
from voicecoach.hearing.microphone import Block, MicrophoneFault
from voicecoach.hearing.transcript import Guess, Transcript

SOUND = np.full(160, 900, np.int16)
NOTHING = np.zeros(0, np.int16)
SPOKEN = np.ones(160, np.float32)


class FakeMicrophone:
    """Gives ten milliseconds at each look."""

    name = "Samson"

    def __init__(self, wanted=""):
        if wanted == "nowhere":
            raise MicrophoneFault(Fault.UNNAMED, wanted)
        self.sounds = []
        """What it gives before :data:`SOUND`, each once."""
        self.closed = False

    def read(self, limit):
        time.sleep(0)
        return Block(self.sounds.pop(0) if self.sounds else SOUND, 0)

    def close(self):
        self.closed = True


class SlowMicrophone(FakeMicrophone):
    """Gives them in real time, as a process would otherwise tell all the time."""

    def read(self, limit):
        time.sleep(0.01)
        return super().read(limit)


class DeafMicrophone(FakeMicrophone):
    """Hangs when it is read."""

    def read(self, limit):
        time.sleep(60)
        return super().read(limit)


class FakeEar:
    """Hears somebody speak every third time."""

    delay = None
    echo_loss = 0.0
    level = noise = -60.0

    def __init__(self):
        self.frame = 0
        self.signs = []
        """What it hears, a list each time; without any, every third time the whole of an utterance."""
        self.far = []

    def hear(self, near, far):
        self.frame += 1
        self.far.append(far)
        if self.signs:
            return self.signs.pop(0)
        said = [
            VoiceBegan(self.frame),
            Utterance(self.frame, SPOKEN, over_coach=False),
            VoiceEnded(self.frame),
        ]
        return [] if self.frame % 3 else said


class FakeRecogniser:
    """Understands the first phrase that is expected."""

    def transcribe(self, samples, phrases):
        return Transcript("", ((Guess(phrases[0] if phrases else "nothing", -0.1),),))


class HangingRecogniser(FakeRecogniser):
    """Never understands anything, in a process that would wait long for it."""

    def __init__(self):
        vars(worker_main).update(RECOGNISES_WITHIN=0.5)

    def transcribe(self, samples, phrases):
        time.sleep(60)
        return super().transcribe(samples, phrases)


def open_hanging_recogniser(spec):
    return "base", HangingRecogniser()


def open_recogniser(spec):
    if spec.model == "damaged":
        raise HearingUnavailable("The model is damaged.")
    return "base", FakeRecogniser()
