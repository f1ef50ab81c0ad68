"""The ladder of easier and harder variations, walked up and down at any moment of a session."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.session import FakeDirector
from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app import prepare
from voicecoach.app.director import SessionDirector, VariationSource
from voicecoach.app.estimates import Estimates
from voicecoach.language import phrases
from voicecoach.routine.bounds import Bounds, Harder, Most
from voicecoach.routine.dose import Grade
from voicecoach.routine.figure import Direction, Figure, FigureChange, Pose, Prop, PropKind, Stance
from voicecoach.routine.model import Caution, Do, Exercise, Pace, Posture, Rest, Routine, Sides, Variation
from voicecoach.routine.one_side import in_order, standing_in
from voicecoach.routine.phase import Phase
from voicecoach.routine.profile import Profile
from voicecoach.session.commands import Command
from voicecoach.session.edits import revise
from voicecoach.session.resume import remaining
from voicecoach.session.revision import PlanPosition, Refused, rest_of
from voicecoach.session.rungs import rung_of, varied
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand, opening
from voicecoach.timeline.saved_plan import SavedPlan, from_json, to_json
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import (
    Briefing,
    ChangeSides,
    Coaching,
    Hurt,
    OtherVariation,
    RestStep,
    Rung,
    Work,
    works,
)
from voicecoach.units import seconds

KIT = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load())
UP, DOWN, HURTS = Command.HARDER, Command.EASIER, Command.HURTS


def exercise(key, *, easier=(), harder=(), **how):
    return Exercise(
        id=key,
        name=key.capitalize(),
        posture=Posture.SUPINE,
        rep=(Phase(name="lift", seconds=1), Phase(name="lower", seconds=1)),
        words={"lift": f"Lift {key}"},
        easier=tuple(map(variation, easier)),
        harder=tuple(map(variation, harder)),
        **{"reps": (5, 3)} | how,
    )


def variation(told):
    """A sentence calls the movement otherwise; anything else is an exercise."""
    return Variation(text=told, words={"lift": told}) if " " in told else Variation(exercise=told)


def ladder(order=(), **how):
    """The exercises below and above "plank", which is done in an order; "wall" is not for everybody."""
    shelf = {
        each.key: each
        for each in (
            exercise("plank", easier=["lift less", "wall", "knees"], harder=["lift more", "toes"], **how),
            exercise("knees", easier=["bench", "hands down"], harder=["plank"], **how | {"reps": (2,)}),
            exercise("bench", easier=["knees"], harder=["knees"], **how | {"reps": (8, 2, 4)}),
            exercise("toes", easier=["plank"], harder=["one foot"], **how),
        )
    }
    return shelf | {"plank": in_order(shelf["plank"], order)}


RUNGS = [
    *[("bench", ""), ("knees", "hands down"), ("knees", ""), ("plank", "lift less"), ("plank", "")],
    *[("plank", "lift more"), ("toes", ""), ("toes", "one foot")],
]
"""From the easiest to the hardest; what is told of an exercise lies beside it."""


class Walk:
    """A session that is played and told what to do; it counts the share of each set that was done."""

    def __init__(self, *done, shelf):
        self.shelf = shelf
        self.director = FakeDirector(KIT, known=tuple(shelf.values()))
        routine = Routine(
            id="r",
            name="R",
            steps=tuple(each if isinstance(each, Rest) else Do(exercise=each) for each in done),
            path=Path("r"),
        )
        self.steps = expand(routine, Settings(coaching=Coaching.SHORT))
        self.index = 2
        self.over = False
        """Whether all reps of the set that plays are done, so that a command is about the next one."""
        self.done = Counter()

    @property
    def step(self):
        return self.steps[self.index]

    def do(self, work):
        self.done[work.block, work.set_number, work.side] += work.share

    def go_on(self):
        if isinstance(self.step, Work):
            self.do(self.step)
        self.index, self.over = min(self.index + 1, len(self.steps) - 1), False

    def place(self, part=0.0):
        segment = compile_step(self.index, self.step, KIT)
        return PlanPosition(self.index, round(part * (segment.frames - 1)), segment)

    def ask(self, command, part=0.0):
        """Give a command in the middle of a step; tell whether it was obeyed."""
        part = 1.0 if self.over else part  # time goes on
        at, here = self.place(part), self.step
        try:
            found = revise(self.steps, at, command, self.director)
        except Refused as refused:
            return refused.reason
        assert found.steps[: self.index] == self.steps[: self.index]
        if found.jump is not None and isinstance(here, Work):
            left = sum(each.share for each in rest_of(here, at))
            self.do(replace(here, share=here.share - left))
        self.steps, self.over = found.steps, isinstance(here, Work) and found.jump is None
        self.index = self.index if found.jump is None else found.jump
        return ""

    @property
    def left(self):
        """The sets of the exercise that is done or comes next."""
        coming = works(self.steps[self.index + self.over :])
        return [work for work in coming if work.block == coming[0].block]

    def rung(self):
        work = self.left[0]
        found = varied(rung_of(work), self.director)
        assert work.exercise.words == found.exercise.words
        assert {each.exercise.key for each in self.left} == {found.exercise.key}
        return found.exercise.key, found.text


def same(work):
    return (
        replace(work, ordinal=0, turn=0, rung=None)
        if hasattr(work, "turn")
        else replace(work, ordinal=0, rung=None)
    )


def test_the_ladder_has_every_rung_once_and_both_ends_refuse():
    shelf = ladder()
    walk = Walk(shelf["plank"], shelf=shelf)
    place = RUNGS.index(("plank", ""))
    for command, number, refusal in ((DOWN, 0, "no_easier"), (UP, len(RUNGS) - 1, "no_harder")):
        while place != number:
            assert walk.ask(command) == ""
            place += 1 if command is UP else -1
            assert walk.rung() == RUNGS[place]
        assert walk.ask(command) == refusal


def test_it_is_told_at_once_and_an_exercise_only_as_long_as_one_must_know_it():
    shelf = ladder()
    walk = Walk(shelf["plank"], shelf=shelf)
    walk.go_on()
    said = []
    for command in (DOWN, DOWN, UP, UP, UP, UP, DOWN):
        assert walk.ask(command, 0.6) == ""
        (told, following) = walk.steps[walk.index : walk.index + 2]
        said.append((compile_step(0, told, KIT).events[0].text, type(following).__name__))
    assert said == [
        ("Easier: lift less", "Work"),
        ("Easier: Knees.", "Briefing"),
        ("Harder: Plank.", "Briefing"),
        ("Back to Plank.", "Briefing"),
        ("Harder: lift more", "Briefing"),
        ("Harder: Toes.", "Briefing"),
        ("Easier: Plank.", "Briefing"),
    ]


def test_a_variation_is_done_on_the_same_side_and_begins_with_the_same():
    """One without sides is done as it always is, and the next one on the same side again."""
    for order in (("right",), ("right", "left")):
        shelf = ladder(order, sides=Sides.EACH)
        shelf |= {"knees": replace(shelf["knees"], sides=Sides.BOTH)}
        walk = Walk(shelf["plank"], shelf=shelf)
        for key in ("plank", "knees", "knees", "bench"):
            assert walk.ask(DOWN) == ""
            assert walk.left[0].exercise.key == key
            sides = dict.fromkeys(work.side for work in walk.left)
            assert tuple(sides) == (("",) if key == "knees" else order)


parts = st.floats(0, 1)
walks = st.lists(st.tuples(st.sampled_from([DOWN, UP, None, None]), parts), max_size=25)
hows = st.fixed_dictionaries(
    {
        "sides": st.sampled_from([Sides.BOTH, Sides.EACH]),
        "one_side_first": st.booleans(),
        "order": st.sampled_from([(), ("left",), ("right",), ("right", "left")]),
    }
)


@given(hows, walks)
def test_whatever_way_is_walked_the_place_is_kept_and_each_set_is_done_once(how, way):
    """Every half set that was begun is finished, be it otherwise, and nothing is done twice."""
    shelf = ladder(**how)
    plank = shelf["plank"]
    walk = Walk(plank, Rest(seconds=30.0), plank, exercise("other"), shelf=shelf)
    place = RUNGS.index(("plank", ""))
    whole = {(work.block, work.set_number, work.side) for work in works(walk.steps)}
    for command, part in way:
        if command is None:
            walk.go_on()
        elif walk.left and walk.left[0].exercise.key != "other":
            before = walk.step
            refused = walk.ask(command, part)
            if refused:
                ends = RUNGS[-1] if command is UP else RUNGS[0]
                assert refused in {"over", "no_harder", "no_easier", "nothing_to_change"}
                assert refused in {"over", "nothing_to_change"} or ends == RUNGS[place]
            else:
                place += 1 if command is UP else -1
                assert not isinstance(before, OtherVariation) or walk.step.harder is (command is UP)
        else:
            continue
        if walk.left and walk.left[0].exercise.key != "other" and not isinstance(walk.step, Hurt):
            assert walk.rung() == RUNGS[place]
    while walk.index < len(walk.steps) - 1:
        walk.go_on()
    assert walk.done.keys() == whole
    assert all(share == pytest.approx(1) for share in walk.done.values())


@given(hows, st.integers(0, 12), parts, walks, st.booleans())
def test_one_up_after_one_down_is_exactly_where_one_was(how, far, part, way, up_first):
    shelf = ladder(**how)
    walk = Walk(shelf["plank"], Rest(seconds=30.0), shelf["plank"], shelf=shelf)
    for command, some in way:
        walk.ask(command, some) if command else None
    for _ in range(far):
        walk.go_on()
    if walk.index == len(walk.steps) - 1:
        return
    at = walk.place(part)
    rest = list(rest_of(walk.step, at)) if isinstance(walk.step, Work) else []
    after = works(walk.steps[walk.index + isinstance(walk.step, Work) :])
    there, back = (UP, DOWN) if up_first else (DOWN, UP)
    if walk.ask(there, part):
        return
    assert walk.ask(back, 1.0 if isinstance(walk.step, Work) else 0.0) == ""
    now = works(walk.steps[walk.index + (isinstance(walk.step, Work) and not rest) :])
    assert list(map(same, now)) == list(map(same, (*rest, *after)))


@given(walks, st.integers(0, 6))
def test_what_hurt_or_does_not_suit_is_never_come_by(way, hurts_at):
    shelf = ladder()
    walk = Walk(shelf["plank"], shelf["toes"], shelf["bench"], exercise("other"), shelf=shelf)
    hurt = set()
    for number, (command, part) in enumerate(way):
        if number == hurts_at and not walk.ask(HURTS, part):
            hurt = {step.exercise.key for step in walk.steps if isinstance(step, Hurt)}
        walk.ask(command, part) if command else walk.go_on()
        assert hurt.isdisjoint(work.exercise.key for work in works(walk.steps[walk.index :]))
        assert "wall" not in {work.exercise.key for work in works(walk.steps)}


@given(walks)
def test_the_place_is_kept_when_the_session_is_resumed(way):
    shelf = ladder()
    walk = Walk(shelf["plank"], Rest(seconds=30.0), shelf["plank"], shelf=shelf)
    for command, part in way:
        walk.ask(command, part) if command else walk.go_on()
    if walk.index >= len(walk.steps) - 1:
        return
    there = walk.rung()
    plan = from_json(to_json(SavedPlan(steps=walk.steps, at=walk.index + walk.over)))
    walk.steps, walk.index, walk.over = remaining(plan, opening("R", Settings())), 1, False
    while not isinstance(walk.step, Work):
        walk.go_on()
    assert walk.rung() == there


def test_timed_work_and_ones_own_pace_go_on_too():
    shelf = ladder()
    walk_it = exercise("plank", easier=["knees"])
    timed = replace(walk_it, rep=(), words={}, reps=(1, 1), duration=60.0)
    walk = Walk(timed, shelf=shelf)
    walk.go_on()
    assert walk.ask(DOWN, 0.5) == ""
    assert [(work.exercise.key, work.reps) for work in walk.left] == [("knees", 2), ("knees", 2)]
    assert walk.ask(UP) == ""
    first, second = walk.left
    assert first.exercise.duration == pytest.approx(first.share * 60)
    assert second.exercise == timed
    assert seconds(compile_step(0, first, KIT).frames) < seconds(compile_step(0, second, KIT).frames)
    own = replace(walk_it, pace=Pace.SELF, limit=30.0)
    walk = Walk(own, shelf=shelf)
    walk.go_on()
    assert walk.ask(DOWN, 0.5) == walk.ask(UP) == ""
    assert [work.exercise for work in walk.left] == [own, own]


def test_what_holds_already_is_not_told_again_but_in_full_or_after_a_break():
    shelf = ladder(position=("Lie on your back on the mat.", "Bend your knees."))
    shelf["knees"] = replace(shelf["knees"], position=(*shelf["plank"].position, "Arms wide."))
    for far, told in ((0, "Lie on your back on the mat. Bend your knees. Arms wide."), (1, "Arms wide.")):
        walk = Walk(shelf["plank"], shelf=shelf)
        walk.director.coaching = Coaching.FULL
        for _ in range(far):
            walk.go_on()
        assert walk.ask(DOWN) == walk.ask(DOWN) == ""
        at = walk.index + 1
        briefing = walk.steps[at]
        assert isinstance(briefing, Briefing)
        said = [event.text for event in compile_step(0, briefing, KIT).events if hasattr(event, "text")]
        assert told in " ".join(said)
        assert ("Bend your knees." in said) == (far == 0)
        in_full = compile_step(0, replace(briefing, coaching=Coaching.FULL), KIT)
        assert "Bend your knees." in [getattr(event, "text", "") for event in in_full.events]
        for here in (walk.index, at + 1):
            left = remaining(SavedPlan(steps=walk.steps, at=here), opening("R", Settings()))
            assert next(step.known for step in left if isinstance(step, Briefing)) == ()


def test_who_changes_in_the_middle_is_told_how_to_leave_what_they_are_in():
    shelf = ladder()
    over_a_ball = replace(shelf["plank"], equipment=("ball",), leaving="Let it roll aside.")
    for far, leaving in ((0, ""), (1, "Let it roll aside."), (2, "Let it roll aside.")):
        walk = Walk(over_a_ball, shelf=shelf)
        for _ in range(far):
            walk.go_on()
        assert walk.ask(DOWN) == walk.ask(DOWN) == ""
        (told,) = (
            step
            for step in walk.steps[walk.index :]
            if isinstance(step, Briefing) and step.exercise.key == "knees"
        )
        assert told.leaving == leaving


def test_a_rest_goes_on_for_what_is_left_of_it_before_the_other_exercise():
    shelf = ladder()
    walk = Walk(shelf["plank"], shelf=shelf)
    while not isinstance(walk.step, RestStep):
        walk.go_on()
    assert walk.ask(DOWN, 0.5) == walk.ask(DOWN, 0.5) == ""
    told, rest, briefing, *_ = walk.steps[walk.index :]
    assert (told.instead, rest.seconds, rest.next_exercise.key) == ("Knees", 12.0, "knees")
    assert (briefing.exercise.key, walk.left[0].set_number) == ("knees", 2)


def real(person):
    choices = VariationSource(prepare.library(), person, Settings())
    return SessionDirector(choices, kit=KIT, estimates=Estimates(KIT), can_say=bool)


def test_no_shipped_ladder_leads_to_what_a_person_must_not_do():
    """Nor to an exercise that hurt before: down it is passed over, up it is the end."""
    shelf, caution = prepare.library(), Caution.SHOULDER
    careful = real(Profile(cautions=frozenset({caution})))
    for key in shelf.exercises():
        written = shelf.exercise(key)
        for number in range(-8, 9):
            found = varied(Rung(written=written, number=number), careful)
            if found is not None and found.exercise.key != key:
                remedy = found.exercise.cautions.get(caution)
                assert remedy is None or remedy.advice, (key, number)


def bounded(**bounds):
    shelf = ladder()
    return shelf | {"plank": replace(shelf["plank"], bounds=Bounds(**bounds))}


def test_a_harder_variation_waits_for_whoever_prescribed_it_and_an_easier_one_leads_back():
    walk = Walk((shelf := bounded(harder=Harder.ASK))["plank"], shelf=shelf)
    assert walk.ask(UP) == "harder_waits"
    for command in (DOWN, DOWN, UP, UP):
        assert walk.ask(command) == ""
    assert walk.rung() == ("plank", "")
    assert walk.ask(UP) == "harder_waits"


def test_from_an_easier_variation_of_the_day_the_way_leads_to_the_exercise_and_no_further():
    shelf = ladder()
    plank = replace(shelf["plank"], harder=(Variation(exercise="toes"),), bounds=Bounds(harder=Harder.ASK))
    walk = Walk(standing_in(shelf["knees"], plank), shelf=shelf)
    assert walk.ask(UP) == ""
    assert walk.rung() == ("plank", "")
    assert walk.ask(UP) == "harder_waits"


def test_what_was_allowed_is_done_within_the_bounds():
    most = Most(reps=(4, 3))
    shelf = ladder()
    plank = replace(
        shelf["plank"],
        reps=(4, 3),
        harder=(Variation(exercise="toes"), Variation(text="lift more")),
        bounds=Bounds(most=most, harder=Harder.ASK, variations=("toes",)),
    )
    walk = Walk(plank, shelf=shelf)
    assert walk.ask(UP) == "harder_waits"
    walk = Walk(replace(plank, harder=plank.harder[:1]), shelf=shelf)
    assert walk.ask(UP) == ""
    assert walk.rung() == ("toes", "")
    assert [work.reps for work in walk.left] == [4, 3]


def test_a_tempo_that_is_kept_goes_neither_slower_nor_faster():
    shelf = bounded(tempo_kept=True)
    walk = Walk(shelf["plank"], shelf["toes"], shelf=shelf)
    walk.go_on()
    assert isinstance(walk.step, Work)
    for command in (Command.SLOWER, Command.FASTER):
        assert walk.ask(command, 0.3) == "tempo_kept"
    slow = expand(
        Routine(id="r", name="R", steps=(Do(exercise=shelf["plank"]),), path=Path("r")), Settings(tempo=0.8)
    )
    assert {work.tempo for work in works(slow)} == {()}


def test_a_variation_in_more_sets_than_it_is_written_for_keeps_to_the_most_of_each():
    most = Bounds(most=Most(reps=(6, 4, 2)))
    shelf = ladder()
    plank = replace(shelf["plank"], reps=(6, 4, 2), easier=(Variation(exercise="toes"),), bounds=most)
    shelf["toes"] = replace(shelf["toes"], reps=(6,))
    walk = Walk(plank, shelf=shelf)
    assert walk.ask(DOWN) == ""
    assert [work.reps for work in walk.left] == [6, 4, 2]


@pytest.mark.parametrize("sides", [Sides.BOTH, Sides.EACH])
def test_a_rung_is_drawn_as_it_is_done(sides):
    """Also where a session goes on that was interrupted there."""
    drawn = Figure(stance=Stance.HOOK_LYING, props=(Prop(kind=PropKind.MAT),))
    calves_up = FigureChange(
        position=Pose(turns={"near_shin": Direction(0)}), props={PropKind.TABLE: Prop(kind=PropKind.TABLE)}
    )
    shelf = ladder(figure=drawn, sides=sides)
    upright = Figure(stance=Stance.STANDING)
    shelf["plank"] = replace(
        shelf["plank"],
        easier=(Variation(text="Calves up.", figure=calves_up), Variation(exercise="knees")),
        harder=(Variation(text="Stand up.", figure=upright), Variation(text="Lift more.")),
    )
    walk = Walk(shelf["plank"], Rest(seconds=30.0), shelf["plank"], shelf=shelf)
    walk.go_on()
    for command, figure in (
        (DOWN, calves_up.of(drawn)),
        (UP, drawn),
        (UP, upright),
        (UP, drawn),
        (DOWN, upright),
        (DOWN, drawn),
        (DOWN, calves_up.of(drawn)),
        (DOWN, drawn),
    ):
        assert walk.ask(command) == ""
        left = walk.steps[walk.index :]
        shown = [each.exercise.figure for each in left if isinstance(each, Briefing | ChangeSides | Work)]
        assert shown == [figure] * len(shown), "wherever it comes"
        plan = from_json(to_json(SavedPlan(steps=left)))
        assert plan.steps == left


GRADES = tuple(Grade(number=n, words=words) for n, words in enumerate(["yellow", "red", "green"], start=1))


def test_a_lower_level_of_its_own_ladder_is_the_first_rung_below_and_none_is_above():
    shelf = ladder(grades=GRADES)
    shelf["plank"] = replace(shelf["plank"], grade=GRADES[2], easier=(Variation(text="Lift less."),))
    walk = Walk(shelf["plank"], Rest(seconds=30.0), shelf["plank"], shelf=shelf)
    walk.go_on()
    for told, number in (("red.", 2), ("yellow.", 1), ("Lift less.", 1)):
        assert walk.ask(DOWN, 0.3) == ""
        said, *left = walk.steps[walk.index :]
        assert isinstance(said, OtherVariation)
        assert said.text == told
        assert {work.exercise.grade for work in works(left)} == {GRADES[number - 1]}, "wherever it comes"
        again = next(step for step in left if isinstance(step, Briefing))
        assert again.exercise.grade == GRADES[number - 1]
        reminded = [step for step in left if isinstance(step, OtherVariation)]
        assert len(reminded) == (told == "Lift less."), "the briefing tells the level"
        walk.go_on()
    assert walk.ask(DOWN) == "no_easier"
    for _ in range(3):
        assert walk.ask(UP) == ""
        walk.go_on()
    assert {work.exercise.grade for work in walk.left} == {GRADES[2]}
    assert walk.ask(UP) == ""
    assert walk.rung() == ("plank", "lift more")
