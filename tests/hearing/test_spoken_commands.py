"""What the worker tells becomes commands, a lowered coach, a sign on the screen and at most a line."""

from contextlib import contextmanager

import pytest
from fakes.clock import FakeClock
from fakes.transcripts import understood

from voicecoach.hearing.attention import LONGEST
from voicecoach.hearing.messages import Fault, Level, Lost, Ready, Said, Speaking, Starting
from voicecoach.hearing.spoken_commands import TOO_LATE, SpokenCommands
from voicecoach.hearing.vocabulary import Vocabulary
from voicecoach.language import phrases
from voicecoach.session.microphone import Microphone


class FakeWorker:
    def __init__(self, tell):
        self.tell = tell
        self.did = []

    def start(self):
        self.did.append("start")

    def feed(self, sound):
        self.did.append(sound)

    def rest(self):
        self.did.append("rest")

    def wake(self):
        self.did.append("wake")

    def expect(self, phrases):
        self.did.append(phrases)

    def close(self):
        self.did.append("close")


class FakeCoach:
    def __init__(self):
        self.ducked = []
        self.far = None

    def duck(self, *, on):
        self.ducked.append(on)

    def tap(self, far):
        self.far = far


class Evening:
    """Spoken commands with a fake on each side."""

    def __init__(self):
        self.clock, self.coach = FakeClock(), FakeCoach()
        self.sent, self.notices, self.signs = [], [], []
        words = Vocabulary({"go on": "resume", "stop": "stop"}, wary={"stop"})
        self.spoken = SpokenCommands(
            self._start, words, phrases.load(), self.clock, doubtful=lambda meaning: f"{meaning}?"
        )

    def _start(self, tell):
        self.worker = FakeWorker(tell)
        return self.worker

    @contextmanager
    def goes_on(self):
        with self.spoken, self.spoken.connected(self.sent.append, self.notices.append):
            self.spoken.watch(self.signs.append)
            self.spoken.attend(self.coach)
            self.worker.tell(Ready("base", "mic"))
            yield

    def say(self, text, unprompted=None, ago=0.3):
        self.worker.tell(Speaking(now=True))
        self.worker.tell(Speaking(now=False, recognised=True))
        heard = understood(text, unprompted)
        self.worker.tell(Said(heard, ago))


@pytest.fixture
def evening():
    return Evening()


def test_a_command_is_sent_and_the_coach_is_lowered_until_then(evening):
    with evening.goes_on():
        evening.say("Go on.")
    assert evening.sent == ["resume"]
    assert evening.coach.ducked == [False, True, False]
    assert evening.notices == []


def test_what_is_no_command_is_not_sent(evening):
    with evening.goes_on():
        evening.say("We go on holiday.")
    assert evening.sent == []
    assert evening.coach.ducked[-1] is False


def test_doubt_about_stop_is_sent_as_doubt(evening):
    with evening.goes_on():
        evening.say("Stop.", "Shop.")
        evening.say("Stop.")
    assert evening.sent == ["stop?", "stop"]


def test_the_coach_comes_back_up_after_four_seconds_of_talk(evening):
    with evening.goes_on():
        evening.worker.tell(Speaking(now=True))
        evening.clock.time += LONGEST
        evening.worker.tell(Level())
        assert evening.coach.ducked[-1] is False


def test_questions_have_words_of_their_own(evening):
    numbers = Vocabulary({"one": "1"})
    with evening.goes_on():
        with evening.spoken.expecting(numbers):
            evening.say("One.")
            evening.say("Go on.")
        evening.say("One.")
        evening.say("Go on.")
    assert evening.sent == ["1", "resume"]
    assert [each for each in evening.worker.did if isinstance(each, tuple)] == [
        ("go on", "stop"),
        ("one",),
        ("go on", "stop"),
    ]


def test_each_output_is_tapped_and_lowered_in_its_turn(evening):
    with evening.goes_on():
        evening.worker.tell(Speaking(now=True))
        other = FakeCoach()
        evening.spoken.attend(other)
        assert (evening.coach.far, other.ducked) == (None, [True])
        other.far(b"sound")
    assert evening.worker.did[-2:] == [b"sound", "close"]
    assert (other.far, other.ducked[-1]) == (None, False)


def test_the_screen_is_told_what_the_microphone_does(evening):
    with evening.goes_on():
        evening.worker.tell(Speaking(now=True))
        evening.worker.tell(Speaking(now=False))
        evening.worker.tell(Lost(Fault.UNPLUGGED))
    assert evening.signs == [
        Microphone.STARTING,
        Microphone.ON,
        Microphone.VOICE,
        Microphone.ON,
        Microphone.LOST,
        Microphone.OFF,
    ]


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_is_told_in_one_line_and_its_end_in_another(evening, fault):
    with evening.goes_on():
        evening.worker.tell(Speaking(now=True))
        for _ in range(3):
            evening.worker.tell(Lost(fault, "Samson"))
        assert evening.coach.ducked[-1] is False
        evening.worker.tell(Ready("base", "mic"))
    assert len(evening.notices) == 2
    assert evening.notices[1] == "I can hear you again."


def test_a_microphone_that_is_gone_and_not_found_again_is_told_of_in_one_line(evening):
    with evening.goes_on():
        for fault in (Fault.UNPLUGGED, Fault.NONE, Fault.WORKER, Fault.NONE):
            evening.worker.tell(Lost(fault))
        assert len(evening.notices) == 1
        evening.worker.tell(Lost(Fault.BUSY))
    assert [each.split(",")[0] for each in evening.notices[1:]] == ["I cannot hear you"]


def test_a_voice_before_all_is_ready_is_none_that_is_understood(evening):
    with evening.spoken:
        evening.spoken.watch(evening.signs.append)
        evening.worker.tell(Speaking(now=True))
        evening.worker.tell(Speaking(now=False))
    assert evening.signs == [Microphone.STARTING, Microphone.VOICE, Microphone.STARTING, Microphone.OFF]


def test_what_was_said_long_ago_has_no_effect(evening):
    with evening.goes_on():
        evening.say("Go on.", ago=TOO_LATE + 0.1)
        assert evening.sent == []
        evening.say("Go on.", ago=TOO_LATE)
    assert evening.sent == ["resume"]


def test_a_fault_that_nobody_could_read_is_told_when_somebody_can(evening):
    with evening.spoken:
        evening.worker.tell(Lost(Fault.NONE))
        with evening.spoken.connected(evening.sent.append, evening.notices.append):
            pass
        evening.say("Go on.")
    assert len(evening.notices) == 1
    assert evening.sent == [], "nobody is connected"


def test_a_worker_that_rested_is_waited_for_again(evening):
    with evening.goes_on():
        evening.spoken.rest()
        evening.spoken.wake()
        evening.worker.tell(Starting())
        evening.worker.tell(Speaking(now=True))
        evening.worker.tell(Speaking(now=False))
        evening.worker.tell(Ready("base", "mic"))
    assert evening.worker.did[-3:] == ["rest", "wake", "close"]
    on = evening.signs.index(Microphone.ON)
    assert evening.signs[on + 1 :] == [
        Microphone.STARTING,
        Microphone.VOICE,
        Microphone.STARTING,
        Microphone.ON,
        Microphone.OFF,
    ]
    assert evening.notices == []
