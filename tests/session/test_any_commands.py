"""Any commands at any moments, on an output that takes 0.2 s at a time and a look-ahead that comes late."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import FakeClock
from fakes.journal import session_on
from fakes.session import Diary, FakeDirector, FakeMixer, FakeOutput, runs
from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import example, given
from hypothesis import strategies as st
from scores import assert_nothing_overlaps_or_is_cut

from voicecoach.journal.recorder import JournalListener
from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Pace, Posture, Routine, Sides, Variation, Wait
from voicecoach.routine.model import Rest as RestStep
from voicecoach.routine.phase import Phase
from voicecoach.session import player
from voicecoach.session.commands import TABLE, WARY, Command, Door, Doubt
from voicecoach.session.listener import Ending, Listener, Listeners
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.resume import remaining
from voicecoach.session.transport import State
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching, Hurt, praised, works
from voicecoach.units import frames

KIT = Kit(LetterSpeech(seconds_per_letter=0.03), SOUNDS, phrases.load())
GUESS = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load())
SETTINGS = Settings(coaching=Coaching.SHORT)
AHEAD = frames(0.2)
LIFT = Exercise(id="lift", name="Lift", rep=(Phase(name="lift", seconds=2),), reps=(4, 3, 2))
SLIDE = Exercise(
    name="Slide",
    posture=Posture.SUPINE,
    rep=(Phase(name="slide", seconds=1), Phase(name="back", seconds=1)),
    reps=(5, 5),
    rest=8.0,
    sides=Sides.EACH,
    easier=(Variation(text="Slide half as far."), Variation(exercise="lift")),
)
PUSH = Exercise(name="Push", rep=LIFT.rep, reps=(3,), pace=Pace.SELF, limit=20.0)
STEPS = (Do(exercise=SLIDE), Wait(what="A strap", limit=15.0), Do(exercise=PUSH), RestStep(seconds=12.0))
ROUTINE = Routine(
    id="r", name="R", steps=(*STEPS, Do(exercise=SLIDE), Do(exercise=LIFT)), path=Path("r.yaml")
)
PRAISE = {each.key: f"All of {each.name}." for each in (SLIDE, PUSH, LIFT)}
PLAN = praised(expand(ROUTINE, SETTINGS), PRAISE)
COMMANDS = [row.command for row in TABLE if row.door is not Door.LEVEL or row.command is Command.MUTE]


AFTER_THE_FIRST_SET = (Command.RESUME, Command.RESUME, Command.HURTS, Command.BACK, Command.EASIER)


class LateAhead(Lookahead):
    """Makes one segment in every few times that it is asked, and the one wanted first, without a thread."""

    def __init__(self, steps, every):
        super().__init__(steps, self.compiled, done=lambda: None, interrupt=lambda: None)
        self.every, self.asked = every, 0

    def compiled(self, index, step, around):
        return compile_step(index, step, KIT, around)

    def start(self):
        self._idle = False

    def wait(self, index, timeout):
        self._wanted, self.asked = index, self.asked + 1
        if not self._is_ready(index) and self.asked % self.every == 0:
            found, step, around, join = self._next()
            made = self._make(found, step, around)
            self._ready[found] = (step, around, join(made) if join else made)
        return self.peek(index)


class Session(Diary):
    """Plays the plan above, and presses each key so many seconds after the one before."""

    def __init__(self, keys, every, *others):
        super().__init__()
        self.keys, self.next_at, self.paused = list(keys), 0.0, False
        self.output = FakeOutput(self.delivered, AHEAD)
        ahead = LateAhead(PLAN, every)
        self.player = player.Player(
            PLAN,
            ahead,
            FakeDirector(KIT, GUESS, (LIFT,)),
            mixer=FakeMixer(),
            output=self.output,
            listener=Listeners(self, *others),
            clock=FakeClock(step=0.0001),
        )
        ahead.start()
        self.summary = self.player.run()

    def delivered(self, output):
        if self.paused and not self.keys:
            self.player.send(Command.RESUME)
        while self.keys and (self.paused or output.frames >= self.next_at):
            wait, command = self.keys.pop(0)
            self.next_at = output.frames + frames(wait)
            self.player.send(command)

    def state_changed(self, state):
        super().state_changed(state)
        self.paused = state is State.PAUSED

    def event_started(self, event):
        super().event_started(event)
        if isinstance(event, Speak) and event.text in PRAISE.values():
            self.assert_all_was_done(event.text)

    def assert_all_was_done(self, praise):
        """Every set of the last place of the exercise was heard to its end, in one piece or in several."""
        planned = [work for work in works(PLAN) if PRAISE[work.exercise.key] == praise]
        for work in (each for each in planned if each.block == planned[-1].block):
            same = (work.block, work.set_number, work.side)
            parts = [
                each
                for each in self.results
                if (each.work.block, each.work.set_number, each.work.side) == same
            ]
            assert sum(each.reps for each in parts) >= work.reps, (praise, same)

    def planned(self, script):
        assert [step.block for step in script.steps] == [segment.block for segment in script.outline]
        assert [segment.index for segment in script.outline] == list(range(len(script.steps)))


def assert_unbroken(output):
    """Nothing is left out, said twice or cut, but where somebody jumped; no estimate is ever played."""
    before: Any = None
    at = 0
    for segment, start, length in runs(output):
        if start == 0:
            says = [event for event in segment.events if isinstance(event, Speak)]
            assert_nothing_overlaps_or_is_cut(segment, says, KIT.speech.measure)
        if at not in output.jumps:
            last, end = before
            if segment is last:
                assert start == end
            elif start == 0:
                assert (end, segment.index) == (last.frames, last.index + (not is_aside(last)))
            elif last.frames == end:
                assert start == segment.resume_at(start)  # counted in
            else:
                assert (segment.index, start) == (last.index, end)
                assert under_way(last, end) == under_way(segment, end)
        before, at = (segment, start + length), at + length


def is_aside(segment):
    """Whether it is what the coach says before a segment goes on."""
    answers = ("About ", "You can say")
    return len(segment.events) == 1 and getattr(segment.events[0], "text", "").startswith(answers)


def under_way(segment, frame):
    """What sounds at a frame, and the beats before it."""
    sounding = [event for event in segment.events if event.frame < frame < event.end]
    return sounding, [beat for beat in segment.beats if beat.frame < frame]


def keys_pressed(*waits, least=0):
    """Commands, each so many seconds before the next."""
    requests = st.sampled_from([*COMMANDS, *map(Doubt, sorted(WARY))])
    return st.lists(st.tuples(st.sampled_from(waits), requests), min_size=least, max_size=15)


@pytest.fixture(autouse=True, scope="module")
def _long_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(player, "BLOCK", frames(0.1))
        patch.setattr(player, "MOMENT", 0.0)
        yield


@given(keys=keys_pressed(0.0, 0.1, 0.3, 1.0, 4.0, 15.0), every=st.sampled_from([1, 1, 40]))
def test_any_commands(keys, every):
    session = Session(keys, every)
    assert session.lines.count("ended") == 1
    assert_unbroken(session.output)
    assert all(position.remaining >= 0 for position in session.positions)
    assert session.results == list(session.summary.results)
    assert all(result.reps <= result.work.reps for result in session.results)
    assert all(result.reps == result.work.reps for result in session.results if result.ending == "done")


class Kept:
    """Keeps the last plan, and the place in it, instead of a journal with its writer."""

    session, error, number = session_on(0), None, 1

    def put(self, entry):
        entry.write(self, self.number)

    def keep_plan(self, session, plan):
        self.plan = plan

    def keep_place(self, session, at):
        self.plan = replace(self.plan, at=at)

    def add_set(self, session, done, at, heard):
        self.keep_place(session, at)

    def take_back(self, session, sets, at, event):
        self.keep_place(session, at)

    def __getattr__(self, name):
        return lambda *_: None


class Interrupting(Listener):
    """Whenever something happens, compares what would be left with what is to come."""

    def __init__(self, recorder):
        self.recorder, self.here, self.done = recorder, 0, False

    def segment_started(self, segment):
        self.here, self.done = segment.index, False
        self.compare()

    def set_ended(self, result):
        self.done = result.ending is Ending.DONE
        self.compare()

    def taken_back(self, command, at, endings):
        self.here, self.done = at, False

    def planned(self, script):
        self.steps = script.steps
        if script.at != self.here:
            self.here, self.done = script.at, False
        self.compare()
        over = {step.exercise.key for step in self.steps if isinstance(step, Hurt)}
        assert not over & {work.exercise.key for work in self.left}

    def compare(self):
        self.plan = SavedPlan(steps=self.steps, at=self.recorder._at, written=self.recorder._blocks)
        self.left = works(remaining(self.plan, ()))
        hurt = {step.exercise.key for step in self.steps if isinstance(step, Hurt)}
        coming = works(self.steps[self.here + self.done :])
        assert self.left == tuple(work for work in coming if work.exercise.key not in hurt)


@given(keys=keys_pressed(0.3, 15.0, 45.0, least=4))
@example(keys=[(45.0, Command.RESUME), (0.3, Command.TOGGLE), (0.3, Command.BACK), (0.3, Command.EASIER)])
@example(keys=list(zip([15.0, 45.0, 0.3, 0.3, 0.3], AFTER_THE_FIRST_SET, strict=True)))
def test_interrupted_at_any_moment_what_is_left_is_what_was_to_come(keys):
    kept = Kept()
    recorder = JournalListener(kept, lambda: datetime.now(UTC))  # type: ignore[arg-type]  # all it needs
    interrupting = Interrupting(recorder)
    Session(keys, 1, recorder, interrupting)
    assert kept.plan == interrupting.plan
