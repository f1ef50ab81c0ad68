"""Commands that change the plan, given to a player whose output delivers as fast as it is fed."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fakes.clock import FakeClock
from fakes.session import Diary, FakeDirector, FakeLoudspeaker, FakeMixer
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden
from naming import naming

from voicecoach.language import phrases
from voicecoach.routine.bounds import Bounds, Most
from voicecoach.routine.instructions import Instructions
from voicecoach.routine.model import (
    Amrap,
    Do,
    Exercise,
    Pace,
    Posture,
    Rest,
    Round,
    Routine,
    Sides,
    Variation,
    Wait,
)
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.session.commands import TABLE, Command, Door
from voicecoach.session.listener import Ending, SetResult
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.player import Player
from voicecoach.session.resume import remaining
from voicecoach.session.transport import State
from voicecoach.session.undo import LASTS
from voicecoach.session.workload import beyond_most, prescriber
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand, opening
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, Coaching, Hurt, TalkLevel, WaitStep, Work, works
from voicecoach.units import frames

KIT = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load())
SETTINGS = Settings(coaching=Coaching.SHORT)
SLIDE = Exercise(
    name="Slide",
    posture=Posture.SUPINE,
    rep=(Phase(name="slide", seconds=1), Phase(name="back", seconds=1)),
    reps=(5, 5),
    rest=8.0,
    easier=(Variation(text="Slide half as far."),),
)
LIFT = Exercise(name="Arm lift", rep=(Phase(name="lift", seconds=2),), reps=(3,))
ROUTINE = Routine(id="r", name="R", steps=(Do(exercise=SLIDE), Do(exercise=LIFT)), path=Path("r.yaml"))
STEPS = expand(ROUTINE, SETTINGS)[3:]
"""Without the words at the start, which would only take time."""
FIRST_SET = 0
STARTS = [start for start, _ in compile_all(STEPS, KIT).starts()]
REPS = compile_step(FIRST_SET, STEPS[FIRST_SET], KIT).rep_starts()


class CountingMixer(FakeMixer):
    """Knows how much it mixed that was not dropped, as music under a session does."""

    mixed = 0

    def dropped(self, length):
        self.mixed -= length

    def block(self, segment, start, length, then=None):
        self.mixed += length
        return super().block(segment, start, length, then)


class Session:
    """Plays ``steps``, the plan above; ``script`` maps frames heard to commands."""

    def __init__(self, script, steps=STEPS, diary=None):
        self.script = sorted(script.items())
        self.diary = diary or Diary()
        self.output = FakeLoudspeaker(self._delivered)
        ahead = Lookahead(
            steps,
            lambda index, step, around: compile_step(index, step, KIT, around),
            done=lambda: None,
            interrupt=lambda: None,
        )
        mixer = CountingMixer()
        self.player = Player(
            steps,
            ahead,
            FakeDirector(KIT),
            mixer=mixer,
            output=self.output,
            listener=self.diary,
            clock=FakeClock(step=0.05),
        )
        self.diary.send = self.player.send
        ahead.start()
        self.summary = self.player.run()
        assert mixer.mixed == self.output.frames, "the music is not where the session is"

    def _delivered(self, output):
        while self.script and self.script[0][0] <= output.frames:
            output.looks = -20  # no time goes by while it is obeyed
            self.player.send(self.script.pop(0)[1])

    def heard_of(self, index):
        return [frame for span in self.output.blocks if span.segment.index == index for frame in span.frames]


def in_rep(rep, seconds=0.5):
    """The frame of the session that lies that far in a rep of the first set."""
    return STARTS[FIRST_SET] + REPS[rep - 1] + frames(seconds)


def test_slower_is_heard_once_without_a_gap_from_the_next_rep_on():
    session = Session({in_rep(2): Command.SLOWER})
    (slow, *_) = session.summary.done
    assert slow.tempo == (1, 1, 0.9, 0.9, 0.9)
    length = compile_step(FIRST_SET, slow, KIT).frames
    assert session.heard_of(FIRST_SET) == list(range(length))
    assert session.summary.finished
    assert [(result.reps, result.ending) for result in session.diary.results] == [
        (5, Ending.DONE),
        (5, Ending.DONE),
        (3, Ending.DONE),
    ]
    assert session.output.overlaid == ["accepted"]


def test_several_changes_of_tempo_within_one_set():
    session = Session({in_rep(1): Command.SLOWER, in_rep(1) + 50: Command.SLOWER, in_rep(3): Command.FASTER})
    (slow, *_) = session.summary.done
    assert slow.tempo == (1, 0.8, 0.8, 0.9, 0.9)
    heard = session.heard_of(FIRST_SET)
    assert heard == list(range(len(heard)))


def test_slower_twice_with_the_first_about_to_begin():
    """The second one finds the old form still playing, and goes by its beats."""
    session = Session({in_rep(1): Command.SLOWER, in_rep(1, 1.6): Command.SLOWER})
    (slow, *_) = session.summary.done
    assert slow.tempo == (1, 1, 0.8, 0.8, 0.8)
    assert session.heard_of(FIRST_SET) == list(range(compile_step(FIRST_SET, slow, KIT).frames))
    assert session.diary.lines[-1] == "ended"


def test_a_pause_after_slower_goes_on_in_the_slower_set():
    session = Session(
        {in_rep(2): Command.SLOWER, in_rep(4, 1): Command.TOGGLE, in_rep(4, 1) + 1: Command.TOGGLE}
    )
    assert session.summary.finished
    (slow, *_) = session.summary.done
    made = compile_step(FIRST_SET, slow, KIT)
    heard = session.heard_of(FIRST_SET)
    again = heard.index(made.rep_starts()[3], heard.index(made.rep_starts()[3]) + 1)
    assert set(heard) == set(range(made.frames))
    assert heard[again:][-1] == made.frames - 1


def test_more_rest_makes_this_rest_longer():
    rest = FIRST_SET + 1
    session = Session({STARTS[rest] + frames(2): Command.MORE_REST})
    usual = compile_all(STEPS, KIT).segments[rest].frames
    assert session.heard_of(rest) == list(range(usual + frames(15)))


def test_more_rest_in_its_last_moment_still_makes_it_longer():
    rest = FIRST_SET + 1
    usual = compile_all(STEPS, KIT).segments[rest].frames
    session = Session({STARTS[rest] + usual - 10_400: Command.MORE_REST})
    assert session.heard_of(rest) == list(range(usual + frames(15)))


def test_less_is_said_at_once_in_the_same_time_and_everything_again():
    """The level is named in the first silence; the third press brings back the words of each phase."""
    session = Session({in_rep(2): Command.TALK, in_rep(4): Command.TALK, STARTS[2]: Command.TALK})
    made = compile_step(FIRST_SET, STEPS[FIRST_SET], KIT)
    assert session.heard_of(FIRST_SET) == list(range(made.frames))
    lines = session.diary.lines
    cues, names = (lines.index(f"event {level}") for level in ("Cues and names.", "Names and tones."))
    assert lines.index("Cues and names.") < cues, "it is shown at once"
    assert "event Slide." in lines[:cues]
    assert "event Slide." not in lines[cues : lines.index("segment 2")]
    set_after = lines[names + 1 : lines.index("segment 1")]
    assert [line for line in set_after if line != "event phase"] == ["event end_of_set"]
    assert "event Everything again." in lines[lines.index("segment 2") :]
    assert "event Slide." in lines[lines.index("segment 2") :]
    assert {step.talk for step in session.summary.steps} == {TalkLevel.ALL}


def test_a_set_that_goes_on_after_a_pause_is_counted_in_as_much_as_is_said():
    names = Session({in_rep(1): Command.TALK, in_rep(2): Command.TOGGLE, in_rep(2) + 1: Command.TOGGLE})
    counted_in = names.diary.lines[names.diary.lines.index("counting in") :][:5]
    assert counted_in == ["counting in", "segment 0", *["event tick"] * 3]


BRIDGE = Exercise(
    name="Bridge",
    rep=(SLIDE.rep[0], Phase(name="hold", seconds=12, kind=PhaseKind.HOLD), SLIDE.rep[1]),
    reps=(2,),
)
PLANK = Exercise(name="Plank", duration=12)


class Pausing(Diary):
    """Pauses at these seconds of the first long hold, and goes on at once."""

    send: Any

    def __init__(self, *seconds):
        super().__init__()
        self.seconds = list(seconds)

    def moved(self, position):
        held = next((beat for beat in position.segment.beats if beat.goes_on), None)
        if held and self.seconds and position.frame >= held.frame + frames(self.seconds[0]):
            del self.seconds[0]
            self.send(Command.PAUSE)
            self.send(Command.RESUME)


@pytest.mark.parametrize(("exercise", "planned"), [(BRIDGE, 28), (PLANK, 12)])
@pytest.mark.parametrize("pauses", [(), (5,), (5, 6.5), (11,)])
def test_a_hold_goes_on_after_a_pause_with_what_was_left_and_is_written_down_as_planned(
    exercise, planned, pauses
):
    steps = expand(replace(ROUTINE, steps=(Do(exercise=exercise),)), SETTINGS)[3:]
    session = Session({}, steps, Pausing(*pauses))
    (result,) = session.summary.results
    assert (result.frames, result.reps, result.ending) == (frames(planned), result.work.reps, Ending.DONE)
    index = steps.index(result.work)
    held = next(beat for beat in compile_step(index, result.work, KIT).beats if beat.goes_on)
    spans = [span for span in session.output.blocks if span.segment.index == index and span.segment.restarts]
    heard = sum(held.frame <= frame < held.end for span in spans for frame in span.frames)
    again = sum(max(0, second - 7) for second in pauses)  # so that five seconds are left
    assert frames(12 + again) <= heard <= frames(12 + again + 1.2 * len(pauses)), "each once, and a cut word"


REST = STARTS[FIRST_SET + 1]
RESULTS = {
    "skip the rest": {REST + frames(2): Command.SKIP_REST},
    "explain": {in_rep(3): Command.EXPLAIN},
    "this hurts": {in_rep(3): Command.HURTS},
    "this hurts, in a pause": {in_rep(2): Command.PAUSE, in_rep(2) + 1: Command.HURTS},
    "easier": {in_rep(3): Command.EASIER},
    "stop": {in_rep(4): Command.STOP},
    "next, in the tone at the end": {in_rep(5, 2.1): Command.NEXT},
    "stop, in the tone at the end": {in_rep(5, 2.1): Command.STOP},
    "this hurts, in the tone at the end": {in_rep(5, 2.1): Command.HURTS},
}


def test_what_is_done_of_each_set():
    """By command the exercise and the set, its reps, the seconds that they took, and how it ended."""
    lines = []
    for name, script in RESULTS.items():
        session = Session(script)
        lines.append(name)
        for each in session.summary.results:
            work, length = each.work, each.frames / frames(1)
            lines.append(f"    {work.title} {work.set_number}: {each.reps} in {length:.1f} s, {each.ending}")
        assert session.diary.results == list(session.summary.results)
        assert session.summary.finished == (Command.STOP not in script.values()), name
    assert_golden(Path(__file__).parent / "cases" / "results.txt", "\n".join(lines) + "\n")


AFTER_A_SET = {"rest": REST + frames(2), "ready": STARTS[FIRST_SET + 2] + frames(0.5)}


@pytest.mark.parametrize("when", AFTER_A_SET)
def test_what_hurts_after_a_set_is_the_exercise_before(when):
    """Also while nothing of the next set was done yet."""
    session = Session({AFTER_A_SET[when]: Command.HURTS})
    [first, *others] = session.summary.results
    assert (first.work.title, first.reps, first.ending) == ("Slide", 5, Ending.HURT)
    assert [each.work.title for each in others] == ["Arm lift"]
    assert f"hurt: {SLIDE.key}" in session.diary.lines


BEFORE_A_SET = {"briefing": STARTS[0] + frames(1), "count-in": STARTS[FIRST_SET] + frames(0.5)}


@pytest.mark.parametrize("when", BEFORE_A_SET)
def test_what_hurts_before_its_first_rep_is_known_with_nothing_done(when):
    """On the way into the position, for one: the rules and the report have to hear of it."""
    session = Session({BEFORE_A_SET[when]: Command.HURTS})
    [first, *others] = session.summary.results
    assert (first.work.title, first.reps, first.frames, first.ending) == ("Slide", 0, 0, Ending.HURT)
    assert [each.work.title for each in others] == ["Arm lift"]
    assert session.diary.results == list(session.summary.results)


def test_what_hurts_in_a_wait_is_the_exercise_before():
    fetched = (Do(exercise=SLIDE), Wait(what="a chair"), Do(exercise=LIFT))
    steps = expand(replace(ROUTINE, steps=fetched), SETTINGS)[3:]
    index = next(index for index, step in enumerate(steps) if isinstance(step, WaitStep))
    begins = [start for start, _ in compile_all(steps, KIT).starts()][index]
    session = Session({begins + frames(3): Command.HURTS}, steps)
    assert [(each.work.title, each.ending) for each in session.summary.results] == [
        ("Slide", Ending.DONE),
        ("Slide", Ending.HURT),
        ("Arm lift", Ending.DONE),
    ]
    assert isinstance(session.summary.steps[index + 1], WaitStep), "the chair is still to be fetched"


def test_an_easier_form_asked_for_in_the_last_moment_of_a_rest_is_said_from_its_start():
    """By then the set after the rest has been written, though nobody has heard it."""
    rest = FIRST_SET + 1
    end = STARTS[rest] + compile_step(rest, STEPS[rest], KIT).frames
    session = Session({end - 1_000: Command.EASIER})
    said = compile_step(rest + 1, session.summary.steps[rest + 1], KIT)
    assert session.heard_of(rest + 1)[-said.frames :] == list(range(said.frames))
    assert "event Easier: Slide half as far." in session.diary.lines
    assert [result.reps for result in session.diary.results] == [5, 5, 3]
    assert session.summary.finished


def test_back_and_back_again_and_then_this_hurts():
    """What was heard last is no longer in the plan."""
    last = STARTS[-2] + frames(5)
    session = Session({last: Command.BACK, last + frames(1): Command.BACK, last + frames(2): Command.HURTS})
    assert "Slide hurt" in [f"{step.title} hurt" for step in session.summary.steps]
    assert all(position.remaining >= 0 for position in session.diary.positions)
    assert session.summary.finished


def test_what_is_refused_is_answered_and_changes_nothing():
    session = Session({in_rep(2): Command.HARDER, in_rep(3): Command.SKIP_REST, in_rep(4): Command.READY})
    assert session.output.overlaid == ["refused", "refused"]
    refusals = [line for line in session.diary.lines if line.startswith("no: ")]
    assert refusals[0] == "no: harder: There is no harder variation of Slide."
    assert session.heard_of(FIRST_SET) == list(range(max(session.heard_of(FIRST_SET)) + 1))


ENDLESS = {Command.STOP, Command.PAUSE, Command.TOGGLE} | {
    row.command for row in TABLE if row.door is Door.LEVEL
}
"""After these no more frames are heard, so that nothing would press the next key; or nothing else is."""


@pytest.mark.parametrize("command", [command for command in Command if command not in ENDLESS])
def test_any_command_in_any_quick_succession_lets_the_session_end(command):
    session = Session({in_rep(1 + number % 5, number / 10): command for number in range(12)})
    assert session.diary.lines[-1] == "ended"


def test_muting_mixes_again_what_was_not_heard_yet():
    session = Session({in_rep(2): Command.MUTE})
    heard = session.heard_of(FIRST_SET)
    assert sorted(set(heard)) == list(range(max(heard) + 1))
    assert len(heard) - len(set(heard)) <= 10  # what fades is heard again
    assert session.summary.finished


def timed(name):
    return Do(exercise=Exercise(name=name, duration=20.0))


CIRCUIT = (timed("Squat"), Rest(seconds=0), timed("Plank"), Rest(seconds=5), timed("Lunge"))


def test_one_set_runs_on_into_the_next_and_who_goes_there_by_a_key_is_told_and_counted_in():
    """Who comes in the middle of a written time has not heard what is said at its beginning."""
    steps = expand(replace(ROUTINE, steps=CIRCUIT), SETTINGS)[3:]
    squat, plank, lunge = (index for index, step in enumerate(steps) if isinstance(step, Work))
    segments = compile_all(steps, KIT).segments
    session = Session({}, steps)
    assert session.output.frames == sum(segment.frames for segment in segments)
    first, last = (sum(each.frames for each in segments[:index]) for index in (squat, lunge))
    go, end = first + segments[squat].begins, last + segments[lunge].ends
    assert end - go == frames(20 + 0 + 20 + 5 + 20)
    told = "event Twenty seconds."
    assert told not in session.diary.lines
    seen = [line for line in session.diary.lines if line.startswith("segment ")]
    assert seen == [f"segment {index}" for index, each in enumerate(segments) if each.frames]
    session = Session({first + frames(10): Command.NEXT}, steps)
    assert told in session.diary.lines
    whole = compile_step(plank, steps[plank], KIT)
    assert len(session.heard_of(plank)) == whole.begins + segments[plank].frames
    assert [(each.work.title, each.ending) for each in session.diary.results] == [
        ("Squat", Ending.SKIPPED),
        ("Plank", Ending.DONE),
        ("Lunge", Ending.DONE),
    ]


class GoTimes(Diary):
    """Notes the frames that were heard before each "go"."""

    def event_started(self, event):
        super().event_started(event)
        if self.lines[-1] == "event go":
            self.lines.append(f"go at {self.positions[-1].elapsed}")

    @property
    def went(self):
        return [int(line.removeprefix("go at ")) for line in self.lines if line.startswith("go at ")]


def test_a_written_time_that_a_key_led_into_is_whole_again_for_who_goes_back():
    row = Exercise(name="Row", rep=(Phase(name="lift", seconds=2),), reps=(5,))
    rounds = tuple(Do(exercise=row, rounds=(Round(number, 3, 60.0),)) for number in (1, 2, 3))
    steps = expand(replace(ROUTINE, steps=rounds), SETTINGS)[3:]
    go = next(start + segment.begins for start, segment in compile_all(steps, KIT).starts() if segment.work)
    session = Session({go + frames(5): Command.NEXT, go + frames(6): Command.BACK}, steps, GoTimes())
    _, *again = session.diary.went
    assert [later - earlier for earlier, later in pairwise(again)] == [frames(60)] * 2


def test_who_is_done_early_rests_until_the_minute_is_over():
    swings = Exercise(name="Swings", rep=(Phase(name="swing", seconds=4),), reps=(5,), pace=Pace.SELF)
    rounds = tuple(Do(exercise=swings, rounds=(Round(number, 3, 60.0),)) for number in (1, 2, 3))
    steps = expand(replace(ROUTINE, steps=rounds), SETTINGS)[3:]
    first = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    go = compile_all(steps, KIT).segments[first].begins
    session = Session({go + frames(25): Command.READY, go + frames(60 + 57): Command.READY}, steps, GoTimes())
    results = session.diary.results
    assert [each.ending for each in results] == [Ending.DONE] * 3
    assert [round(each.frames / 48_000) for each in results[:2]] == [25, 57]
    assert [later - earlier for earlier, later in pairwise(session.diary.went)] == [frames(60)] * 2
    assert "event The last round. Next: Swings." in session.diary.lines


def test_enter_counts_rounds_while_the_time_goes_on():
    """The number is said at once, and the time is not a frame longer."""
    work = Do(exercise=Exercise(name="Circuit", duration=60.0, amrap=Amrap.ROUNDS))
    steps = expand(replace(ROUTINE, steps=(work,)), SETTINGS)[3:]
    index = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    whole = compile_all(steps, KIT)
    go = sum(each.frames for each in whole.segments[:index]) + whole.segments[index].begins
    keys = {go - frames(1): Command.READY, go + frames(20): Command.READY, go + frames(45): Command.READY}
    session = Session(keys, steps)
    assert session.output.frames == whole.frames
    [result] = session.diary.results
    assert ([round(each) for each in result.work.marked], result.ending) == ([20, 45], Ending.DONE)
    assert [line for line in session.diary.lines if "Round" in line] == [
        "event Round one done.",
        "event Round two done.",
    ]
    assert session.diary.lines.count("yes: count") == 2


def test_a_round_that_was_counted_by_a_slip_is_taken_back_while_the_time_goes_on():
    work = Do(exercise=Exercise(name="Circuit", duration=60.0, amrap=Amrap.ROUNDS))
    steps = expand(replace(ROUTINE, steps=(work,)), SETTINGS)[3:]
    index = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    whole = compile_all(steps, KIT)
    go = sum(each.frames for each in whole.segments[:index]) + whole.segments[index].begins
    keys = {20: Command.READY, 25: Command.READY, 30: Command.UNDO, 45: Command.READY, 62: Command.UNDO}
    session = Session({go + frames(at): command for at, command in keys.items()}, steps)
    assert session.output.frames == whole.frames
    [result] = session.diary.results
    assert ([round(each) for each in result.work.marked], result.ending) == ([20, 45], Ending.DONE)
    assert session.diary.lines.count("yes: undo") == 1
    assert "no: undo: There is nothing to take back." in session.diary.lines


def test_a_set_that_begins_again_counts_from_one():
    work = Do(exercise=Exercise(name="Circuit", duration=60.0, amrap=Amrap.ROUNDS))
    steps = expand(replace(ROUTINE, steps=(work,)), SETTINGS)[3:]
    index = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    whole = compile_all(steps, KIT)
    go = sum(each.frames for each in whole.segments[:index]) + whole.segments[index].begins
    again = go + frames(40) + whole.segments[index].begins
    keys = {
        go + frames(20): Command.READY,
        go + frames(40): Command.REPEAT,
        again + frames(30): Command.READY,
    }
    session = Session(keys, steps)
    counted = [[round(at) for at in each.work.marked] for each in session.diary.results]
    assert counted == [[20], [30]]
    assert [line for line in session.diary.lines if "Round" in line] == 2 * ["event Round one done."]


@pytest.mark.parametrize("runs_on", [False, True])
def test_the_last_round_counts_also_in_the_last_moment_and_two_right_after_each_other_do(runs_on):
    work = timed("Circuit")
    work = replace(work, exercise=replace(work.exercise, amrap=Amrap.ROUNDS))
    steps = expand(
        replace(ROUTINE, steps=(work, Rest(seconds=0 if runs_on else 5), timed("Lunge"))), SETTINGS
    )[3:]
    whole = compile_all(steps, KIT)
    index = next(index for index, step in enumerate(steps) if isinstance(step, Work))
    go = sum(each.frames for each in whole.segments[:index]) + whole.segments[index].begins
    session = Session({go + frames(at): Command.READY for at in (8, 8.3, 19.5)}, steps)
    assert session.output.frames == whole.frames
    circuit, lunge = session.diary.results
    assert [round(each) for each in circuit.work.marked] == [8, 8, 20]
    assert (circuit.ending, lunge.ending) == (Ending.DONE, Ending.DONE)
    assert session.diary.lines.count("yes: count") == 3
    assert not [line for line in session.diary.lines if line.startswith("no:")]


CLAM = Exercise(
    name="Clam",
    rep=(Phase(name="lift", seconds=1), Phase(name="lower", seconds=1)),
    reps=(3, 3),
    rest=8.0,
)
HOLD = replace(CLAM, rep=(), reps=(1, 1), duration=30.0)
BY_ANNA = Instructions(by="Anna Berg, physiotherapist")


@pytest.mark.parametrize(
    ("exercise", "most", "by", "said"),
    [
        (CLAM, (3, 3), BY_ANNA, "Clam as planned is all that Anna Berg asked for today."),
        (CLAM, (3, 3), Instructions(), "Clam as planned is all that was prescribed for today."),
        (CLAM, (3, 3, 3), BY_ANNA, ""),  # one set more is still within it
        (CLAM, None, BY_ANNA, ""),
        (HOLD, (1, 1), BY_ANNA, "Clam as planned is all that Anna Berg asked for today."),
        (replace(CLAM, sides=Sides.EACH), (3, 3), BY_ANNA, "Clam as planned is all"),
        (replace(CLAM, sides=Sides.SWAP, reps=(6,)), (6,), BY_ANNA, "Clam as planned is all"),
    ],
)
def test_no_set_is_done_again_beyond_what_was_prescribed(exercise, most, by, said):
    bounded = replace(exercise, bounds=Bounds(most=Most(reps=most)))
    routine = replace(ROUTINE, steps=(Do(exercise=bounded), Do(exercise=LIFT)), instructions=by)
    steps = expand(routine, SETTINGS)
    starts = [start for start, _ in compile_all(steps, KIT).starts()]
    number = [index for index, step in enumerate(steps) if isinstance(step, Work)][1]
    session = Session({starts[number]: Command.REPEAT}, steps)
    refusals = [line for line in session.diary.lines if line.startswith("no: ")]
    assert bool(refusals) == bool(said)
    assert all(line.startswith(f"no: repeat: {said}") for line in refusals)
    of_it = [each for each in session.diary.results if each.work.exercise.name == "Clam"]
    planned = [step for step in steps if isinstance(step, Work) and step.title == "Clam"]
    assert len(of_it) == len(planned) + (not said)


def test_what_was_only_begun_or_skipped_may_be_done_again_and_a_pause_is_never_refused():
    bounded = replace(SLIDE, bounds=Bounds(most=Most(reps=SLIDE.reps)))
    steps = expand(replace(ROUTINE, steps=(Do(exercise=bounded), Do(exercise=LIFT))), SETTINGS)[3:]
    session = Session(
        {
            in_rep(1): Command.REPEAT,  # in the first rep: a false start
            in_rep(1) + 50_000: Command.NEXT,
            in_rep(1) + 100_000: Command.BACK,
            in_rep(1) + 500_000: Command.PAUSE,
            in_rep(1) + 500_001: Command.RESUME,
        },
        steps,
    )
    assert "refused" not in session.output.overlaid


def test_a_session_that_goes_on_knows_which_sets_were_done_before():
    three = replace(SLIDE, reps=(5, 5, 5), bounds=Bounds(most=Most(reps=(5, 5, 5))))
    routine = replace(ROUTINE, steps=(Do(exercise=three), Do(exercise=LIFT)), instructions=BY_ANNA)
    steps = expand(routine, SETTINGS)
    last = works(steps)[2]
    left = remaining(SavedPlan(steps=steps, at=steps.index(last)), opening("R", SETTINGS))
    third = SetResult(last, 5, frames(10), Ending.DONE)
    again = next(index for index, step in enumerate(left) if isinstance(step, Briefing))
    assert beyond_most(left, again, ()) is None
    assert beyond_most(left, again, (third,)) == three
    assert prescriber(left) == "Anna Berg"


OWN = replace(LIFT, name="Squat", pace=Pace.SELF, limit=60.0)
WHOLE = expand(replace(ROUTINE, steps=(Do(exercise=SLIDE), Do(exercise=OWN), Do(exercise=LIFT))), SETTINGS)[
    3:
]
BEGINS = [start for start, _ in compile_all(WHOLE, KIT).starts()]
OWN_SET = next(index for index, step in enumerate(WHOLE) if isinstance(step, Work) and step.title == "Squat")
DONE = [("Slide", 5), ("Slide", 5), ("Squat", 3), ("Arm lift", 3)]
TAKEN_BACK = [*(row.command for row in TABLE if row.jumps), Command.EXPLAIN, Command.EASIER, Command.HURTS]


@pytest.mark.parametrize("where", ["set", "rest", "briefing"])
def test_a_slip_that_is_taken_back_leaves_the_session_as_if_it_had_not_been(where):
    index = {"set": 0, "rest": 1, "briefing": OWN_SET - 1}[where]
    at = BEGINS[index] + (REPS[2] + frames(0.5) if where == "set" else frames(2))
    tried = 0
    for command in TAKEN_BACK:
        session = Session({at: command, at + frames(1): Command.UNDO}, WHOLE)
        with naming(f"{command} in a {where}"):
            if f"yes: {command}" not in session.diary.lines:
                continue
            tried += 1
            assert f"taken back: {command}" in session.diary.lines
            assert session.summary.steps == WHOLE
            assert [(each.work.title, each.reps) for each in session.summary.results] == DONE
            assert {each.ending for each in session.summary.results} == {Ending.DONE}
            assert session.diary.results == list(session.summary.results)
            assert session.summary.finished
    assert tried >= 4


def test_a_set_at_ones_own_pace_that_was_ended_by_a_slip_goes_on():
    at = BEGINS[OWN_SET] + frames(12)
    session = Session(
        {at: Command.READY, at + frames(4): Command.UNDO, at + frames(20): Command.READY}, WHOLE
    )
    assert [(each.work.title, each.reps) for each in session.summary.results] == DONE
    assert session.diary.lines.count("yes: ready") == 2
    assert session.summary.results[2].frames > frames(10)


def test_who_takes_it_back_is_counted_in_to_the_rep_that_was_left():
    session = Session({in_rep(3): Command.HURTS, in_rep(3) + frames(4): Command.UNDO})
    lines = session.diary.lines
    assert lines[lines.index("taken back: hurts") + 1 :].index("counting in") == 0
    of_set = [span.frames for span in session.output.blocks if span.segment.work is STEPS[FIRST_SET]]
    of_set = [frames for frames in of_set if frames[0] >= REPS[0]]  # without the count-in
    assert [second[0] for first, second in pairwise(of_set) if second[0] != first[-1] + 1] == [REPS[2]]


def test_a_plan_that_ends_before_what_was_changed_in_mid_play_is_gone_on_with():
    steps = expand(replace(ROUTINE, steps=(Do(exercise=SLIDE),)), SETTINGS)[3:]
    in_last_set = [start for start, _ in compile_all(steps, KIT).starts()][2] + REPS[0]
    keys = [Command.FASTER, Command.REPEAT, Command.HURTS]
    session = Session({in_last_set + frames(2 * number): key for number, key in enumerate(keys)}, steps)
    assert [type(step) for step in session.summary.steps] == [Hurt, type(steps[-1])]


def test_it_can_be_taken_back_for_a_while_which_a_pause_does_not_shorten():
    told = "no: undo: That was more than twenty seconds ago, so it stays."
    for then, helps in ((LASTS - 4_000, True), (LASTS + 4_000, False)):
        session = Session({in_rep(3): Command.HURTS, in_rep(3) + then: Command.UNDO})
        assert (told not in session.diary.lines) is helps
        assert (Ending.HURT not in {each.ending for each in session.summary.results}) is helps
        assert any(isinstance(step, Hurt) for step in session.summary.steps) is not helps


def test_what_was_taken_back_is_taken_back_once_and_what_came_before_it_then():
    """A finger that slips twice: the last one first."""
    at = in_rep(3)
    keys = [Command.HURTS, Command.NEXT, Command.UNDO, Command.UNDO, Command.UNDO]
    session = Session({at + frames(2 * number): key for number, key in enumerate(keys)})
    lines = [line for line in session.diary.lines if line.startswith(("taken", "no"))]
    assert lines == [
        "taken back: next",
        "taken back: hurts",
        "no: undo: There is nothing to take back.",
    ]
    assert session.summary.steps == STEPS
    assert [each.reps for each in session.summary.results] == [5, 5, 3]


class Thinking(Diary):
    """Pauses before they say that it hurts, takes that back, and goes on after a while."""

    send: Any
    paused = 0

    def state_changed(self, state):
        super().state_changed(state)
        if state is State.PAUSED:
            self.paused += 1
            self.send(Command.HURTS if self.paused == 1 else Command.RESUME)

    def obeyed(self, command):
        super().obeyed(command)
        if command is Command.HURTS:
            self.send(Command.UNDO)


class Resting(Thinking):
    """Pauses after a slip, takes it back there, and goes on a while later."""

    def state_changed(self, state):
        Diary.state_changed(self, state)
        if state is State.PAUSED:
            self.paused += 1
            self.send(Command.UNDO if self.paused == 1 else Command.RESUME)

    def obeyed(self, command):
        Diary.obeyed(self, command)
        if command is Command.UNDO:
            assert self.lines[-2:] == ["paused", "yes: undo"]
            self.send(Command.RESUME)


def test_who_pauses_after_a_slip_stays_in_the_pause_when_it_is_taken_back():
    session = Session({in_rep(3): Command.HURTS, in_rep(3) + frames(2): Command.PAUSE}, diary=Resting())
    lines = session.diary.lines
    assert lines[lines.index("taken back: hurts") + 1 :].index("yes: resume") == 0
    assert session.summary.steps == STEPS


def test_who_paused_first_is_in_the_pause_again():
    session = Session({in_rep(3): Command.PAUSE}, diary=Thinking())
    lines = [line for line in session.diary.lines if line in {*State, "taken back: hurts"}]
    assert lines == ["paused", "playing", "taken back: hurts", "paused", "counting in", "playing", "ended"]
    assert {each.ending for each in session.summary.results} == {Ending.DONE}


def test_what_was_done_since_the_slip_stays_done():
    """A rest that is skipped by a slip, and the first reps after it."""
    rest = STARTS[FIRST_SET + 1] + frames(1)
    session = Session({rest: Command.SKIP_REST, rest + frames(8): Command.UNDO})
    assert [(each.reps, each.ending) for each in session.summary.results] == [
        (5, Ending.DONE),
        (1, Ending.SKIPPED),
        (5, Ending.DONE),
        (3, Ending.DONE),
    ]
    assert session.diary.results == list(session.summary.results)
