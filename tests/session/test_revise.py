"""Edits of a plan by commands: pure, on plans with estimated speech."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from scores import assert_nothing_overlaps_or_is_cut, assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Phase, PhaseKind, Posture, Rest, Routine, Sides, Variation
from voicecoach.session.commands import TABLE, Command, Door
from voicecoach.session.edits import AHEAD, MORE_REST, PlanPosition, Refused, revise
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand, expand_exercise
from voicecoach.timeline.segment import SegmentKind, reps_done, splice
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import (
    FASTEST_TEMPO,
    SLOWEST_TEMPO,
    Briefing,
    ChangeSides,
    Coaching,
    Hurt,
    OtherVariation,
    RestStep,
    SayStep,
    Work,
    works,
)
from voicecoach.units import frames

SLIDE = Exercise(
    id="slide",
    name="Heel slide",
    posture=Posture.SUPINE,
    why="It wakes the muscles.",
    position=("Lie on your back.",),
    movement="Slide your {side} heel away.",
    rep=(
        Phase(name="slide", seconds=3),
        Phase(name="hold", seconds=2, kind=PhaseKind.HOLD),
        Phase(name="back", seconds=3),
    ),
    reps=(4, 4),
    leg_rule=True,
    easier=(Variation(text="Slide half as far."), Variation(exercise="lift")),
    harder=(Variation(exercise="lift"),),
)
TURN = Exercise(
    id="turn",
    name="Knee drop",
    posture=Posture.SUPINE,
    rep=(Phase(name="drop", seconds=2), Phase(name="return", seconds=2)),
    reps=(6,),
    sides=Sides.EACH,
)
LIFT = Exercise(
    id="lift",
    name="Arm lift",
    equipment=("weights",),
    posture=Posture.STANDING,
    rep=(Phase(name="lift", seconds=2),),
    reps=(5, 5, 5),
)
MARCH = Exercise(id="march", name="March", duration=60.0, posture=Posture.STANDING, cadence=100)
STEPS = (
    Do(exercise=SLIDE),
    Do(exercise=TURN),
    Rest(seconds=40.0),
    Do(exercise=SLIDE),
    Do(exercise=MARCH),
)


KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())


def assert_whole(segment):
    says = [event for event in segment.events if hasattr(event, "text")]
    assert_nothing_overlaps_or_is_cut(segment, says, KIT.speech.measure)


class Forms:
    """The variations that the exercises name themselves."""

    def of(self, exercise, *, harder):
        for variation in exercise.harder if harder else exercise.easier:
            yield variation.text or LIFT

    def plan(self, block, exercise, posture):
        return expand_exercise(block, exercise, Settings(), posture)


@dataclass
class At:
    """A place in a plan, by what is there."""

    steps: tuple
    index: int
    frame: int

    @property
    def place(self):
        return PlanPosition(self.index, self.frame, compile_step(self.index, self.steps[self.index], KIT))

    def ask(self, command):
        return revise(self.steps, self.place, command, Forms())


@pytest.fixture
def steps():
    return expand(Routine(id="r", name="R", steps=STEPS, path=Path("r")), Settings(coaching=Coaching.SHORT))


@pytest.fixture
def at(steps):
    """``at(kind, number, seconds)``: that far into the numbered step of a kind."""

    def find(kind, number=0, after=0.0, plan=None):
        of_kind = [index for index, step in enumerate(plan or steps) if isinstance(step, kind)]
        return At(plan or steps, of_kind[number], frames(after))

    return find


def rep_start(at, rep):
    return at.place.segment.rep_starts()[rep - 1]


def names(steps):
    return [type(step).__name__ for step in steps]


# Tempo


def test_a_set_goes_slower_from_its_next_rep_on_and_so_does_every_set_after_it(at):
    here = at(Work)
    here.frame = rep_start(here, 2) + 100
    found = here.ask(Command.SLOWER)
    assert found.jump is None
    assert found.splice == rep_start(here, 3)
    changed = works(found.steps)
    assert changed[0].tempo == (1.0, 1.0, 0.9, 0.9)
    assert all(set(work.tempo) == {0.9} for work in changed[1:] if work.exercise.duration is None)
    assert found.steps[: here.index] == here.steps[: here.index]


def test_what_plays_goes_over_to_its_slower_form_without_a_cut(at):
    here = at(Work)
    here.frame = rep_start(here, 2) + 100
    found = here.ask(Command.SLOWER)
    new = compile_step(here.index, found.steps[here.index], KIT)
    old = here.place.segment
    whole = splice(old, new, found.splice)
    assert_whole(whole)
    assert [beat for beat in whole.beats if beat.frame < found.splice] == [
        beat for beat in old.beats if beat.frame < found.splice
    ]
    assert whole.frames > old.frames
    assert reps_done(whole, whole.frames) == 4


def test_in_the_last_rep_only_what_comes_after_it_changes(at):
    here = at(Work)
    here.frame = rep_start(here, 4)
    found = here.ask(Command.FASTER)
    assert found.splice is None
    assert works(found.steps)[0] is works(here.steps)[0]
    assert works(found.steps)[1].tempo == (1.1,) * 4


def test_tempo_adds_up_ends_somewhere_and_comes_back(at, steps):
    here = at(Briefing)
    for _ in range(5):
        here.steps = here.ask(Command.SLOWER).steps
    assert works(here.steps)[0].tempo == (SLOWEST_TEMPO,) * 4
    with pytest.raises(Refused, match="last_tempo"):
        here.ask(Command.SLOWER)
    here.steps = here.ask(Command.NORMAL_TEMPO).steps
    assert here.steps == steps
    with pytest.raises(Refused, match="normal_tempo"):
        here.ask(Command.NORMAL_TEMPO)
    for _ in range(5):
        here.steps = here.ask(Command.FASTER).steps
    assert works(here.steps)[0].tempo == (FASTEST_TEMPO,) * 4


def test_where_nothing_has_a_tempo_it_is_refused(at):
    with pytest.raises(Refused, match="no_other_tempo"):
        at(Work, -1, 10).ask(Command.SLOWER)


# Rest


def test_this_rest_grows_and_what_it_says_is_said_once(at):
    here = at(RestStep, 0, 3)
    found = here.ask(Command.MORE_REST)
    assert found.jump is None
    new = compile_step(here.index, found.steps[here.index], KIT)
    whole = splice(here.place.segment, new, found.splice)
    assert_whole(whole)
    assert whole.frames == here.place.segment.frames + frames(MORE_REST)
    said = [event.text for event in whole.events if hasattr(event, "text")]
    assert len(said) == len(set(said))
    assert found.splice == here.frame + AHEAD


def test_within_a_set_the_next_rest_grows(at):
    found = at(Work, 0, 8).ask(Command.MORE_REST)
    rests = [step for step in found.steps if isinstance(step, RestStep)]
    assert rests[0].seconds == SLIDE.rest + MORE_REST
    assert found.splice is found.jump is None


def test_after_the_last_rest_there_is_no_more(at):
    with pytest.raises(Refused, match="no_rest"):
        at(Work, -1, 8).ask(Command.MORE_REST)


# Explaining again


def test_a_set_is_explained_and_goes_on_with_the_reps_that_are_left(at):
    here = at(Work)
    here.frame = rep_start(here, 3) + 100
    found = here.ask(Command.EXPLAIN)
    telling, left = found.steps[here.index : here.index + 2]
    assert found.jump == here.index
    assert (telling.coaching, telling.exercise) == (Coaching.FULL, SLIDE)
    assert left.reps == 2
    assert found.steps[here.index + 2 :] == here.steps[here.index + 1 :]


def test_before_its_first_rep_a_set_is_whole(at):
    here = at(Work, 0, 2)
    assert here.ask(Command.EXPLAIN).steps[here.index + 1] == here.steps[here.index]


def test_timed_work_goes_on_with_the_time_that_is_left(at):
    here = at(Work, -1)
    here.frame = rep_start(here, 1) + frames(21)
    left = here.ask(Command.EXPLAIN).steps[here.index + 1]
    assert left.exercise.duration == pytest.approx(40)
    here.frame = rep_start(here, 1) + frames(58)
    assert isinstance(here.ask(Command.EXPLAIN).steps[here.index + 1], Work)


@pytest.mark.parametrize(("kind", "number"), [(Briefing, 0), (ChangeSides, 0), (RestStep, 0), (RestStep, 1)])
def test_elsewhere_what_comes_next_is_explained(at, kind, number):
    here = at(kind, number, 1)
    found = here.ask(Command.EXPLAIN)
    told = found.steps[found.jump]
    assert isinstance(told, Briefing)
    assert told.coaching is Coaching.FULL
    assert len(works(found.steps)) == len(works(here.steps))
    assert isinstance(found.steps[found.jump + 1], Work)


def test_at_the_start_and_the_end_there_is_nothing_to_explain(at, steps):
    for index in (0, 1, len(steps) - 1):
        here = at(Briefing)
        here.index = index
        with pytest.raises(Refused, match="nothing_to"):
            here.ask(Command.EXPLAIN)


# Other variations


def test_an_easier_form_in_words_is_said_at_once_and_the_set_goes_on(at):
    here = at(Work)
    here.frame = rep_start(here, 2) + 10
    found = here.ask(Command.EASIER)
    told, left = found.steps[here.index : here.index + 2]
    assert (told.text, told.harder) == ("Slide half as far.", False)
    assert left.reps == 3
    assert found.jump == here.index


def test_asked_again_the_next_form_is_taken(at):
    here = at(Work)
    here.frame = rep_start(here, 2) + 10
    once = here.ask(Command.EASIER)
    again = At(once.steps, here.index + 1, 0).ask(Command.EASIER)
    assert works(again.steps)[0].exercise.name == LIFT.name


def test_another_exercise_takes_the_sets_that_are_left_now_and_later(at):
    here = at(Work, 1, 10)
    found = here.ask(Command.HARDER)
    told, briefing = found.steps[found.jump : found.jump + 2]
    assert (told.instead, briefing.exercise.name) == (LIFT.name, LIFT.name)
    assert told.equipment == ("weights",)
    assert briefing.get_up  # from lying to standing
    done = [(work.title, work.set_number, work.sets) for work in works(found.steps)]
    assert done[:2] == [("Heel slide", 1, 2), ("Arm lift", 2, 2)]
    assert [title for title, _, _ in done].count("Heel slide") == 1
    rest = next(
        step for step in found.steps[found.jump :] if isinstance(step, RestStep) and step.seconds == 40.0
    )
    assert rest.next_exercise.key == LIFT.id


@pytest.mark.parametrize(("kind", "number"), [(Briefing, 0), (ChangeSides, 0), (RestStep, 0), (RestStep, 1)])
def test_between_sets_the_form_of_what_comes_next_changes_without_a_jump(at, kind, number):
    here = at(kind, number, 1)
    step = here.steps[here.index]
    if isinstance(step, ChangeSides) or number == 1:
        with pytest.raises(Refused, match="no_easier"):
            here.ask(Command.EASIER)
        return
    found = here.ask(Command.EASIER)
    assert found.jump is None
    following = found.steps[here.index + 1 :]
    assert (
        next(step for step in following if isinstance(step, OtherVariation | Work)).text
        == "Slide half as far."
    )


# This hurts


def test_what_hurts_is_over_now_and_later(at):
    here = at(Work, 0, 8)
    found = here.ask(Command.HURTS)
    assert isinstance(found.steps[found.jump], Hurt)
    assert [work.title for work in works(found.steps)] == ["Knee drop", "Knee drop", "March"]
    announced = [
        step.next_exercise.name for step in found.steps if isinstance(step, RestStep) and step.next_exercise
    ]
    assert announced == ["Knee drop", "March"]
    assert not found.steps[found.jump + 1].after_work


def test_in_the_rest_after_it_the_exercise_before_is_meant(at):
    here = at(RestStep, 1, 2)  # after the heel slides, before the knee drops
    found = here.ask(Command.HURTS)
    assert found.steps[found.jump].exercise == SLIDE
    assert [work.title for work in works(found.steps)] == ["Heel slide"] * 2 + ["Knee drop"] * 2 + ["March"]


def test_what_hurts_while_one_gets_ready_for_it_is_not_done(at):
    found = at(Briefing, 1, 2).ask(Command.HURTS)
    assert "Knee drop" not in [work.title for work in works(found.steps)]


def test_before_anything_was_done_nothing_hurts(at, steps):
    with pytest.raises(Refused, match="nothing_done"):
        At(steps, 1, 0).ask(Command.HURTS)


def test_what_is_over_because_it_hurts_is_not_ended_twice_nor_is_the_one_before_it(at):
    steps = at(Work, 2, 8).ask(Command.HURTS).steps
    for kind, number in ((Hurt, 0), (RestStep, 2)):
        with pytest.raises(Refused, match="over"):
            at(kind, number, 1, steps).ask(Command.HURTS)


# While a reply is said


@pytest.fixture
def replying(at):
    """In the reply to "easier", within the first set."""
    here = at(Work)
    here.frame = rep_start(here, 3) + 10
    found = here.ask(Command.EASIER)
    return At(found.steps, found.jump, 100)


def test_what_hurts_while_an_easier_form_is_told_is_that_exercise(replying):
    found = replying.ask(Command.HURTS)
    assert found.steps[found.jump].exercise == SLIDE
    assert "Heel slide" not in [work.title for work in works(found.steps)]


def test_a_reply_may_be_followed_by_the_next_one(replying):
    found = replying.ask(Command.EASIER)
    assert found.jump is None
    assert [step.instead for step in found.steps if isinstance(step, OtherVariation)] == ["", LIFT.name]
    assert [work.reps for work in works(found.steps)][:2] == [5, 5]


def test_explaining_comes_before_the_reply_that_is_about_the_same_set(replying):
    found = replying.ask(Command.EXPLAIN)
    assert names(found.steps)[found.jump :][:3] == ["Briefing", "OtherVariation", "Work"]
    assert found.steps[found.jump + 2].reps == 2


# What is said


def said(step):
    return [event.text for event in compile_step(0, step, KIT).events if hasattr(event, "text")]


def test_explained_in_the_middle_only_the_side_that_goes_on_is_told(at):
    here = at(Work, 3)
    here.frame = rep_start(here, 3) + 100
    found = here.ask(Command.EXPLAIN)
    texts = said(found.steps[found.jump])
    assert texts[0] == "Knee drop again."
    assert texts[-1] == "Right side now."
    assert not [text for text in texts if "Left" in text or "reps" in text]


def test_nobody_is_told_to_rest_who_did_nothing(at):
    for here in (at(Work, 0, 8), at(Work, 2, 8), at(Work, -1, 8)):
        for command in (Command.HURTS, Command.EXPLAIN):
            found = here.ask(command).steps
            for before, step in pairwise(found):
                assert getattr(step, "after_work", False) in {False, isinstance(before, Work)}


# How much of another variation


PYRAMID = Exercise(id="lift", name="Arm lift", rep=(Phase(name="lift", seconds=2),), reps=(6, 4, 2))
ROUND = Exercise(
    id="round",
    name="Round",
    why="It is round.",
    rep=(Phase(name="turn", seconds=2),),
    reps=(3, 3, 3),
    easier=(Variation(exercise="lift"),),
)


class Pyramids(Forms):
    def of(self, exercise, *, harder):
        return [PYRAMID]


def asked(steps, index, command=Command.EASIER):
    return revise(
        steps, PlanPosition(index, 0, compile_step(index, steps[index], KIT)), command, Pyramids()
    ).steps


def test_a_pyramid_goes_on_where_it_would_be():
    steps = expand(Routine(id="r", name="R", steps=(Do(exercise=ROUND),), path=Path("r.yaml")), Settings())
    last = len(steps) - 2
    once = asked(steps, last)
    assert [(work.set_number, work.sets, work.reps) for work in works(once)] == [
        (1, 3, 3),
        (2, 3, 3),
        (3, 3, 2),
    ]
    for index in (last + 1, last + 2):  # its briefing, and its set
        again = asked(once, index)
        assert [(work.set_number, work.sets, work.reps) for work in works(again)][-1] == (3, 3, 2)


def test_in_a_circuit_another_form_has_as_many_sets_a_round_and_is_explained_once():
    once = Exercise(**{field: getattr(ROUND, field) for field in ("id", "name", "rep", "easier")}, reps=(3,))
    steps = expand(Routine(id="r", name="R", steps=(Do(exercise=once),) * 3, path=Path("r.yaml")), Settings())
    found = asked(steps, next(index for index, step in enumerate(steps) if isinstance(step, Work)))
    assert [(work.title, work.reps) for work in works(found)] == [("Arm lift", 6)] * 3
    told = [step.coaching for step in found if isinstance(step, Briefing)]
    assert told[1:] == [Coaching.FULL, Coaching.SHORT, Coaching.SHORT]


# All of them


EDITS = [row.command for row in TABLE if row.door is Door.EDIT]


@pytest.mark.parametrize("command", EDITS)
def test_any_command_anywhere_gives_a_plan_that_can_be_played(steps, command):
    for index, segment in enumerate(compile_all(steps, KIT).segments):
        for frame in {0, segment.frames // 3, segment.frames - 1}:
            try:
                found = revise(steps, PlanPosition(index, frame, segment), command, Forms())
            except Refused:
                continue
            assert found.steps[:index] == steps[:index]
            assert found.jump is None or index <= found.jump <= index + 1
            assert found.splice is None or (command.row.splices and frame < found.splice)
            score = compile_all(found.steps, KIT)
            assert_well_timed(score, KIT.speech.measure)
            kinds = [made.kind for made in score.segments]
            assert kinds[-1] is SegmentKind.OUTRO
            blocks = [made.block for made in score.segments]
            assert blocks == sorted(blocks)


def test_a_plan_without_exercise_refuses_everything():
    steps = (SayStep(block=1, title="", text="Hello.", after_work=False),)
    for command in EDITS:
        with pytest.raises(Refused):
            revise(steps, PlanPosition(0, 0, compile_step(0, steps[0], KIT)), command, Forms())


def test_another_form_keeps_the_tempo_that_was_asked_for(at):
    slow = at(Work, 0, 8).ask(Command.SLOWER).steps
    found = at(Work, 1, 10, slow).ask(Command.HARDER)
    assert {work.tempo for work in works(found.steps) if work.title == LIFT.name} == {(0.9,) * 5}
