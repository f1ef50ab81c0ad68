"""Ten seconds of a held key, for every key and at every kind of moment: nothing is lost by it."""

from dataclasses import replace

import pytest
from fakes.clock import FakeClock
from fakes.session import Diary, FakeDirector, FakeLoudspeaker, FakeMixer
from fakes.speech import SOUNDS, LetterSpeech
from naming import naming

from voicecoach.control.auto_repeat import AutoRepeat
from voicecoach.control.sources import Key
from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Pace, Routine, Variation, Wait
from voicecoach.routine.phase import Phase
from voicecoach.session.commands import TABLE, Command, command_for
from voicecoach.session.listener import Ending
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.player import Player
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, Coaching, RestStep, WaitStep, Work
from voicecoach.units import RATE

KIT = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load())
REP = (Phase(name="slide", seconds=1), Phase(name="back", seconds=1))
SLIDE = Exercise(
    name="Slide", rep=REP, reps=(12, 12), rest=30.0, easier=(Variation(text="Less far."),), harder=()
)
PUSH = Exercise(name="Push", rep=REP, reps=(3,), pace=Pace.SELF, limit=60.0)
LIFT = replace(SLIDE, name="Lift")
ROUTINE = Routine(
    id="r",
    name="R",
    steps=(Do(exercise=SLIDE), Wait(what="A strap", limit=60.0), Do(exercise=PUSH), Do(exercise=LIFT)),
    path=None,
)
PLAN = expand(ROUTINE, Settings(coaching=Coaching.SHORT))


def first(kind, *, own=False):
    found = (index for index, step in enumerate(PLAN) if isinstance(step, kind))
    return next(index for index in found if not own or PLAN[index].title == PUSH.name)


MOMENTS = {
    "the intro": 1,
    "a briefing": first(Briefing),
    "a set": first(Work),
    "a rest": first(RestStep),
    "a wait": first(WaitStep),
    "a set at one's own pace": first(Work, own=True),
}
"""The step at which the session begins, with the key that is held."""
SECONDS, RATE_OF_KEYS, DELAY = 10.0, 30, 0.5
SLIPS = {Command.HURTS, Command.EASIER, Command.EXPLAIN, Command.READY}
SLIPS |= {row.command for row in TABLE if row.jumps}
KEYS = [*(row.keys[0] for row in TABLE if row.keys), "enter"]
SOON = 1.5
"""Seconds from the start of the step, or of its first rep, to the key."""


class HeldKey(Diary):
    """A session in which a key is held down for ten seconds; then what it did is taken back, and it stops."""

    def __init__(self, key, moment):
        super().__init__()
        self.key, self.pressed, self.waited = key, 0, 0.0
        self.plan = PLAN[moment:]
        begins = compile_step(0, self.plan[0], KIT).begins / RATE + SOON
        self.due = [begins, *(begins + DELAY + n / RATE_OF_KEYS for n in range(300))]
        self.then = [(0.2, Command.UNDO), (1.0, Command.STOP)]
        self.held: list[str] = []
        """What had happened when the key was let go."""
        self.output = FakeLoudspeaker(self.time_goes_by, 8000)
        self.clock = FakeClock(time=0.0)
        self.clock.wait = self.wait
        ahead = Lookahead(
            self.plan,
            lambda index, step, around: compile_step(index, step, KIT, around),
            done=lambda: None,
            interrupt=lambda: None,
        )
        self.player = Player(
            self.plan,
            ahead,
            FakeDirector(KIT, known=(SLIDE, PUSH, LIFT)),
            mixer=FakeMixer(),
            output=self.output,
            listener=self,
            clock=self.clock,
        )
        self.keys = AutoRepeat(self.ask, self.clock)
        ahead.start()
        self.summary = self.player.run()

    def ask(self, request):
        assert isinstance(request, Key)
        self.player.send(command_for(request.name))

    def wait(self, alarm, length):
        self.waited += length
        self.time_goes_by(self.output)

    def time_goes_by(self, output):
        self.clock.time = output.frames / RATE + self.waited
        while self.due and self.due[0] <= self.clock.time:
            self.last = self.due.pop(0)
            self.keys.send(Key(self.key))
            self.pressed += 1
        if self.due:
            return
        self.held = self.held or [*self.lines]
        while self.then and self.last + self.then[0][0] <= self.clock.time:
            self.player.send(self.then.pop(0)[1])


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("moment", MOMENTS)
def test_ten_seconds_of_a_held_key_lose_nothing(moment, part):
    for key in KEYS[part::4]:
        session = HeldKey(key, MOMENTS[moment])
        row = command_for(key).row
        with naming(f"{key!r} in {moment}"):
            assert session.pressed == 301
            assert "ended" not in session.held
            answers = [line for line in session.held if line.startswith(("yes", "no"))]
            assert row.repeats or len(answers) <= 1, answers
            assert not {each.ending for each in session.summary.results} & {Ending.HURT, Ending.DONE}
            if row.command in SLIPS and answers == [f"yes: {row.command}"]:
                assert f"taken back: {row.command}" in session.lines
                assert session.summary.steps == session.plan
